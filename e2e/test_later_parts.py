"""What a chat of plain text loads, and what becomes of a press on something that is not there yet."""

from pathlib import Path

from playwright.sync_api import Frame, Page, Route, expect

from e2e.people import LATER_PARTS_ARE_THERE, Screens, answer, ask, open_widget, reads, sign_in, write
from e2e.town import Town

NEVER_IDLE = "window.requestIdleCallback = () => 0"


def loaded(where: Frame | Page) -> list[str]:
    return where.evaluate(
        "() => performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.includes('/assets/'))"
    )


def test_plain_text_needs_no_later_part_and_a_press_before_it_is_there_is_kept(
    screens: Screens, town: Town, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.txt"
    prices.write_text("Fjord 3: 2,400")
    with screens.person() as caras, screens.person() as veras:
        veras.add_init_script(NEVER_IDLE)
        cara = sign_in(caras, town, "Cara")
        shop = veras.new_page()
        vera = open_widget(shop, town.shop_page)
        expect(vera.get_by_label("Name")).to_be_visible()
        first = loaded(vera)
        ask(vera, "Vera", "Does an M fit me?")
        expect(vera.get_by_role("heading", name="Ringing GENERAL")).to_be_visible()
        answer(cara, "Vera")
        write(vera, "I am 178 cm tall.")
        reads(cara, "I am 178 cm tall.")
        write(cara, "Then an M fits.")
        reads(vera, "Then an M fits.")
        assert loaded(vera) == first
        assert [name for name in first if "parts" in name or "later" in name] == []

        # The line does not let it through: what was picked waits, and is attached when it does.
        veras.route("**/assets/*parts*", lambda route: route.abort())
        vera.locator(".composer input[type=file]").set_input_files(prices)
        expect(vera.locator(".composer").get_by_role("status")).to_have_text("Files to send")
        write(vera, "These are your prices.")
        reads(cara, "These are your prices.")
        comes_with_its_styles_or_not_at_all(shop, vera)
        expect(vera.get_by_role("list", name="Files to send")).to_contain_text("prices.txt")
        assert vera.evaluate(LATER_PARTS_ARE_THERE)
        vera.get_by_role("button", name="Send", exact=True).click()
        expect(cara.get_by_role("log").get_by_role("button", name="Download prices.txt")).to_be_visible()


def comes_with_its_styles_or_not_at_all(shop: Page, vera: Frame) -> None:
    sheets: list[Route] = []
    shop.context.route("**/assets/later*.css", lambda route: sheets.append(route))
    with shop.expect_request("**/assets/later*.css"):
        shop.context.unroute("**/assets/*parts*")
    vera.evaluate("() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
    assert vera.get_by_role("list", name="Files to send").count() == 0
    sheets[0].continue_()
    shop.context.unroute("**/assets/later*.css")
