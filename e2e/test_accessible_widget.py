"""Every state of the widget on /dev/ui."""

import pytest

from e2e.people import Screens
from e2e.stories import LOOKS, assert_accessible, assert_accessible_in
from e2e.town import Town


@pytest.mark.timeout(600)
@pytest.mark.parametrize("theme", LOOKS)
def test_every_state_of_the_widget_is_accessible(screens: Screens, town: Town, theme: str) -> None:
    assert_accessible(screens, town, "widget", theme)


@pytest.mark.timeout(600)
def test_every_state_of_the_widget_is_accessible_from_right_to_left(screens: Screens, town: Town) -> None:
    assert_accessible_in(screens, town, "widget", "ar")
