"""The agent's side: a morning at the keyboard alone, and a customer who comes back, on a phone."""

from playwright.sync_api import BrowserContext, Page, expect

from e2e.people import Screens, answer, ask, reads, ringing, sign_in, write
from e2e.town import Town

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def at_the_door(visitors: BrowserContext, town: Town, name: str, question: str) -> Page:
    page = visitors.new_page()
    page.goto(town.room_page)
    ask(page, name, question)
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def do(page: Page, what: str) -> None:
    """By the palette."""
    press(page, "Control+k")
    expect(page.get_by_role("combobox", name="Search or do")).to_be_focused()
    page.keyboard.type(what)
    press(page, "Enter")


def test_an_agent_works_a_morning_by_the_keyboard_alone(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as veras, screens.person() as eves:
        alice = sign_in(alices, town, "Alice")
        reads_the_shortcuts(alice)
        keeps_a_canned_text(alice)
        vera = at_the_door(veras, town, "Vera", "Does an M fit me?")
        expect(alice.get_by_role("link", name="1 chat rings")).to_be_visible()  # on a page that the server drew
        eve = at_the_door(eves, town, "Eve", "Is the shop open?")
        alice.get_by_role("link", name="2 chats ring").press("Enter")
        expect(ringing(alice, "Vera")).to_be_visible()
        press(alice, "Alt+a")  # the longest wait first
        expect(alice.get_by_role("textbox", name="Message")).to_be_focused()
        expect(ringing(alice, "Eve")).to_be_visible()
        inserts_the_canned_text(alice, vera)
        tags_and_untags(alice)
        is_asked_before_cutting_off(alice, vera)
        do(alice, "answer")
        reads(alice, "Is the shop open?")
        write(eve, "Hello?")
        reads(alice, "Hello?")
        press(alice, "Alt+e", "Alt+e")
        expect(eve.get_by_role("button", name="Start a new chat")).to_be_visible()
        press(alice, "Alt+o")
        expect(alice.get_by_role("radio", name="OFFLINE")).to_be_checked()
        press(alice, "Alt+o")
        expect(alice.get_by_role("radio", name="ONLINE")).to_be_checked()


def reads_the_shortcuts(alice: Page) -> None:
    press(alice, "Shift+?")
    expect(alice.get_by_role("dialog", name="Shortcuts")).to_contain_text("Answer the first ringing chat")
    press(alice, "Escape")
    expect(alice.get_by_role("dialog")).to_have_count(0)


def keeps_a_canned_text(alice: Page) -> None:
    do(alice, "canned")
    expect(alice.get_by_role("heading", name="Canned texts")).to_be_visible()
    expect(alice.get_by_text("You are ONLINE.")).to_be_visible()
    alice.get_by_label("Shortcut").focus()
    alice.keyboard.type("/thanks")
    press(alice, "Tab")
    alice.keyboard.type("Thank you, {customer}. {agent} of {business} will look.")
    press(alice, "Tab", "Tab", "Enter")
    expect(alice.get_by_text("The text is kept.")).to_be_visible()


def inserts_the_canned_text(alice: Page, vera: Page) -> None:
    option = alice.get_by_role("option", name="/thanks")
    alice.keyboard.type("/")
    expect(option).to_be_visible()
    press(alice, "Escape")
    expect(option).to_have_count(0)
    press(alice, "Backspace")
    alice.keyboard.type("Yes. /tha")
    expect(option).to_have_attribute("aria-selected", "true")
    press(alice, "Enter")
    text = "Yes. Thank you, Vera. Alice of Acme Bikes will look."
    expect(alice.get_by_role("textbox", name="Message")).to_have_value(text)
    press(alice, "Enter")
    reads(vera, text)


def tags_and_untags(alice: Page) -> None:
    chats = alice.get_by_role("region", name="Chats", exact=True)
    press(alice, "Alt+g")
    expect(alice.get_by_label("Add a tag")).to_be_focused()
    alice.keyboard.type("repair")
    press(alice, "Enter")
    expect(chats).to_contain_text("repair")
    press(alice, "Shift+Tab", "Enter")  # its button
    expect(chats).not_to_contain_text("repair")


def is_asked_before_cutting_off(alice: Page, vera: Page) -> None:
    write(vera, "One more thing")
    reads(alice, "One more thing")
    press(alice, "Alt+e")
    expect(alice.get_by_text("Vera wrote last and has no answer yet.")).to_be_visible()
    press(alice, "Alt+w")
    alice.keyboard.type("Say it")
    press(alice, "Enter")
    reads(vera, "Say it")
    press(alice, "Alt+e")
    expect(vera.get_by_role("button", name="Start a new chat")).to_be_visible()


def test_a_customer_who_comes_back_is_known_on_a_phone(screens: Screens, town: Town) -> None:
    with screens.person(**PHONE) as bens, screens.person() as veras:
        ben = sign_in(bens, town, "Ben")
        vera = at_the_door(veras, town, "Vera", "Do you rent bikes?")
        answer(ben, "Vera")
        write(ben, "From April")
        reads(vera, "From April")
        vera.get_by_role("button", name="End chat").click()
        vera.get_by_role("button", name="Start a new chat").click()
        ask(vera, "Vera", "And with a child seat?")
        ben.get_by_role("button", name="Back").click()
        answer(ben, "Vera")
        reads(ben, "And with a child seat?")

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
