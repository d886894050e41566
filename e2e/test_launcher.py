"""What a site may choose of the launcher (SPEC 6.1), on a page of another origin."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from e2e.hostile_site import SNIPPET, Site, a_site
from e2e.hostile_site import Page as Shop
from e2e.launcher import launcher, press_launcher
from e2e.people import Screens, panel
from e2e.town import Town

WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(town: Town) -> Iterator[Site]:
    with a_site(town.loader) as site:
        yield site


def shop_with(site: Site, options: str) -> str:
    name = "".join(letter if letter.isalnum() else "-" for letter in options)
    return site.add(name or "plain", Shop(head=SNIPPET.replace("LOADER", f"LOADER&amp;{options}")))


@pytest.mark.parametrize(
    ("position", "left", "right", "below"),
    [
        ("bottom-right", None, 24, 24),
        ("bottom-left", 24, None, 24),
        ("middle-right", None, 0, 332),
        ("middle-left", 0, None, 332),
    ],
)
def test_it_stands_where_it_was_put_and_its_panel_beside_it(
    screens: Screens, site: Site, position: str, left: int | None, right: int | None, below: int
) -> None:
    with screens.person(viewport=WIDE) as veras:
        page = veras.new_page()
        page.goto(shop_with(site, f"position={position}"))
        there = launcher(page)
        for wanted, found in zip((left, right, below), there.margins, strict=True):
            assert wanted is None or found == pytest.approx(wanted, abs=1)
        assert there.isOnTop
        press_launcher(page)
        expect(panel(page).get_by_label("Name")).to_be_visible()
        box = panel(page).frame_element().bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDE["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= WIDE["height"]
        button = launcher(page)
        assert button.isOnTop, "its own panel covers it"
        press_launcher(page)
        assert not launcher(page).isOpen


@pytest.mark.parametrize(("size", "px", "glyph"), [("small", 44, 20), ("medium", 56, 26), ("large", 72, 32)])
def test_it_has_three_sizes_and_the_smallest_is_a_thumb_wide(
    screens: Screens, site: Site, size: str, px: int, glyph: int
) -> None:
    with screens.person(viewport=WIDE) as veras:
        page = veras.new_page()
        page.goto(shop_with(site, f"size={size}"))
        there = launcher(page)
        assert (there.width, there.height, there.glyph) == (px, px, glyph)
        assert there.margins[1:] == (24, 24)


def test_its_glyph_and_its_panel_follow_the_colour(screens: Screens, site: Site) -> None:
    with screens.person() as veras:
        page = veras.new_page()
        page.goto(shop_with(site, "color=ffd400"))
        there = launcher(page)
        assert (there.background, there.ink) == ("rgb(255, 212, 0)", "rgb(28, 26, 23)")
        page.goto(shop_with(site, "color=%23a8412c"))
        there = launcher(page)
        assert (there.background, there.ink) == ("rgb(168, 65, 44)", "rgb(255, 255, 255)")
        press_launcher(page)
        button = panel(page).get_by_role("button", name="Chat now")
        assert button.evaluate("(button) => getComputedStyle(button).backgroundColor") == "rgb(168, 65, 44)"


def test_below_a_width_there_is_none_and_the_page_can_still_open_the_chat(screens: Screens, site: Site) -> None:
    with screens.person(viewport={"width": 768, "height": 600}) as veras:
        page = veras.new_page()
        page.goto(shop_with(site, "hide_below=768"))
        assert launcher(page).isOnTop
        page.set_viewport_size({"width": 767, "height": 600})
        assert launcher(page).width == 0
        page.evaluate("() => Switchboard('open')")
        expect(panel(page).get_by_label("Name")).to_be_visible()


def test_a_resting_mouse_opens_it_and_a_passing_one_does_not(screens: Screens, site: Site) -> None:
    with screens.person(viewport=WIDE) as veras:
        page = veras.new_page()
        page.goto(shop_with(site, "open_on=hover"))
        x, y = launcher(page).centre
        page.mouse.move(x, y)
        page.mouse.move(10, 10)
        page.get_by_role("radio", name="XL").focus()
        page.mouse.move(x, y)
        expect(panel(page).get_by_label("Name")).to_be_visible()
        assert page.evaluate("() => document.activeElement.value") == "XL", "it took the keys from the page"
        page.mouse.click(x, y)
        assert launcher(page).isOpen, "the click after the hover closed it"
        expect(panel(page).get_by_label("Name")).to_be_focused()
        page.wait_for_function("(since) => performance.now() > since + 1000", arg=page.evaluate("() => performance.now()"))
        page.mouse.click(x, y)
        assert not launcher(page).isOpen


def test_a_finger_opens_the_hovering_one_by_a_tap(screens: Screens, site: Site) -> None:
    with screens.person(viewport=PHONE, has_touch=True, is_mobile=True) as veras:
        page = veras.new_page()
        page.goto(shop_with(site, "open_on=hover"))
        page.touchscreen.tap(*launcher(page).centre)
        expect(panel(page).get_by_label("Name")).to_be_visible()
        assert launcher(page).width == 0, "the panel has its own way to close"
        panel(page).get_by_role("button", name="Minimise").click()
        assert launcher(page).margins[1:] == pytest.approx((16, 16), abs=2)  # a tap may leave it lifted


def test_a_wrong_value_is_named_in_the_console_and_the_rest_holds(screens: Screens, site: Site) -> None:
    warnings: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "warning":
            warnings.append(message.text)

    with screens.person(viewport=WIDE) as veras:
        page = veras.new_page()
        page.on("console", note)
        page.goto(shop_with(site, "icon=fax&amp;size=large&amp;ver=6.1"))
        assert launcher(page).width == 72
    assert warnings == ['Switchboard: no icon "fax". Known: chat, phone, video, mail, whatsapp.']


def test_who_wants_less_motion_gets_none(screens: Screens, site: Site) -> None:
    for wish, duration in (("reduce", "0s"), ("no-preference", "0.18s")):
        with screens.person(reduced_motion=wish) as veras:
            page = veras.new_page()
            page.goto(shop_with(site, ""))
            assert launcher(page).motion == duration


def test_its_words_are_the_pages_and_change_with_it(screens: Screens, site: Site) -> None:
    with screens.person() as veras:
        page = veras.new_page()
        page.goto(site.add("french", Shop(start='<!doctype html><html lang="fr">')))
        named(page, "Ouvrir la discussion")
        page.evaluate("() => Switchboard('setLanguage', 'zh-TW')")
        named(page, "開啟對話")


def named(page: Page, name: str) -> None:
    for _ in range(100):
        if launcher(page).name == name:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it is called {launcher(page).name}")
