"""Stories in Arabic and Chinese, from the launcher to the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.languages import ask_in, names_of, speaks, tongue, write_in
from e2e.people import Screens, answer, panel, reads, sign_in, write
from e2e.town import Town, serving_files
from tests.until import until

NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"
SHOP = """<!doctype html><html{0}><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"></head>
<body><h1>Fjord 3</h1><script async src="{1}"></script></body></html>"""


@contextmanager
def shop_in(town: Town, folder: Path, attributes: str) -> Iterator[str]:
    """A page of another origin whose html element has these attributes."""
    (folder / "index.html").write_text(SHOP.format(attributes, f"{town.app}/w.js?r={town.room_page.rpartition('/')[2]}"))
    with serving_files(folder) as origin:
        yield f"{origin}/index.html"


def launcher_says(page: Page, label: str) -> None:
    expect(page.locator("switchboard-chat")).to_be_attached()
    until(lambda: label in names_of(page, "button"))


def test_an_arabic_shop_is_served_in_arabic_from_launcher_to_end(screens: Screens, town: Town, tmp_path: Path) -> None:
    arabic = tongue("ar")
    with (
        shop_in(town, tmp_path, ' lang="ar" dir="rtl"') as shop,
        screens.person() as alices,
        screens.person(locale="en-US") as veras,
    ):
        alice = sign_in(alices, town, "Alice")
        page = veras.new_page()
        page.goto(shop)
        launcher_says(page, arabic["open"])
        assert page.viewport_size is not None
        page.mouse.click(50, page.viewport_size["height"] - 50)  # mirrored: at the left
        vera = panel(page)
        speaks(vera, arabic)
        expect(vera.get_by_role("heading", name=arabic["hello"])).to_be_visible()
        ask_in(vera, arabic, "فيرا", "أي مقاس يناسبني؟")
        expect(vera.get_by_text(arabic.filled("ringing", "GENERAL"))).to_be_visible()
        answer(alice, "فيرا")
        write(alice, "M, I think")
        reads(vera, "M, I think")
        write_in(vera, arabic, "شكرًا")
        reads(alice, "شكرًا")
        expect(vera.get_by_role("img", name=arabic["tick_read"]).last).to_be_visible()
        vera.get_by_role("button", name=arabic["endChat"]).click()
        expect(vera.get_by_text(arabic["youEnded"], exact=False).first).to_be_visible()
        expect(vera.get_by_role("region", name=arabic["chatEnded"])).to_be_visible()


def test_a_chinese_browser_gets_the_room_page_in_chinese(screens: Screens, town: Town) -> None:
    chinese = tongue("zh-Hans")
    with screens.person() as bens, screens.person(locale="zh-CN") as veras:
        ben = sign_in(bens, town, "Ben")
        vera = veras.new_page()
        vera.goto(town.room_page)
        speaks(vera, chinese)
        ask_in(vera, chinese, "薇拉", "M 码合适吗")
        answer(ben, "薇拉")
        expect(vera.get_by_role("textbox", name=chinese["message"], exact=True)).to_be_visible()
        expect(vera.get_by_text(chinese.filled("answered", "Ben"))).to_be_visible()
        write_in(vera, chinese, "谢谢")
        reads(ben, "谢谢")
        ben.keyboard.press("Alt+e")
        expect(ben.get_by_role("button", name="End anyway")).to_be_visible()  # she wrote last
        ben.keyboard.press("Alt+e")
        expect(vera.get_by_role("button", name=chinese["startAnew"])).to_be_visible()
        vera.goto(f"{town.app}/c/nowhere")
        speaks(vera, chinese)
        expect(vera.get_by_role("heading", name=chinese["goneTitle"])).to_be_visible()
    screens.complaints.remove(NOT_FOUND)


def test_set_language_turns_the_open_panel_at_once_and_keeps_what_was_typed(
    screens: Screens, town: Town, tmp_path: Path
) -> None:
    english, arabic, traditional = tongue("en"), tongue("ar"), tongue("zh-Hant")
    with shop_in(town, tmp_path, "") as shop, screens.person(locale="en-US") as veras:
        page = veras.new_page()
        page.goto(shop)
        launcher_says(page, english["open"])
        page.evaluate("() => Switchboard('open')")
        vera = panel(page)
        vera.get_by_label(english["question"], exact=True).fill("Half a question")
        page.evaluate("() => Switchboard('setLanguage', 'zh-TW')")
        speaks(vera, traditional)
        expect(vera.get_by_label(traditional["question"], exact=True)).to_have_value("Half a question")
        launcher_says(page, traditional["close"])
        page.evaluate("() => Switchboard('setLanguage', 'ar')")
        speaks(vera, arabic)
        expect(vera.get_by_label(arabic["question"], exact=True)).to_have_value("Half a question")
        expect(vera.get_by_label(arabic["question"], exact=True)).to_be_focused()
        page.evaluate("() => Switchboard('setLanguage', 'tlh')")  # not ours: the browser's
        speaks(vera, english)
        expect(vera.get_by_label(english["question"], exact=True)).to_have_value("Half a question")
