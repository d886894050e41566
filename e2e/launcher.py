"""The launcher as a visitor's eye sees it: through its closed shadow root, which only a debugger opens."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Frame, Page

_FACTS = """function () {
  const box = this.getBoundingClientRect(), style = getComputedStyle(this);
  return { x: box.x, y: box.y, width: box.width, height: box.height,
    name: this.getAttribute("aria-label"), isOpen: this.getAttribute("aria-expanded") === "true",
    background: style.backgroundColor, ink: style.color, badge: this.querySelector("span").textContent,
    motion: style.transitionDuration, glyph: this.querySelector("svg").getBoundingClientRect().width,
    isOnTop: document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.localName === "switchboard-chat",
    window: [innerWidth, innerHeight] };
}"""
SHIFTS = """window.__shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.__shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });"""


@dataclass(frozen=True)
class Launcher:
    """Its box in the window of its frame, in px."""

    x: float
    y: float
    width: float
    height: float
    name: str
    isOpen: bool  # noqa: N815 - as the browser says it
    background: str
    ink: str
    badge: str
    motion: str
    glyph: float
    isOnTop: bool  # noqa: N815
    window: tuple[int, int]

    @property
    def margins(self) -> tuple[float, float, float]:
        """To the left, to the right and below."""
        return self.x, self.window[0] - self.x - self.width, self.window[1] - self.y - self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


def launchers(page: Page) -> list[Launcher]:
    """All that are drawn in the page itself. It does not wait."""
    session = page.context.new_cdp_session(page)
    try:
        tree = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        return [_facts(session, node) for host in _hosts(tree) for node in _named(host, "BUTTON")]
    finally:
        session.detach()


def launcher(where: Page) -> Launcher:
    """The only one, once it is there."""
    where.locator("switchboard-chat").wait_for(state="attached")
    (found,) = launchers(where)
    return found


def press_launcher(page: Page) -> None:
    page.mouse.click(*launcher(page).centre)


def frame_with(page: Page, path: str) -> Frame:
    """The frame whose address ends so, once it is there."""
    for _ in range(100):
        if found := next((frame for frame in page.frames if frame.url.endswith(path)), None):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"no frame {path}")


def shifts(page: Page) -> list[float]:
    """Layout shifts of the page that nobody's hand has caused; SHIFTS must have run first."""
    return page.evaluate("() => window.__shifts")


def _hosts(node: dict[str, Any]) -> list[dict[str, Any]]:
    # Of the page only: frames of the same site hang below their element as contentDocument.
    own = [node] if node["nodeName"] == "SWITCHBOARD-CHAT" else []
    return own + [host for child in node.get("children", []) for host in _hosts(child)]


def _named(node: dict[str, Any], name: str) -> list[dict[str, Any]]:
    below = [*node.get("children", []), *node.get("shadowRoots", [])]
    return ([node] if node["nodeName"] == name else []) + [found for child in below for found in _named(child, name)]


def _facts(session: CDPSession, node: dict[str, Any]) -> Launcher:
    handle = session.send("DOM.resolveNode", {"backendNodeId": node["backendNodeId"]})["object"]["objectId"]
    call = {"objectId": handle, "functionDeclaration": _FACTS, "returnByValue": True}
    value = session.send("Runtime.callFunctionOn", call)["result"]["value"]
    return Launcher(**{**value, "window": tuple(value["window"])})
