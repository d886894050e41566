"""The story of a business: sign-up, the mail, the console, the first visitor; then a forgotten password and a lost phone.

One story in one town: the tests build on each other (`--dist loadfile` keeps them together).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from e2e.mail_town import MailTown, follow_mail
from e2e.people import Screens, answer, ask, reads, ringing, write

ROWAN, FIRST, SECOND = "rowan@initech.example", "maple kettle orbit", "copper ladder fog"


@pytest.fixture(scope="module")
def kind_of_town() -> type[MailTown]:
    return MailTown


@pytest.fixture(scope="module")
def expected_complaints() -> list[str]:
    """A form that comes back is 422, a used link 410."""
    return ["status of 422", "status of 410"]


def well_made(page: Page) -> None:
    """No finding of axe, and nothing beyond the edge."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def sign_in(page: Page, town: MailTown, password: str) -> None:
    page.goto(f"{town.app}/sign-in")
    page.get_by_label("E-mail").fill(ROWAN)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("look", [{"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}], ids=["phone, dark"])
def test_a_business_signs_up_and_answers_its_first_visitor(screens: Screens, town: MailTown, look: dict) -> None:
    with screens.person(timezone_id="Asia/Tokyo", **look) as rowans, screens.person() as veras:
        rowan = rowans.new_page()
        rowan.goto(f"{town.app}/sign-in")
        rowan.get_by_role("link", name="Create an account").click()
        expect(rowan.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
        well_made(rowan)
        rowan.get_by_label("Work e-mail").fill(ROWAN)
        rowan.get_by_label("Password").fill("password12")
        rowan.get_by_label("Business name").fill("Initech")
        rowan.get_by_label("Solo").check()
        rowan.get_by_label("Currency").select_option("JPY")
        rowan.get_by_role("button", name="Create my console").click()
        expect(rowan.get_by_role("alert")).to_contain_text("three or four random words")
        expect(rowan.get_by_label("Password")).to_be_focused()
        expect(rowan.get_by_label("Business name")).to_have_value("Initech")
        expect(rowan.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
        well_made(rowan)
        rowan.get_by_label("Password").fill(FIRST)
        rowan.get_by_label("Password").press("Enter")
        expect(rowan.get_by_role("heading", name="Look into your mail")).to_be_visible()
        well_made(rowan)

        follow_mail(rowan, town, "Confirm your e-mail address", "Confirm my address")
        expect(rowan).to_have_url(f"{town.app}/sign-up/confirm")
        expect(rowan.get_by_text("Initech", exact=True)).to_be_visible()
        expect(rowan.get_by_label("Your name")).to_have_value("Rowan")
        well_made(rowan)
        rowan.get_by_label("The password that you chose").fill(FIRST)
        rowan.get_by_role("button", name="Open my console").click()
        expect(rowan).to_have_url(f"{town.app}/console/initech/inbox")
        expect(rowan.get_by_role("radio", name="ONLINE")).to_be_checked()

        vera = veras.new_page()
        vera.goto(town.address_of("initech"))
        ask(vera, "Vera", "Are you open?")
        expect(ringing(rowan, "Vera")).to_be_visible()
        answer(rowan, "Vera")
        write(rowan, "Since a minute ago")
        reads(vera, "Since a minute ago")


def test_a_forgotten_password_is_set_anew_and_a_lost_phone_is_shut_out(screens: Screens, town: MailTown) -> None:
    with screens.person() as phones, screens.person() as laptops:
        phone, laptop = phones.new_page(), laptops.new_page()
        sign_in(phone, town, FIRST)
        expect(phone.get_by_role("radio", name="ONLINE")).to_be_checked()
        laptop.goto(f"{town.app}/sign-in")
        laptop.get_by_role("link", name="Forgot the password?").click()
        well_made(laptop)
        laptop.get_by_label("E-mail").fill(ROWAN)
        laptop.get_by_role("button", name="Send the link").click()
        expect(laptop.get_by_role("heading", name="Look into your mail")).to_be_visible()
        follow_mail(laptop, town, "Set a new password", "Set a new password")
        expect(laptop).to_have_url(f"{town.app}/reset")
        well_made(laptop)
        laptop.get_by_label("New password").fill(SECOND)
        laptop.get_by_role("button", name="Set the password").click()
        expect(laptop.get_by_role("status")).to_contain_text("Your password is changed")
        well_made(laptop)
        # Within 5 s the phone is out of the console, without a click.
        phone.wait_for_url("**/sign-in*", timeout=10_000)
        sign_in(laptop, town, FIRST)
        expect(laptop.get_by_role("alert")).to_contain_text("do not belong together")
        sign_in(laptop, town, SECOND)
        expect(laptop.get_by_role("radio", name="ONLINE")).to_be_checked()


def test_devices_are_signed_out_by_keyboard(screens: Screens, town: MailTown) -> None:
    with screens.person() as phones, screens.person() as laptops:
        phone, laptop = phones.new_page(), laptops.new_page()
        for page in (phone, laptop):
            sign_in(page, town, SECOND)
            expect(page.get_by_role("radio", name="ONLINE")).to_be_checked()
        laptop.get_by_role("link", name="Your account").focus()
        laptop.keyboard.press("Enter")
        expect(laptop.get_by_text("This device")).to_be_visible()
        well_made(laptop)
        laptop.get_by_role("button", name="Sign out Chrome on Linux").first.focus()
        laptop.keyboard.press("Enter")
        expect(laptop.get_by_role("status")).to_contain_text("That device is signed out")
        laptop.get_by_role("button", name="Sign out everywhere").focus()
        laptop.keyboard.press("Enter")
        expect(laptop.get_by_role("status")).to_contain_text("signed out on every device")
        phone.wait_for_url("**/sign-in*", timeout=10_000)


def test_a_used_link_says_so(screens: Screens, town: MailTown) -> None:
    with screens.person() as rowans:
        page = rowans.new_page()
        follow_mail(page, town, "Confirm your e-mail address", "Confirm my address")
        expect(page.get_by_text("This link has been used")).to_be_visible()
        well_made(page)
        page.get_by_role("link", name="Sign in").click()
        expect(page.get_by_label("Password")).to_be_visible()
