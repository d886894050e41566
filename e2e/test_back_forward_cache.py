"""A page with an open chat goes into the back/forward cache, and the chat goes on when it comes back."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from e2e.conftest import WHOLE, chromium
from e2e.hostile_site import Page, a_site
from e2e.launcher import press_launcher
from e2e.people import Screens, answer, ask, panel, reads, sign_in, write
from e2e.town import Town

NOTE = """addEventListener("pageshow", (event) => { window.__came = event.persisted ? "from the cache" : "anew" })"""


@pytest.fixture
def caching(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """Playwright switches that cache off for all others."""
    how = {**browser_type_launch_args, **chromium(WHOLE), "ignore_default_args": ["--disable-back-forward-cache"]}
    browser = playwright.chromium.launch(**how)
    yield browser
    browser.close()


def test_a_page_comes_back_from_the_cache_with_its_chat(screens: Screens, town: Town, caching: Browser) -> None:
    with screens.person() as alices, a_site(town.loader) as site:
        alice = sign_in(alices, town, "Alice")
        page = caching.new_page()
        page.add_init_script(NOTE)
        page.goto(site.add("first", Page()))
        press_launcher(page)
        ask(panel(page), "Vera", "Will you wait for me?")
        answer(alice, "Vera")
        write(alice, "I will")
        reads(panel(page), "I will")
        box = panel(page).get_by_role("textbox", name="Message").bounding_box()
        assert box is not None
        page.goto(site.add_html("second", "<!doctype html><title>Second</title><link rel=icon href=data:,>"))
        write(alice, "Still here?")
        newest = alice.get_by_role("log").get_by_role("img", name=re.compile("Sent|Delivered|Read")).last
        expect(newest).to_have_accessible_name("Sent")
        page.evaluate("() => history.back()")
        page.wait_for_function("() => document.querySelector('h1') && window.__came")
        why = page.evaluate("() => performance.getEntriesByType('navigation')[0].notRestoredReasons")
        assert page.evaluate("() => window.__came") == "from the cache", why
        expect(newest).to_have_accessible_name("Read")
        # Playwright loses sight of frames that come back so; the visitor's mouse and keys do not.
        page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
        page.keyboard.type("Back again")
        page.keyboard.press("Enter")
        reads(alice, "Back again")
