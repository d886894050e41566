"""Icons of server-drawn pages are those of the app."""

import re
from pathlib import Path

from switchboard.rooms.launcher_sheet import ICONS

ROOT = Path(__file__).parents[2]


def test_an_icon_has_one_shape_on_every_page() -> None:
    of_pages = dict(re.findall(r'"(\w+)": "([^"]+)"', (ROOT / "templates/icons.html").read_text()))
    paths = "".join((ROOT / "widget_js/shared" / f"{name}_icons.ts").read_text() for name in ("first", "more"))
    of_app = dict(re.findall(r'^  (\w+): "([^"]+)",$', paths, re.MULTILINE))
    assert {"rooms", "plan", "inbox"} <= of_pages.keys() & of_app.keys()
    assert {"chat", "phone"} <= ICONS.keys() & of_app.keys()
    for elsewhere in (of_pages, ICONS):
        assert {name for name in elsewhere.keys() & of_app.keys() if elsewhere[name] != of_app[name]} == set()
