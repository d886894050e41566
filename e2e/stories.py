"""The states that /dev/ui draws with made-up people, and what is wrong with one: axe's findings, what hangs over the edge."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from e2e.people import Screens
from e2e.town import Town

# Also beyond the start, where nothing can be scrolled to.
OVER_THE_EDGE = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page hangs over the edge'] : []),
  ...[...document.querySelectorAll('button, a, input, select, textarea, [role=menuitem]')].flatMap((element) => {
    const {left, right, width} = element.getBoundingClientRect();
    const isScrolled = element.closest('.strip, .tabs, .scroll, .scroll-x, .thread, .emoji-picker');
    const isOver = width > 0 && !isScrolled && (left < -1 || right > innerWidth + 1);
    return isOver ? [`${element.outerHTML.slice(0, 120)} hangs over the edge`] : [];
  }),
]"""
LOOKS = {"light": (1440, 900), "dark": (390, 844)}


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


def findings(page: Page) -> Iterator[str]:
    for finding in page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations"):
        yield from (
            f"{finding['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}" for node in finding["nodes"]
        )
    yield from page.evaluate(OVER_THE_EDGE)


def assert_accessible(screens: Screens, town: Town, app: str, theme: str) -> None:
    """Every state of the app in this look."""
    width, height = LOOKS[theme]
    with screens.person(viewport={"width": width, "height": height}, reduced_motion="reduce") as anybody:
        anybody.add_init_script(Axe().axe_script)
        page = anybody.new_page()
        wrong: dict[str, list[str]] = {}
        for story in stories(page, town, app):
            open_story(page, town, app, story, theme=theme)
            if found := list(findings(page)):
                wrong[story] = found
        assert wrong == {}
