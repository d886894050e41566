"""Each side's whole day at the keyboard alone, and what a screen reader says meanwhile."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page, expect

from e2e.attaching import log, sees_picture, tray
from e2e.keyboard import asks, opens, press, says, tab_to
from e2e.people import Screens, ask, reads, ringing, sign_in, write
from e2e.town import Town
from tests.files.pictures import picture


def test_the_story_needs_no_mouse(screens: Screens, town: Town, tmp_path: Path) -> None:
    photo = tmp_path / "old-bike.png"
    photo.write_bytes(picture("PNG", (60, 40)))
    with screens.person() as alices, screens.person() as veras:
        alice, shop = picks(alices.new_page(), photo), picks(veras.new_page(), photo)
        signs_in(alice, town)
        shop.goto(town.shop_page)
        vera = opens(shop)
        asks(shop, vera, "Keyboard Vera", "No mouse here")
        expect(ringing(alice, "Keyboard Vera")).to_be_visible()
        alice.keyboard.press("Alt+a")
        expect(alice.get_by_role("textbox", name="Message")).to_be_focused()
        alice.keyboard.type("Nor here")
        alice.keyboard.press("Enter")
        expect(vera.get_by_role("textbox", name="Message")).to_be_focused()
        reads(vera, "Nor here")
        says(vera, "Alice: Nor here")
        shop.keyboard.type("Good")
        shop.keyboard.press("Enter")
        reads(alice, "Good")
        says(alice, "Keyboard Vera: Good")
        sends_a_picture_and_an_emoji(shop, vera)
        sees_picture(alice, photo.name)
        reads(alice, "🙂")
        sends_a_picture(alice, alice)
        expect(log(vera).get_by_role("img", name=f"Picture {photo.name}")).to_have_count(2)
        ends_rates_and_is_forgotten(shop, vera, alice)


def signs_in(alice: Page, town: Town) -> None:
    alice.goto(f"{town.app}/console")
    expect(alice.get_by_label("E-mail")).to_be_focused()
    for text in ("alice@acme.example", "alice-demo"):
        alice.keyboard.type(text)
        press(alice, "Tab")
    press(alice, "Enter")
    expect(alice.get_by_role("radio", name="ONLINE")).to_be_checked()


def picks(page: Page, photo: Path) -> Page:
    """From the system's own dialog. Listened for from the start: a browser that is told while it opens one may show it."""
    page.on("filechooser", lambda chooser: chooser.set_files(photo))
    return page


def sends_a_picture(page: Page, where: Page | Frame) -> None:
    tab_to(page, where, "Attach", "Shift+Tab")
    press(page, "Enter")
    expect(tray(where).get_by_role("listitem")).to_have_count(1)
    tab_to(page, where, "Send")
    page.keyboard.press("Enter")
    expect(tray(where)).to_have_count(0)
    expect(where.get_by_role("textbox", name="Message")).to_be_focused()


def sends_a_picture_and_an_emoji(page: Page, where: Frame) -> None:
    sends_a_picture(page, where)
    tab_to(page, where, "Emoji")
    press(page, "Enter", "Enter", "Enter")


def ends_rates_and_is_forgotten(shop: Page, vera: Frame, alice: Page) -> None:
    tab_to(shop, vera, "End chat", "Shift+Tab")
    press(shop, "Enter")
    expect(vera.get_by_role("heading", name="How was Alice?")).to_be_visible()
    tab_to(shop, vera, "1 of 5")
    press(shop, "Space", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(alice.get_by_text("Keyboard Vera gave 4 of 5.")).to_be_visible()
    tab_to(shop, vera, "A word for Alice")
    shop.keyboard.type("Never touched a mouse")
    tab_to(shop, vera, "Send")
    press(shop, "Enter")
    expect(alice.get_by_text("Never touched a mouse", exact=False)).to_be_visible()
    tab_to(shop, vera, "End and forget me")
    press(shop, "Enter")
    tab_to(shop, vera, "Forget me")
    press(shop, "Enter")
    expect(vera.get_by_role("heading", name="You are forgotten")).to_be_visible()
    tab_to(shop, vera, "Start a new chat")


def at_the_door(visitors: BrowserContext, town: Town, name: str, question: str) -> Page:
    page = visitors.new_page()
    page.goto(town.room_page)
    ask(page, name, question)
    return page


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
        expect(alice.get_by_role("link", name="2 chats ring")).to_be_visible()
        press(alice, "Shift+Tab")
        tab_to(alice, alice, "2 chats ring", "Shift+Tab")
        press(alice, "Enter")
        expect(ringing(alice, "Vera")).to_be_visible()
        says(alice, "Eve is ringing")
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
    press(alice, "Tab")
    tab_to(alice, alice, "Shortcut")
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
