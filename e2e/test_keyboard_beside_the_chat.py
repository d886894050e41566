"""What a visitor does beside the chat, at the keyboard alone: menu, window, full screen, mail, earlier chats."""

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from e2e.keyboard import asks, chooses, has_focus, is_at_launcher, opens, press, states, tab_to
from e2e.launcher import launcher
from e2e.mail_town import MailTown, expect_mail
from e2e.people import Screens, reads, ringing, sign_in

IS_FULL = "(wanted) => (document.fullscreenElement !== null) === wanted"


@pytest.fixture(scope="module")
def kind_of_town() -> type[MailTown]:
    return MailTown


def test_what_is_beside_the_chat_needs_no_mouse(screens: Screens, town: MailTown) -> None:
    with screens.person() as alices, screens.person() as veras:
        alice = sign_in(alices, town, "Alice")
        shop = veras.new_page()
        shop.goto(town.shop_page)
        vera = opens(shop)
        closes_and_opens(shop, vera)
        asks(shop, vera, "Vera", "Does an M fit?")
        expect(ringing(alice, "Vera")).to_be_visible()
        has_focus(vera, "GENERAL")
        press(alice, "Alt+a")
        expect(vera.get_by_role("textbox", name="Message")).to_be_focused()
        mutes_and_unmutes(shop, vera)
        fills_the_screen_and_leaves_it(shop, vera)
        goes_on_in_a_window(veras, vera, shop, alice)
        tab_to(shop, vera, "End chat", "Shift+Tab")
        press(shop, "Enter")
        has_focus(vera, "Chat with Alice")
        has_it_mailed(shop, vera)
        finds_none_earlier(shop, vera)
        finds_it_again(shop, vera)
        press(shop, "Escape")
        is_back_at_launcher(shop, vera)
        expect_mail(veras.new_page(), town, "From the window")


def closes_and_opens(shop: Page, vera: Frame) -> None:
    expect(vera.get_by_label("Name")).to_be_focused()
    press(shop, "Escape")
    is_back_at_launcher(shop, vera)
    press(shop, "Enter")
    expect(vera.get_by_label("Name")).to_be_focused()
    tab_to(shop, vera, "Minimise", "Shift+Tab")
    press(shop, "Enter")
    is_back_at_launcher(shop, vera)
    press(shop, "Enter")


def is_back_at_launcher(shop: Page, vera: Frame) -> None:
    """Of what is in the launcher's shadow root the page knows only that it is there: the frame or the button."""
    vera.wait_for_function("() => !document.hasFocus()", polling=50)
    assert is_at_launcher(shop)
    assert not launcher(shop).isOpen


def mutes_and_unmutes(shop: Page, vera: Frame) -> None:
    for what in ("Mute sound", "Turn sound on"):
        chooses(shop, vera, what)
        has_focus(vera, "More")
    press(shop, "Enter")
    expect(vera.get_by_role("menuitem", name="Mute sound")).to_be_visible()
    press(shop, "Escape")
    has_focus(vera, "More")


def fills_the_screen_and_leaves_it(shop: Page, vera: Frame) -> None:
    for what, is_full in (("Full screen", True), ("Leave full screen", False)):
        chooses(shop, vera, what)
        vera.wait_for_function(IS_FULL, arg=is_full)
        has_focus(vera, "More")


def goes_on_in_a_window(veras: BrowserContext, vera: Frame, shop: Page, alice: Page) -> None:
    with veras.expect_page() as opened:
        chooses(shop, vera, "Open the chat in a window")
    window = opened.value
    expect(window.get_by_role("textbox", name="Message")).to_be_focused()
    window.keyboard.type("From the window")
    press(window, "Enter")
    for side in (alice, vera):
        reads(side, "From the window")
    window.close()
    shop.bring_to_front()
    has_focus(vera, "More")


def has_it_mailed(shop: Page, vera: Frame) -> None:
    tab_to(shop, vera, "Transcript by e-mail")
    press(shop, "Enter")
    has_focus(vera, "E-mail address")
    shop.keyboard.type("vera")
    press(shop, "Enter")
    states(vera.get_by_role("dialog"), "Write an e-mail address")
    has_focus(vera, "E-mail address")
    press(shop, "Escape")
    has_focus(vera, "Transcript by e-mail")
    press(shop, "Enter")
    has_focus(vera, "E-mail address")
    press(shop, "End")
    shop.keyboard.type("@holm.example")
    tab_to(shop, vera, "Send")
    press(shop, "Enter")
    states(vera, "on its way to vera@holm.example")
    has_focus(vera, "Transcript by e-mail")


def finds_none_earlier(shop: Page, vera: Frame) -> None:
    chooses(shop, vera, "Earlier chats")
    expect(vera.get_by_role("heading", name="No earlier chats")).to_be_visible()
    has_focus(vera, "Back")
    press(shop, "Enter")
    has_focus(vera, "More")


def finds_it_again(shop: Page, vera: Frame) -> None:
    tab_to(shop, vera, "Start a new chat")
    press(shop, "Enter")
    has_focus(vera, "Your question")
    shop.keyboard.type("Half a question")
    chooses(shop, vera, "Earlier chats")
    has_focus(vera, "Back")
    tab_to(shop, vera, "Alice")
    press(shop, "Enter")
    reads(vera, "From the window")
    has_focus(vera, "Back")
    press(shop, "Enter")
    has_focus(vera, "Alice")
    tab_to(shop, vera, "Back", "Shift+Tab")
    press(shop, "Enter")
    expect(vera.get_by_label("Your question")).to_have_value("Half a question")
    has_focus(vera, "Your question")
