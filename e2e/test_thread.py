"""The thread and the parts around it, by keyboard and by thousands of lines, on the stories of /dev/ui."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.people import Screens
from e2e.stories import open_story
from e2e.town import Town

PHONE = {"width": 390, "height": 844}
SAYS = "text => dispatchEvent(new CustomEvent('story:says', {detail: text}))"
# From Ben's line reaching the app to its being drawn, twenty times over; milliseconds, sorted.
DRAWING = """async () => {
  const took = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const before = performance.now();
    dispatchEvent(new CustomEvent('story:says', {detail: `turn ${turn}`}));
    const isDrawn = () => document.querySelector('.entries').textContent.includes(`turn ${turn}`);
    while (!isDrawn()) await new Promise((next) => setTimeout(next));
    took.push(performance.now() - before);
    await new Promise(requestAnimationFrame);
  }
  return took.sort((one, other) => one - other);
}"""


@pytest.fixture
def page(screens: Screens) -> Iterator[Page]:
    with screens.person(viewport=PHONE, reduced_motion="reduce") as vera:
        yield vera.new_page()


def thread(page: Page) -> Locator:
    return page.get_by_role("log")


def top_of(page: Page, text: str) -> float:
    box = thread(page).get_by_text(text, exact=False).first.bounding_box()
    assert box is not None
    return box["y"]


def test_ten_thousand_lines_open_at_the_newest_and_cost_what_their_end_costs(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat-10000")
    expect(thread(page).get_by_text("Line 10000.")).to_be_in_viewport()
    assert page.evaluate("() => document.querySelectorAll('.said').length") <= 180
    took = page.evaluate(DRAWING)
    assert took[10] < 50, took


def test_older_lines_come_while_scrolling_and_nothing_jumps(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat-10000")
    drawn = page.evaluate("() => document.querySelectorAll('.said').length")
    before = page.evaluate(
        "() => { const box = document.querySelector('.thread'); return box.scrollHeight - box.clientHeight }"
    )
    page.evaluate(
        "() => { const box = document.querySelector('.thread'); box.scrollTop = -(box.scrollHeight - box.clientHeight) + 400 }"
    )
    page.wait_for_function("drawn => document.querySelectorAll('.said').length > drawn", arg=drawn)
    where = page.evaluate("() => document.querySelector('.thread').scrollTop")
    assert where == pytest.approx(-before + 400, abs=2)


def test_who_scrolled_up_stays_there_is_told_of_new_lines_and_gets_back(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat-scrolled-up")
    expect(page.get_by_role("button", name="To the newest messages")).to_be_visible()
    before = top_of(page, "Line 180.")
    page.evaluate(SAYS, "One more")
    page.evaluate(SAYS, "And another")
    back = page.get_by_role("button", name="2 new messages")
    expect(back).to_be_visible()
    assert top_of(page, "Line 180.") == pytest.approx(before, abs=2)
    back.press("Enter")
    expect(thread(page).get_by_text("And another")).to_be_in_viewport()
    expect(back).to_have_count(0)


def test_a_new_line_is_read_out_once_and_old_ones_never(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat")
    news = page.locator("[aria-live=polite]")
    expect(news).to_be_empty()
    page.evaluate(SAYS, "Take the M.")
    expect(news).to_have_text("Ben: Take the M.")
    expect(thread(page)).to_have_attribute("aria-live", "off")


def test_links_lead_out_safely_and_scripts_nowhere(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat-links-emoji")
    links = thread(page).get_by_role("link")
    expect(links).to_have_count(2)
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://acme.example/fit?size=m",
        "mailto:workshop@acme.example",
    ]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer nofollow"}
    expect(thread(page)).to_contain_text("<b>and this is no HTML</b>")


def test_an_emoji_is_picked_by_keyboard_and_stands_at_the_cursor(page: Page, town: Town) -> None:
    open_story(page, town, "widget", "chat")
    field = page.get_by_role("textbox", name="Message")
    field.fill("Hi !")
    field.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Emoji")).to_be_focused()
    for key in ("Enter", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "End", "Home", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(field).to_be_focused()
    expect(field).to_have_value("Hi 😀!")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Emoji")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Emoji")).to_have_count(0)
    expect(field).to_be_focused()


def test_a_menu_and_a_dialog_take_the_keyboard_and_give_it_back(page: Page, town: Town) -> None:
    open_story(page, town, "console", "menu")
    expect(page.get_by_role("menuitem", name="Transfer")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="End chat")).to_be_focused()
    page.keyboard.press("t")
    expect(page.get_by_role("menuitem", name="Transfer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More")).to_be_focused()
    expect(page.get_by_role("menu")).to_have_count(0)
    open_story(page, town, "console", "dialog-by-button")
    opener = page.get_by_role("button", name="End chat")
    for way in ("Escape", "Enter"):
        opener.press("Enter")
        expect(page.get_by_role("dialog", name="End this chat?")).to_be_visible()
        expect(page.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press(way)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()
