"""The agent's side: a morning at the keyboard alone, and a customer who comes back, on a phone."""

from playwright.sync_api import BrowserContext, Page, expect

from e2e.people import Screens, answer, ask, reads, sign_in, write
from e2e.town import Town

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


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
