"""Every state of the console on /dev/ui, and the pages that the server draws."""

import pytest

from e2e.people import Screens, sign_in
from e2e.stories import LOOKS, assert_accessible, findings_in_both_themes, inspecting
from e2e.town import Town

FOR_ANYBODY = ("/sign-in", "/sign-up", "/forgot")
A_ROOM = "/console/acme/rooms#"
FOR_ALICE = ("/console/acme/rooms", A_ROOM, "/console/acme/canned-texts", "/console/acme/plan", "/account")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("theme", LOOKS)
def test_every_state_of_the_console_is_accessible(screens: Screens, town: Town, theme: str) -> None:
    assert_accessible(screens, town, "console", theme)


@pytest.mark.parametrize(("width", "height"), LOOKS.values())
def test_pages_that_the_server_draws_are_accessible(screens: Screens, town: Town, width: int, height: int) -> None:
    with inspecting(screens, viewport={"width": width, "height": height}) as page:
        wrong: dict[str, list[str]] = {}
        for address in (*FOR_ANYBODY, *FOR_ALICE):
            if address == FOR_ALICE[0]:
                sign_in(page.context, town, "Alice")
            page.goto(town.app + address)
            if address == A_ROOM:
                page.get_by_role("link", name="GENERAL", exact=True).click()
            if found := list(findings_in_both_themes(page, "light")):
                wrong[address] = found
        assert wrong == {}
