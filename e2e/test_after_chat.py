"""The visitor's side beyond the thread: sound, a window, rating, transcripts, earlier chats, Back, and being forgotten."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from e2e.mail_town import MailTown, expect_mail
from e2e.people import Screens, answer, ask, open_widget, panel, reads, sign_in, write
from e2e.town import Town

# Headless browsers are silent: what would be heard is counted.
LISTEN = """
window.notes = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.notes++; return start.apply(this, when); };
"""
HOSTILE = "<img src=x onerror=document.title='broken'> An M, please"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "screen": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
KEYBOARD = """() => {
  Object.defineProperty(visualViewport, "height", { configurable: true, get: () => 460 });
  visualViewport.dispatchEvent(new Event("resize"));
}"""


@pytest.fixture(scope="module")
def kind_of_town() -> type[MailTown]:
    return MailTown


def becomes_true(where: Frame | Page, expression: str) -> None:
    for _ in range(300):
        if where.evaluate(expression):
            return
        where.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def end(agent: Page) -> None:
    """Twice: the visitor wrote last."""
    agent.keyboard.press("Alt+e")
    agent.keyboard.press("Alt+e")


def choose(where: Frame | Page, what: str) -> None:
    where.get_by_role("button", name="More").click()
    where.get_by_role("menuitem", name=what).click()


def popped_out(context: BrowserContext, where: Frame) -> Page:
    with context.expect_page() as opened:
        choose(where, "Open the chat in a window")
    return opened.value


def saved(page: Page, where: Frame, what: str) -> str:
    with page.expect_download() as download:
        where.get_by_role("button", name=what).click()
    return download.value.path().read_text(encoding="utf-8-sig")


def test_from_the_sound_of_an_answer_to_being_forgotten(screens: Screens, town: MailTown, tmp_path: Path) -> None:
    with screens.person() as alices, screens.person() as veras:
        veras.add_init_script(LISTEN)
        alice = sign_in(alices, town, "Alice")
        shop = veras.new_page()
        vera = open_widget(shop, town.shop_page)
        ask(vera, "Vera", HOSTILE)
        answer(alice, "Vera")
        write(alice, "An M fits")
        reads(vera, "An M fits")
        hears_what_she_does_not_see(shop, vera, alice)
        window = popped_out(veras, vera)
        goes_on_in(window, vera, alice)
        end(alice)
        rates(vera, alice)
        saves(shop, vera, tmp_path)
        has_it_mailed(vera, veras.new_page(), town)
        finds_it_again(vera)
        is_forgotten(vera, window, alice)
        shop.reload()
        expect(panel(shop).get_by_label("Your question")).to_have_value("")
        panel(shop).get_by_role("button", name="More").click()
        expect(panel(shop).get_by_role("menuitem", name="Earlier chats")).to_have_count(0)


def hears_what_she_does_not_see(shop: Page, vera: Frame, alice: Page) -> None:
    vera.get_by_role("button", name="Minimise").click()
    before = vera.evaluate("window.notes")
    write(alice, "Are you still there?")
    becomes_true(vera, f"window.notes === {before + 2}")
    shop.evaluate("() => Switchboard('open')")
    choose(vera, "Mute sound")
    vera.get_by_role("button", name="More").click()
    expect(vera.get_by_role("menuitem", name="Turn sound on")).to_be_visible()
    shop.keyboard.press("Escape")


def goes_on_in(window: Page, vera: Frame, alice: Page) -> None:
    reads(window, "Are you still there?")
    assert "#" not in window.url
    write(window, "From the window")
    for side in (alice, vera):
        reads(side, "From the window")
    window.reload()
    reads(window, "From the window")


def rates(vera: Frame, alice: Page) -> None:
    expect(vera.get_by_role("heading", name="How was Alice?")).to_be_visible()
    vera.get_by_role("radio", name="4 of 5").check(force=True)
    expect(vera.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(alice.get_by_text("Vera gave 4 of 5.")).to_be_visible()
    vera.get_by_role("textbox", name="A word for Alice").fill("Knew the sizes")
    vera.get_by_role("button", name="Send", exact=True).click()
    expect(vera.get_by_text("Alice and the team have your words.")).to_be_visible()
    expect(alice.get_by_text("Knew the sizes", exact=False)).to_be_visible()


def saves(shop: Page, vera: Frame, folder: Path) -> None:
    text = saved(shop, vera, "Save as text")
    assert re.search(rf"Vera: {re.escape(HOSTILE)}\n", text)
    assert "Alice: An M fits" in text
    (folder / "chat.html").write_text(saved(shop, vera, "Save as a page"), encoding="utf-8")
    page = shop.context.new_page()
    page.goto((folder / "chat.html").as_uri())
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    expect(page).to_have_title(re.compile("Chat with Alice"))
    page.close()


def has_it_mailed(vera: Frame, page: Page, town: MailTown) -> None:
    vera.get_by_role("button", name="Transcript by e-mail").click()
    address, send = vera.get_by_label("E-mail address"), vera.get_by_role("dialog").get_by_role("button", name="Send")
    address.fill("vera")
    send.click()
    expect(vera.get_by_text("Write an e-mail address", exact=False)).to_be_visible()
    address.fill("vera@holm.example")
    send.click()
    expect(vera.get_by_text("on its way to vera@holm.example", exact=False)).to_be_visible()
    expect_mail(page, town, HOSTILE)


def finds_it_again(vera: Frame) -> None:
    vera.get_by_role("button", name="Start a new chat").click()
    vera.get_by_label("Your question").fill("Half a question")
    choose(vera, "Earlier chats")
    vera.get_by_role("button", name="Alice").click()
    reads(vera, "An M fits")
    expect(vera.get_by_role("textbox")).to_have_count(0)
    vera.get_by_role("button", name="Back").click()
    expect(vera.get_by_role("list", name="Earlier chats")).to_be_visible()
    vera.get_by_role("button", name="Back").click()
    expect(vera.get_by_label("Your question")).to_have_value("Half a question")


def is_forgotten(vera: Frame, window: Page, alice: Page) -> None:
    expect(alice.get_by_role("region", name="Page")).to_be_visible()
    choose(vera, "Earlier chats")
    vera.get_by_role("button", name="End and forget me").click()
    dialog = vera.get_by_role("dialog")
    for words in ("Goes now", "every message", "Stays", "who answered"):
        expect(dialog).to_contain_text(words)
    dialog.get_by_role("button", name="Forget me").click()
    for place in (vera, window):
        expect(place.get_by_role("heading", name="You are forgotten")).to_be_visible()
    expect(alice.get_by_text("Forgotten customer").first).to_be_visible()
    expect(alice.get_by_role("region", name="Page")).to_have_count(0)
    expect(alice.get_by_role("definition").filter(has_text="Not told")).to_have_count(2)
    expect(alice.get_by_text("An M fits", exact=True)).to_have_count(0)
    vera.get_by_role("button", name="Start a new chat").click()
    expect(vera.get_by_label("Your question")).to_be_visible()


def test_on_a_phone_back_closes_and_the_composer_stands_above_the_keyboard(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person(**PHONE) as veras:
        alice = sign_in(alices, town, "Alice")
        shop = veras.new_page()
        vera = open_widget(shop, town.shop_page)
        ask(vera, "Vera on a phone", "Do you open on Sunday?")
        answer(alice, "Vera on a phone")
        write(alice, "From ten to four")
        reads(vera, "From ten to four")
        assert too_small(vera) == []

        the_panel_ends_above_the_keyboard(shop, vera)
        back_closes_the_panel(shop)

        room = veras.new_page()
        room.goto(town.room_page)
        ask(room, "Vera on a phone", "And on Monday?")
        answer(alice, "Vera on a phone")
        box = room.get_by_role("textbox", name="Message")
        expect(box).to_be_visible()
        room.evaluate(KEYBOARD)
        becomes_true(room, "document.querySelector('.composer').getBoundingClientRect().bottom <= 460")
        box.fill("Typed above the keyboard")
        room.get_by_role("button", name="Send").tap()
        reads(alice, "Typed above the keyboard")
        end(alice)
        expect(room.get_by_role("heading", name="How was Alice?")).to_be_visible()
        assert too_small(room) == []
        choose(room, "Earlier chats")
        expect(room.get_by_role("list", name="Earlier chats").or_(room.get_by_text("No earlier chats")).first).to_be_visible()
        room.go_back()
        expect(room.get_by_role("heading", name="How was Alice?")).to_be_visible()


def the_panel_ends_above_the_keyboard(shop: Page, vera: Frame) -> None:
    shop.evaluate(KEYBOARD)
    becomes_true(vera, "innerHeight === 460")
    shop.evaluate("() => { delete visualViewport.height; visualViewport.dispatchEvent(new Event('resize')) }")
    becomes_true(vera, "innerHeight > 800")


def back_closes_the_panel(shop: Page) -> None:
    where = shop.url
    shop.evaluate("() => Switchboard('on', 'close', () => { window.closed_by_back = true })")
    shop.evaluate("() => history.back()")  # Playwright waits for a page of its own
    becomes_true(shop, "window.closed_by_back")
    assert shop.url == where
    shop.evaluate("() => Switchboard('open')")
    reads(panel(shop), "From ten to four")


def too_small(where: Frame | Page) -> list[str]:
    """Buttons in sight that a thumb would miss 21 px beside their middle."""
    return where.evaluate("""() => [...document.querySelectorAll("button, .stars label")].filter((one) => {
        const box = one.getBoundingClientRect();
        const hits = (x, y) => one.contains(document.elementFromPoint(box.x + box.width / 2 + x, box.y + box.height / 2 + y));
        return hits(0, 0) && ![[-21, 0], [21, 0], [0, -21], [0, 21]].every(([x, y]) => hits(x, y));
    }).map((one) => one.getAttribute("aria-label") ?? one.textContent)""")
