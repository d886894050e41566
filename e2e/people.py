"""What people do on the screens, by the names that they read there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Locator, Page, expect

from e2e.town import Town

PATIENCE_MS = 15_000
"""How long a browser may take on two cores that run two others; how fast the product is, is measured in bench/."""
LATER_PARTS_ARE_THERE = "() => document.styleSheets.length === 2"
"""In the widget: what comes once a chat is live (docs/decisions/0017)."""


@dataclass
class Screens:
    """Opens browsers for people and notes everything that a page complains about."""

    browser: Browser
    town: Town
    complaints: list[str]

    @contextmanager
    def person(self, **options: Any) -> Iterator[BrowserContext]:
        context = self.browser.new_context(**options)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", self._note)
        try:
            yield context
        except Exception as error:
            for page in context.pages:
                error.add_note(what_is_on(page))
            raise
        finally:
            context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "net::ERR_" not in message.text and "WebSocket connection" not in message.text:
            self.complaints.append(message.text)


def what_is_on(page: Page) -> str:
    """For the report of a test that failed: what each of its frames says."""
    return "\n".join(f"{frame.url} says: {frame.evaluate('() => document.body?.innerText')}" for frame in page.frames)


def sign_in(context: BrowserContext, town: Town, name: str) -> Page:
    """The agent's console."""
    page = context.new_page()
    page.goto(f"{town.app}/console")
    business = "globex" if name == "Gil" else "acme"
    page.get_by_label("E-mail").fill(f"{name.lower()}@{business}.example")
    page.get_by_label("Password").fill(f"{name.lower()}-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("radio", name="ONLINE")).to_be_checked()
    return page


def open_widget(page: Page, url: str) -> Frame:
    """The panel's frame on the shop page, opened with the mouse: the launcher's shadow root is closed to scripts."""
    page.goto(url)
    expect(page.locator("switchboard-chat")).to_be_attached()
    assert page.viewport_size is not None
    page.mouse.click(page.viewport_size["width"] - 50, page.viewport_size["height"] - 50)
    return panel(page)


def panel(page: Page) -> Frame:
    """The panel's frame, once it is there."""

    def found() -> Frame | None:
        return next((frame for frame in page.frames if "/c/" in frame.url), None)

    for _ in range(100):
        if frame := found():
            return frame
        page.wait_for_timeout(50)
    raise AssertionError("the panel has no frame")


def ask(where: Frame | Page, name: str, question: str) -> None:
    where.get_by_label("Name").fill(name)
    where.get_by_label("Your question").fill(question)
    where.get_by_role("button", name="Chat now").click()


def ringing(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"{name} is ringing")


def answer(page: Page, name: str) -> None:
    ringing(page, name).get_by_role("button", name="Answer").click()


def panel_says(alice: Page, *, title: str, browser: str) -> Locator:
    """The customer's panel beside a chat, once it is about this page and a browser of no name that calls itself so."""
    record = alice.get_by_role("region", name="Customer")
    expect(record.get_by_text("A browser")).to_have_attribute("title", browser)
    expect(record.get_by_role("region", name="Page").get_by_title(title, exact=True).first).to_have_text(title)
    return record


def write(where: Frame | Page, text: str) -> None:
    box = where.get_by_role("textbox", name="Message")
    box.fill(text)
    box.press("Enter")


def reads(where: Frame | Page | Locator, text: str, *, within: float = PATIENCE_MS) -> None:
    """The thread shows it exactly once."""
    line = where.get_by_role("log").get_by_text(text, exact=True)
    expect(line).to_have_count(1, timeout=within)
    expect(line).to_be_visible(timeout=within)
