"""The agent's side: a customer who comes back, on a phone and by the keyboard alone; being called elsewhere."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.attaching import log, tray
from e2e.keyboard import has_focus, press, tab_to
from e2e.people import Screens, answer, ask, reads, ringing, sign_in, write
from e2e.town import Town

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Headless browsers show and play nothing: what would be shown and played is kept.
NOTICE = """
window.notes = 0;
window.told = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.notes++; return start.apply(this, when); };
window.Notification = class extends Notification {
  constructor(title, options) { super(title, options); window.told.push({ text: `${title} | ${options.body}`, shown: this }); }
};
"""
TOLD = "() => window.told.map(({ text }) => text)"
TITLES = """async (wanted) => {
  const seen = new Set();
  while (!wanted.every((title) => seen.has(title))) {
    seen.add(document.title);
    await new Promise((next) => setTimeout(next, 50));
  }
}"""
SECRET = "Do you sell to other countries?"


def at_the_door(visitors: BrowserContext, town: Town, name: str, question: str) -> Page:
    page = visitors.new_page()
    page.goto(town.room_page)
    ask(page, name, question)
    return page


def test_a_customer_who_comes_back_is_known_on_a_phone(screens: Screens, town: Town) -> None:
    with screens.person(**PHONE) as bens, screens.person() as veras:
        ben = sign_in(bens, town, "Ben")
        vera = at_the_door(veras, town, "Vera", "Do you rent bikes?")
        answer(ben, "Vera")
        write(ben, "From April")
        reads(vera, "From April")
        vera.get_by_role("button", name="End chat").click()
        gives_four_stars(vera, ben)
        vera.get_by_role("button", name="Start a new chat").click()
        ask(vera, "Vera", "And with a child seat?")
        ben.get_by_role("button", name="Back").click()
        answer(ben, "Vera")
        reads(ben, "And with a child seat?")

        tags_and_looks_back(ben)

        ben.get_by_role("textbox", name="Message").fill("Yes, we")
        ben.reload()
        expect(ben.get_by_role("textbox", name="Message")).to_have_value("Yes, we")
        ben.get_by_role("button", name="Back").click()
        card = ben.get_by_role("link", name="Vera").first
        expect(card).to_contain_text("Draft: Yes, we")
        expect(card).to_contain_text("child seat")
        width = ben.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 390
        card.click()
        ben.get_by_role("button", name="End chat").click()
        ben.get_by_role("button", name="End anyway").click()
        expect(vera.get_by_role("button", name="Start a new chat")).to_be_visible()


def tags_and_looks_back(ben: Page) -> None:
    ben.get_by_role("button", name="Show or hide the customer").click()
    panel = ben.get_by_role("region", name="Customer")
    expect(panel).to_contain_text("2 chats")
    panel.get_by_label("Add a tag").fill("child seat")
    panel.get_by_label("Add a tag").press("Enter")
    expect(panel.get_by_role("button", name="Remove the tag child seat")).to_be_visible()
    panel.get_by_role("button", name="Do you rent bikes?").click()
    earlier = ben.get_by_role("dialog")
    reads(earlier, "From April")
    expect(earlier).to_contain_text("read only")
    earlier.get_by_role("button", name="Close").click()
    panel.get_by_role("button", name="Close").click()


def gives_four_stars(vera: Page, ben: Page) -> None:
    """With the mouse, where the star is drawn: the radio button under it cannot be seen."""
    box = vera.locator(".stars label").filter(has_text="4 of 5").bounding_box()
    assert box is not None
    vera.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    vera.mouse.down()
    vera.mouse.up()
    expect(vera.get_by_role("radio", name="4 of 5")).to_be_checked()
    expect(ben.get_by_text("Vera gave 4 of 5.")).to_be_visible()
    vera.get_by_role("textbox", name="A word for Ben").fill("Knew the season")
    vera.get_by_role("button", name="Send", exact=True).click()
    expect(ben.get_by_text("“Knew the season”")).to_be_visible()


@pytest.mark.whole_browser
def test_an_agent_looks_back_records_and_passes_on_by_the_keyboard_alone(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as bens, screens.person() as veras:
        alices.grant_permissions(["microphone"])
        alice, ben = sign_in(alices, town, "Alice"), sign_in(bens, town, "Ben")
        vera = at_the_door(veras, town, "Returning Vera", "Do you rent bikes?")
        answers(alice)
        writes(alice, "From April")
        press(alice, "Alt+e", "Alt+e")
        has_focus(alice, "Returning Vera")
        vera.get_by_role("button", name="Start a new chat").press("Enter")
        ask(vera, "Returning Vera", "And with a child seat?")
        answers(alice)
        notes(alice)
        records(alice)
        expect(log(vera).get_by_role("button", name="Play voice note")).to_be_visible()
        reads_the_earlier_chat(alice)
        passes_on_to_ben(alice)
        takes_it(ben)


def answers(alice: Page) -> None:
    expect(ringing(alice, "Returning Vera")).to_be_visible()
    press(alice, "Alt+a")
    has_focus(alice, "Message")


def writes(alice: Page, text: str) -> None:
    alice.keyboard.type(text)
    press(alice, "Enter")
    reads(alice, text)


def notes(alice: Page) -> None:
    press(alice, "Alt+n")
    has_focus(alice, "Note for your team")
    writes(alice, "Pays late")
    press(alice, "Alt+n")
    has_focus(alice, "Message")


def records(alice: Page) -> None:
    tab_to(alice, alice, "Record a voice note")
    press(alice, "Enter")
    has_focus(alice, "Finish recording")
    tab_to(alice, alice, "Discard recording", "Shift+Tab")
    press(alice, "Enter")
    has_focus(alice, "Record a voice note")
    press(alice, "Enter")
    expect(alice.get_by_role("timer")).to_have_text("Recording 0:01")
    has_focus(alice, "Finish recording")
    press(alice, "Enter")
    has_focus(alice, "Record a voice note")
    expect(tray(alice).get_by_role("button", name="Play voice note")).to_be_visible()
    tab_to(alice, alice, "Send")
    press(alice, "Enter")
    has_focus(alice, "Message")


def reads_the_earlier_chat(alice: Page) -> None:
    press(alice, "Alt+c")
    expect(alice.get_by_role("region", name="Customer")).to_have_count(0)
    press(alice, "Alt+g")
    has_focus(alice, "Add a tag")
    tab_to(alice, alice, "Do you rent bikes?")
    press(alice, "Enter")
    reads(alice.get_by_role("dialog"), "From April")
    press(alice, "Escape")
    has_focus(alice, "Do you rent bikes?")
    press(alice, "Alt+c")
    has_focus(alice, "Show or hide the customer")


def passes_on_to_ben(alice: Page) -> None:
    press(alice, "Alt+w", "Alt+t")
    has_focus(alice, "Ben")
    press(alice, "Escape")
    has_focus(alice, "Message")
    press(alice, "Alt+t")
    has_focus(alice, "Ben")
    press(alice, "Space")
    tab_to(alice, alice, "Note for whoever takes it")
    alice.keyboard.type("Ask for a deposit")
    tab_to(alice, alice, "Transfer")
    press(alice, "Enter")
    expect(alice.get_by_role("status").get_by_text("The chat is with Ben now")).to_be_visible()
    has_focus(alice, "Returning Vera")
    press(alice, "Alt+i")
    has_focus(alice, "Returning Vera")


def takes_it(ben: Page) -> None:
    expect(ben.get_by_role("link", name="Returning Vera")).to_be_visible()
    press(ben, "Alt+ArrowDown")
    has_focus(ben, "Message")
    reads(ben, "Ask for a deposit")
    press(ben, "Alt+i")
    has_focus(ben, "Returning Vera")
    press(ben, "Enter")
    has_focus(ben, "Message")


@pytest.mark.whole_browser
def test_who_looks_elsewhere_is_called(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as bens, screens.person() as veras, screens.person() as eves:
        for agents in (alices, bens):
            agents.grant_permissions(["notifications"])
            agents.add_init_script(NOTICE)
        alice, ben = sign_in(alices, town, "Alice"), sign_in(bens, town, "Ben")
        for agent in (alice, ben):
            agent.keyboard.press("Shift")  # no browser plays before its person has touched the page
        ben.get_by_role("radio", name="OFFLINE").check()
        other = looks_elsewhere(alice)
        vera = at_the_door(veras, town, "Vera", SECRET)
        rings_loudly(alice)
        assert (ben.evaluate(TOLD), ben.evaluate("() => window.notes")) == ([], 0)
        alice.get_by_role("button", name="Sound is on. Switch it off").click()
        before = alice.evaluate("() => window.notes")
        other.bring_to_front()
        write(vera, "nor a message")
        told(alice, "Vera is ringing | Ringing GENERAL", "Vera wrote | GENERAL")
        expect(alice).to_have_title("(1) Inbox · Acme Bikes · Switchboard")
        eve = at_the_door(eves, town, "Eve", SECRET)
        alice.evaluate(TITLES, ["(1) Ringing · Switchboard", "Eve is ringing"])
        hears_of_the_one_behind(alice, vera)
        assert alice.evaluate("() => window.notes") == before
        for visitor in (eve, vera):
            visitor.get_by_role("button", name="End chat").click()
        expect(alice).to_have_title("Inbox · Acme Bikes · Switchboard")


def rings_loudly(alice: Page) -> None:
    told(alice, "Vera is ringing | Ringing GENERAL")
    alice.wait_for_function("() => window.notes >= 4")
    alice.evaluate(TITLES, ["(1) Ringing · Switchboard", "Vera is ringing"])
    alice.evaluate("() => window.told[0].shown.dispatchEvent(new Event('click'))")
    alice.bring_to_front()
    answer(alice, "Vera")
    reads(alice, SECRET)
    expect(alice).to_have_title("Inbox · Acme Bikes · Switchboard")


def hears_of_the_one_behind(alice: Page, vera: Page) -> None:
    alice.bring_to_front()
    answer(alice, "Eve")
    expect(alice.get_by_role("heading", name="Chat with Eve")).to_be_attached()
    write(vera, "Are you there?")
    expect(alice).to_have_title("(1) Inbox · Acme Bikes · Switchboard")
    expect(alice.locator("[aria-live=polite]").get_by_text("Vera wrote", exact=True)).to_have_count(1)


def looks_elsewhere(page: Page) -> Page:
    """At another tab in front. Playwright makes each page believe that it is looked at; not this one."""
    page.context.new_cdp_session(page).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = page.context.new_page()
    other.bring_to_front()
    page.wait_for_function("() => !document.hasFocus()")
    return other


def told(page: Page, *texts: str) -> None:
    page.wait_for_function("(count) => window.told.length >= count", arg=len(texts))
    assert page.evaluate(TOLD) == list(texts)
