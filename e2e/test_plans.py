"""The story of a plan: a locked form, a larger plan, a second room that rings."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from e2e.people import Screens, answer, ask, reads, ringing, sign_in, write
from e2e.town import Town

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def open_page(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Console").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_larger_plan_unlocks_a_second_room_and_it_rings(screens: Screens, town: Town) -> None:
    with screens.person(permissions=CLIPBOARD) as gils, screens.person() as veras:
        gil = sign_in(gils, town, "Gil")
        open_page(gil, "Rooms")
        locked = gil.get_by_role("region", name="A second room")
        expect(locked).to_contain_text("Professional")
        expect(gil.get_by_label("Name")).to_have_count(0)
        locked.get_by_role("link", name="See Professional").click()
        command = gil.get_by_text("switchboard tenants plan globex professional").inner_text()
        assert town.operator(*command.split()[1:]) == "Globex: from Forever Free to Professional, 19 USD a month"
        gil.reload()
        expect(gil.get_by_text("1 of 5")).to_be_visible()
        open_page(gil, "Rooms")
        gil.get_by_label("Name").fill("Repairs")
        gil.get_by_role("button", name="Make room").click()
        expect(gil.get_by_role("status").filter(has_text="Repairs is ready")).to_be_visible()
        gil.get_by_role("button", name="Copy the address of Repairs").click()
        expect(gil.get_by_role("status").filter(has_text="The address is copied")).to_have_count(1)
        address = gil.evaluate("() => navigator.clipboard.readText()")
        assert address == town.operator("rooms", "address", "globex", "Repairs")
        open_page(gil, "Inbox")
        expect(gil.get_by_role("radio", name="ONLINE")).to_be_checked()
        vera = veras.new_page()
        vera.goto(address)
        ask(vera, "Vera", "My chain is off")
        expect(ringing(gil, "Vera")).to_contain_text("Repairs")
        answer(gil, "Vera")
        write(gil, "Bring it in")
        reads(vera, "Bring it in")


def test_a_room_comes_and_goes_without_javascript_and_by_keyboard(screens: Screens, town: Town) -> None:
    with screens.person(java_script_enabled=False) as alices:
        page = alices.new_page()
        page.goto(f"{town.app}/sign-in?next=/console/acme/rooms")
        page.get_by_label("E-mail").fill("alice@acme.example")
        page.get_by_label("Password").fill("alice-demo")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Rooms", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="Copy the address of GENERAL")).to_have_count(0)
        expect(page.get_by_role("textbox", name="Address of GENERAL")).to_have_value(town.room_page)
        name = page.get_by_label("Name")
        for _ in range(20):
            page.keyboard.press("Tab")
            if name.evaluate("field => field.matches(':focus')"):
                break
        page.keyboard.type("Sales")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Sales is ready")).to_be_visible()
        page.get_by_role("link", name="Sales", exact=True).click()
        page.get_by_role("textbox", name="Name", exact=True).fill("Bikes")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The room is renamed.")).to_be_visible()
        page.get_by_role("button", name="Pause this room").press("Enter")
        expect(page.get_by_text("paused", exact=True)).to_be_visible()
        page.get_by_text("Delete this room").press("Enter")
        page.get_by_role("button", name="Delete Bikes for good").press("Enter")
        expect(page.get_by_text("The room is deleted.")).to_be_visible()


def test_the_pages_have_no_barriers_and_fit_a_phone(screens: Screens, town: Town) -> None:
    for scheme in ("light", "dark"):
        with screens.person(viewport={"width": 390, "height": 844}, color_scheme=scheme) as alices:
            page = sign_in(alices, town, "Alice")
            for name in ("Rooms", "Plan"):
                open_page(page, name)
                violations = Axe().run(page).response["violations"]
                assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
                assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), name
