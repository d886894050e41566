"""The keyboard alone: where the focus is, how it gets somewhere, and what a screen reader says meanwhile."""

from playwright.sync_api import Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from e2e.people import panel

FOCUSED = """() => {
  const one = document.activeElement;
  const copy = (one.labels?.[0] ?? one).cloneNode(true);
  for (const silent of copy.querySelectorAll("[aria-hidden=true]")) silent.remove();
  return (one.getAttribute("aria-label") ?? copy.textContent).trim();
}"""
SOMEWHERE = "() => document.activeElement !== document.body"
IS_FOCUSED = f"(name) => ({SOMEWHERE})() && ({FOCUSED})().startsWith(name)"
AT_ONCE_MS = 5_000


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def opens(shop: Page) -> Frame:
    """From the top of the page to the launcher, and into the panel."""
    expect(shop.locator("switchboard-chat")).to_be_attached()
    while not is_at_launcher(shop):
        press(shop, "Tab")
    press(shop, "Enter")
    return panel(shop)


def is_at_launcher(shop: Page) -> bool:
    return shop.evaluate("() => document.activeElement.localName") == "switchboard-chat"


def asks(shop: Page, vera: Frame, name: str, question: str) -> None:
    expect(vera.get_by_label("Name")).to_be_focused()
    for text in (name, question):
        shop.keyboard.type(text)
        press(shop, "Tab")
    press(shop, "Enter")


def tab_to(page: Page, where: Page | Frame, name: str, key: str = "Tab") -> None:
    """Presses Tab until what is so called has the focus. Something must have it before, too."""
    waits_for(where, SOMEWHERE, f"the focus is lost on the way to {name}")
    called: list[str] = []
    for _ in range(40):
        called.append(where.evaluate(FOCUSED)[:40])
        if called[-1].startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} leads to {called} and never to {name}")


def has_focus(where: Page | Frame, name: str) -> None:
    """Without a further key."""
    waits_for(where, IS_FOCUSED, f"{name} has no focus", name)


def waits_for(where: Page | Frame, fact: str, complaint: str, arg: str = "") -> None:
    try:
        where.wait_for_function(fact, arg=arg, timeout=AT_ONCE_MS)
    except TooLate as error:
        raise AssertionError(f"{complaint}, but: {where.evaluate(FOCUSED)[:80]!r}") from error


def chooses(page: Page, where: Page | Frame, what: str) -> None:
    """In the menu, by its first letter; the focus is back at its button then."""
    tab_to(page, where, "More", "Shift+Tab")
    press(page, "Enter")
    expect(where.get_by_role("menu")).to_be_visible()
    while not where.evaluate(FOCUSED).startswith(what):
        page.keyboard.press(what[0].lower())
    press(page, "Enter")


def says(where: Page | Frame, text: str) -> None:
    """A screen reader says it: it is in a live region."""
    expect(where.locator("[aria-live=polite]").get_by_text(text, exact=True)).to_have_count(1)


def states(where: Page | Frame | Locator, text: str) -> None:
    """A screen reader says it: it is in a status, and no dialog lies over it."""
    expect(where.get_by_role("status").filter(has_text=text)).to_have_count(1)
