"""Notices when a page runs, asks for, or holds what a person wrote as if it were a page's own."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Page, Request

_WATCH = """addEventListener("securitypolicyviolation", (event) =>
  __violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} in ${location.pathname}`))"""
# What the parser made of somebody's text stays in the document even where a policy keeps it from running.
_MARKUP = """() => {
  const roots = [document], found = [];
  for (const root of roots) for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) roots.push(element.shadowRoot);
    const handlers = [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name);
    const address = element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("action") ?? "";
    const leads = /^[\\x00-\\x20]*(j\\s*a\\s*v\\s*a\\s*script|vbscript|data:text)/i.test(address) ? [address] : [];
    if (handlers.length + leads.length) found.push(`<${element.localName} ${[...handlers, ...leads]}>`);
  }
  return found;
}"""


@dataclass
class Canary:
    """What happened in any page of the contexts that it watches. `hosts`: with port, where requests may go."""

    hosts: set[str]
    ran: list[object] = field(default_factory=list[object])
    dialogs: list[str] = field(default_factory=list[str])
    requests: list[str] = field(default_factory=list[str])
    violations: list[str] = field(default_factory=list[str])
    markup: list[str] = field(default_factory=list[str])

    def watch(self, context: BrowserContext) -> None:
        context.expose_binding("__pwned", lambda _source, *numbers: self.ran.append(*numbers or [None]))
        context.expose_binding("__violated", lambda _source, what: self.violations.append(what))
        context.add_init_script(_WATCH)
        context.on("dialog", self._dismiss)
        context.on("request", self._asked)

    def look_into(self, page: Page) -> None:
        """Notes markup that came out of a text, in every frame."""
        for frame in page.frames:
            self.markup += frame.evaluate(_MARKUP)

    @property
    def song(self) -> dict[str, object]:
        """All that was noticed; empty: nothing."""
        heard = {name: getattr(self, name) for name in ("ran", "dialogs", "requests", "violations", "markup")}
        return {name: what for name, what in heard.items() if what}

    def numbers(self) -> set[int]:
        """Of the payloads that did something."""
        asked = (re.search(r"/(\d+)", urlsplit(url).path) for url in self.requests)
        told = [*self.ran, *self.dialogs, *(match[1] for match in asked if match)]
        return {int(str(number)) for number in told}

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc not in self.hosts:
            self.requests.append(request.url)
