"""Pages that make it hard: the launcher is at its place, a chat works or a window is offered, and the page notices nothing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Page as Tab

from e2e.hostile_site import NONCE, SNIPPET, STRICT, US, Page, Site, a_site, script, style
from e2e.launcher import SHIFTS, frame_with, launcher, launchers, press_launcher, shifts
from e2e.people import Screens, answer, ask, panel, reads, ringing, sign_in, write
from e2e.town import Town

PAGES = {
    "strict policy": Page(policy=f"{STRICT}; {US}"),
    "nonce and strict-dynamic": Page(
        head=SNIPPET.replace("async", f'async nonce="{NONCE}"'),
        policy=f"{STRICT}; frame-src {{ours}}; script-src 'nonce-{NONCE}' 'strict-dynamic'",
        start='<!doctype html><html lang="EN">',  # its words come by a second request
    ),
    "trusted types": Page(
        policy=f"{STRICT}; {US}; require-trusted-types-for 'script'; trusted-types 'none'",
        start='<!doctype html><html lang="EN">',
    ),
    "cruel styles": Page(head=style("cruel.css") + SNIPPET),
    "loaded twice": Page(head=SNIPPET + SNIPPET, end=SNIPPET.replace("async ", "")),
    "by a tag manager": Page(head=script("tag_manager.js")),
    "before anything else": Page(head=SNIPPET.replace("async ", "")),
    "no doctype": Page(start=""),
    "storage that throws": Page(head=script("no_storage.js") + SNIPPET),
    "a transformed body that scrolls": Page(head=style("scrolling_body.css") + SNIPPET),
    "prototypes that were extended": Page(head=script("old_library.js") + SNIPPET),
    "takes it out": Page(end=script("taker.js")),
}
AT_THE_CORNER = (24, 24)


@pytest.fixture(scope="module")
def site(town: Town) -> Iterator[Site]:
    with a_site(town.loader) as site:
        yield site


@pytest.fixture(scope="module")
def alice(browser: Browser, town: Town) -> Iterator[Tab]:
    context = browser.new_context()
    yield sign_in(context, town, "Alice")
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_chats_and_the_page_notices_nothing(name: str, screens: Screens, site: Site, alice: Tab) -> None:
    with screens.person() as veras:
        veras.add_init_script(SHIFTS)
        page = veras.new_page()
        page.goto(site.add(name.replace(" ", "-"), PAGES[name]))
        if name == "takes it out":
            expect(page).to_have_title("taken")
        assert stands_at_the_corner(page)
        press_launcher(page)
        talk(page, alice, name)
        assert launcher(page).isOpen
        assert len(launchers(page)) == 1
        assert shifts(page) == []


def test_without_an_importance_of_its_own_the_cruel_page_takes_the_launcher_away(
    screens: Screens, site: Site, town: Town
) -> None:
    """The control of `cruel styles`."""
    with screens.person() as veras:
        page = veras.new_page()
        page.route(
            "**/w.js*", lambda route: route.fulfill(response=(got := route.fetch()), body=got.text().replace("!important", ""))
        )
        page.goto(site.add("cruel-control", PAGES["cruel styles"]))
        page.locator("switchboard-chat").wait_for(state="attached")
        assert not launcher(page).isOnTop


def without_importance(route: Route) -> None:
    loader = route.fetch()
    route.fulfill(response=loader, body=loader.text().replace("!important", ""))


def stands_at_the_corner(page: Tab) -> bool:
    there = launcher(page)
    assert (there.width, there.height) == (56, 56)
    assert there.margins[1:] == AT_THE_CORNER
    return there.isOnTop


def talk(page: Tab, alice: Tab, name: str) -> None:
    vera = panel(page)
    ask(vera, f"Vera of {name}", f"On {name}?")
    answer(alice, f"Vera of {name}")
    reads(alice, f"On {name}?")  # until then she may still be in the chat before
    write(alice, f"Also on {name}")
    reads(vera, f"Also on {name}")
    write(vera, "Good")
    reads(alice, "Good")
    vera.get_by_role("button", name="End chat").click()


def test_a_single_page_app_keeps_the_chat_and_its_address_is_told(screens: Screens, site: Site, alice: Tab) -> None:
    with screens.person() as veras:
        veras.add_init_script(SHIFTS)
        page = veras.new_page()
        address = site.add("app", Page())
        page.goto(address)
        page.evaluate("() => history.pushState({}, '', '/app/fjord?secret=1#secret')")
        press_launcher(page)
        vera = panel(page)
        vera.get_by_label("Name").fill("Vera of the app")
        page.evaluate("() => history.replaceState({}, '', '/app/basket')")
        ask(vera, "Vera of the app", "Where am I?")
        expect(ringing(alice, "Vera of the app").get_by_title(f"{address}/basket")).to_have_text(page.title())
        answer(alice, "Vera of the app")
        write(alice, "On the basket")
        reads(vera, "On the basket")
        # What Turbo and the like do: the whole body is another one, and nobody says goodbye.
        page.evaluate("""() => { const next = document.createElement("body"); next.textContent = "Another page";
            document.body.replaceWith(next); history.pushState({}, "", "/app/other") }""")
        assert launcher(page).isOpen
        write(vera, "Still here")
        reads(alice, "Still here")
        reads(panel(page), "On the basket")


def test_a_page_that_is_left_without_goodbye_and_come_back_to_goes_on(screens: Screens, site: Site, alice: Tab) -> None:
    with screens.person() as veras:
        page = veras.new_page()
        first, second = site.add("first", Page()), site.add("second", Page(policy=f"{STRICT}; {US}"))
        page.goto(first)
        press_launcher(page)
        ask(panel(page), "Vera on the way", "Do you come along?")
        answer(alice, "Vera on the way")
        for address in (second, first, second):
            page.goto(address)
            reads(panel(page), "Do you come along?")
            assert launcher(page).isOpen
        write(panel(page), "You do")
        reads(alice, "You do")


@pytest.mark.parametrize(
    "sandbox", ["allow-scripts allow-same-origin allow-popups", "allow-scripts allow-popups", "allow-scripts"]
)
def test_inside_nested_frames_it_chats_or_gives_the_rooms_address(
    screens: Screens, site: Site, town: Town, alice: Tab, sandbox: str
) -> None:
    with screens.person() as veras:
        inner = site.add("inner", Page())
        middle = site.add_html("middle", frame_of(inner, sandbox))
        page = veras.new_page()
        page.goto(site.add_html("outer", frame_of(middle, sandbox)))
        box = frame_with(page, "/inner").frame_element().bounding_box()
        assert box is not None
        frame_with(page, "/inner").locator("switchboard-chat").wait_for(state="attached")
        page.mouse.click(box["x"] + box["width"] - 52, box["y"] + box["height"] - 52)
        if "allow-same-origin" in sandbox:
            return talk(page, alice, "nested frames")
        vera = panel(page)
        link = vera.get_by_role("link", name="Open the chat in a window")
        expect(link).to_have_attribute("href", re.compile(re.escape(town.room_page.removeprefix(town.app)) + "$"))
        expect(vera.get_by_text(town.room_page)).to_be_visible()
        page.mouse.click(box["x"] + box["width"] - 52, box["y"] + box["height"] - 52)
        expect(vera.locator("main")).to_be_hidden()
    return None


def frame_of(source: str, sandbox: str) -> str:
    look = "<style>body { margin: 0 } iframe { inline-size: 100%; block-size: 700px; border: 0 }</style>"
    head = f"<!doctype html><html lang=en><title>Frame</title><link rel=icon href=data:,>{look}"
    return f'{head}<iframe src="{source}" sandbox="{sandbox}" title="Inner"></iframe>'


def test_where_the_script_is_blocked_the_page_suffers_nothing(screens: Screens, site: Site) -> None:
    policy = f"{STRICT}; script-src 'nonce-{NONCE}'"
    with screens.person() as veras:
        veras.add_init_script(SHIFTS)
        page = veras.new_page()
        page.goto(site.add("blocked", Page(head=script("own_button.js") + SNIPPET, policy=policy)))
        expect(page).to_have_title("went on")
        assert page.locator("switchboard-chat").count() == 0
        assert shifts(page) == []
    # The browser says why, the page had no error of its own.
    assert [complaint for complaint in screens.complaints if "w.js" not in complaint] == []
    screens.complaints.clear()


def test_while_the_server_is_down_the_page_suffers_nothing_and_the_next_press_tries_again(
    screens: Screens, site: Site, town: Town, alice: Tab
) -> None:
    with screens.person(viewport={"width": 390, "height": 844}) as veras:
        veras.add_init_script(SHIFTS)
        page = veras.new_page()
        page.goto(site.add("shop", Page()))
        launcher(page)
        town.stop_web()
        try:
            press_launcher(page)
            expect(page.locator("h1")).to_have_text("Fjord 3")
            assert launcher(page).isOnTop, "nobody could close the panel"
            press_launcher(page)
            assert not launcher(page).isOpen
            elsewhere = veras.new_page()
            elsewhere.goto(site.add("uncached", Page(head=SNIPPET.replace("LOADER", "LOADER&amp;v=2"))))
            expect(elsewhere.locator("h1")).to_have_text("Fjord 3")
            assert elsewhere.locator("switchboard-chat").count() == 0
            assert shifts(elsewhere) == shifts(page) == []
        finally:
            town.start_web()
        press_launcher(page)
        expect(panel(page).get_by_label("Name")).to_be_visible(timeout=10_000)


def test_right_to_left_pages_have_it_on_the_left(screens: Screens, site: Site) -> None:
    with screens.person() as veras:
        page = veras.new_page()
        page.goto(site.add("rtl", Page(start='<!doctype html><html lang="ar" dir="rtl">')))
        assert launcher(page).margins[0] == AT_THE_CORNER[0]
        page.evaluate("() => { document.documentElement.dir = 'ltr' }")
        assert launcher(page).margins[1] == AT_THE_CORNER[0]
