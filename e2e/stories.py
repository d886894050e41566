"""The states that /dev/ui draws with made-up people, and what is wrong with one: axe's findings, what hangs over the edge."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from e2e.people import Screens
from e2e.town import Town

# Also beyond the start, where nothing can be scrolled to. On a phone a dialog is a sheet from one edge to the other.
OVER_THE_EDGE = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page hangs over the edge'] : []),
  ...[...document.querySelectorAll('button, a, input, select, textarea, [role=menuitem]')].flatMap((element) => {
    const {left, right, width} = element.getBoundingClientRect();
    const isScrolled = element.closest('.tabs, .scroll, .scroll-x, .thread, .emoji-picker');
    const edge = element.closest('.strip')?.getBoundingClientRect() ?? {left: 0, right: innerWidth};
    const isOver = width > 0 && !isScrolled && (left < edge.left - 1 || right > edge.right + 1);
    return isOver ? [`${element.outerHTML.slice(0, 120)} hangs over the edge`] : [];
  }),
  ...[...document.querySelectorAll('.dialog[open]')].flatMap((dialog) => {
    const {left, right} = dialog.getBoundingClientRect();
    return innerWidth <= 480 && (left > 1 || right < innerWidth - 1) ? [`${dialog.className} is a sheet with a gap`] : [];
  }),
]"""
LOOKS = {"light": (1440, 900), "dark": (390, 844)}
OTHER = {"light": "dark", "dark": "light"}
# Of the rules, one depends on the colours; those that depend on the width have seen both widths by then.
OF_COLOURS = {"runOnly": ["color-contrast"]}
ALL = {"rules": {"target-size": {"enabled": True}}}
BUT_COLOURS = {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
# A button smaller than the picture in it is of no certain size to axe. It is to us: too small.
AXE = """async (options) => {
  const { violations, incomplete } = await axe.run({ resultTypes: ['violations', 'incomplete'], ...options });
  const isOverflown = ({ any }) => any.some(({ data }) => data?.messageKey === 'contentOverflow');
  const small = incomplete.filter(({ id }) => id === 'target-size').flatMap(({ nodes }) => nodes.filter(isOverflown));
  return [...violations, { id: 'target-size', nodes: small }];
}"""


def stories(page: Page, town: Town, app: str) -> list[str]:
    """Their names, as the page lists them."""
    page.goto(f"{town.app}/dev/ui?app={app}")
    names = page.locator("[data-story]").evaluate_all("links => links.map(link => link.dataset.story)")
    assert len(names) > 20
    return names


def open_story(page: Page, town: Town, app: str, story: str, **look: str) -> None:
    query = "&".join(f"{key}={value}" for key, value in look.items())
    page.goto(f"{town.app}/dev/ui?app={app}&story={story}&{query}")
    page.wait_for_selector("html[data-drawn]")


def findings(page: Page, options: dict[str, Any]) -> Iterator[str]:
    for finding in page.evaluate(AXE, options):
        yield from (
            f"{finding['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}" for node in finding["nodes"]
        )
    yield from page.evaluate(OVER_THE_EDGE)


def findings_in_both_themes(page: Page, theme: str) -> Iterator[str]:
    """With a look at the colours of the theme that the page is not in."""
    yield from findings(page, ALL)
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", OTHER[theme])
    yield from findings(page, OF_COLOURS)


def assert_accessible(screens: Screens, town: Town, app: str, theme: str) -> None:
    """Every state of the app at the width of this look, in both themes."""
    width, height = LOOKS[theme]
    with inspecting(screens, viewport={"width": width, "height": height}) as page:
        wrong: list[str] = []
        for story in stories(page, town, app):
            open_story(page, town, app, story, theme=theme)
            wrong += (f"{story}: {finding}" for finding in findings_in_both_themes(page, theme))
        assert not wrong, "\n".join(wrong)


def assert_accessible_in(screens: Screens, town: Town, app: str, language: str) -> None:
    """Every state of the app in this language at 320 px (WCAG 1.4.10): names, roles, and room for its words."""
    with inspecting(screens, viewport={"width": 320, "height": 640}) as page:
        wrong: list[str] = []
        for story in stories(page, town, app):
            open_story(page, town, app, story, lang=language)
            wrong += (f"{story}: {finding}" for finding in findings(page, BUT_COLOURS))
        assert not wrong, "\n".join(wrong)


@contextmanager
def inspecting(screens: Screens, **options: Any) -> Iterator[Page]:
    """A page that axe can run on."""
    with screens.person(**options, reduced_motion="reduce") as anybody:
        anybody.add_init_script(Axe().axe_script)
        yield anybody.new_page()
