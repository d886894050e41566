"""python -m e2e.shots [PATTERN]: pictures of every state and of the real screens in var/shots, beside which the mockups lie."""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.conftest import chromium
from e2e.people import answer, ask, open_widget, reads, sign_in, write
from e2e.stories import open_story, stories
from e2e.town import ROOT, Town

SHOTS = ROOT / "var" / "shots"
SIZES = {"1440": (1440, 900), "390": (390, 844)}
THEMES = ("light", "dark")


def main() -> None:
    wanted = re.compile(sys.argv[1] if len(sys.argv) > 1 else "")
    if len(sys.argv) == 1:
        shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shots-") as folder, sync_playwright() as playwright:
        town, browser = Town(Path(folder)), playwright.chromium.launch(**chromium())
        try:
            town.rise()
            for shot in (*of_stories(browser, town, wanted), *of_screens(browser, town, wanted)):
                print(shot.relative_to(ROOT))
        finally:
            browser.close()
            town.fall()


def of_stories(browser: Browser, town: Town, wanted: re.Pattern[str]) -> Iterator[Path]:
    for app in ("widget", "console"):
        with looking(browser, "1440", "light") as context:
            names = [name for name in stories(context.new_page(), town, app) if wanted.search(f"{app}-{name}")]
        for size, theme in looks():
            with looking(browser, size, theme) as context:
                page = context.new_page()
                for name in names:
                    open_story(page, town, app, name, theme=theme)
                    yield shot(page, f"{app}-{name}", size, theme)


def of_screens(browser: Browser, town: Town, wanted: re.Pattern[str]) -> Iterator[Path]:
    """What the server draws, and a chat in the shop."""
    if not wanted.search("screen"):
        return
    for size, theme in looks():
        with looking(browser, size, theme) as agents, looking(browser, size, theme) as visitors:
            page = agents.new_page()
            for address in ("sign-in", "sign-up", "forgot"):
                page.goto(f"{town.app}/{address}")
                yield shot(page, f"screen-{address}", size, theme)
            yield from of_a_chat(agents, visitors, town, size, theme)
            for address in ("console/acme/rooms", "console/acme/canned-texts", "console/acme/plan", "account"):
                page.goto(f"{town.app}/{address}")
                yield shot(page, f"screen-{address.rpartition('/')[2]}", size, theme)
            page.goto(f"{town.app}/console/acme/rooms")
            page.get_by_role("link", name="GENERAL", exact=True).click()
            yield shot(page, "screen-room", size, theme)


def of_a_chat(agents: BrowserContext, visitors: BrowserContext, town: Town, size: str, theme: str) -> Iterator[Path]:
    ben, vera = sign_in(agents, town, "Ben"), visitors.new_page()
    yield shot(ben, "screen-inbox-empty", size, theme)
    panel = open_widget(vera, town.shop_page)
    panel.get_by_text("Ben is here.").wait_for()
    yield shot(vera, "screen-shop-form", size, theme)
    ask(panel, "Vera", "Which frame size fits 1.72 m?")
    panel.get_by_role("button", name="Cancel").wait_for()
    yield shot(vera, "screen-shop-waiting", size, theme)
    yield shot(ben, "screen-ringing", size, theme)
    answer(ben, "Vera")
    write(ben, "Hi Vera, the M. What is your inside leg?")
    reads(panel, "Hi Vera, the M. What is your inside leg?")
    write(panel, "81 cm")
    reads(ben, "81 cm")
    yield shot(vera, "screen-shop-chat", size, theme)
    yield shot(ben, "screen-chat", size, theme)
    ben.get_by_role("button", name="End chat").click()
    ben.get_by_role("button", name="End anyway").click()
    panel.get_by_role("button", name="Start a new chat").wait_for()
    yield shot(vera, "screen-shop-ended", size, theme)
    vera.close()
    ben.close()


def looks() -> Iterator[tuple[str, str]]:
    return ((size, theme) for size in SIZES for theme in THEMES)


@contextmanager
def looking(browser: Browser, size: str, theme: str) -> Iterator[BrowserContext]:
    width, height = SIZES[size]
    scheme = "dark" if theme == "dark" else "light"
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    try:
        yield context
    finally:
        context.close()


def shot(page: Page, name: str, size: str, theme: str) -> Path:
    path = SHOTS / f"{name}-{size}-{theme}.png"
    page.screenshot(path=path)
    return path


if __name__ == "__main__":
    main()
