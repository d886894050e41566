"""What visitors read, by the names of the catalogues: stories in other languages say the same as those in English."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Frame, Page, expect

from e2e.town import ROOT


@dataclass(frozen=True)
class Tongue:
    """One language's words."""

    tag: str
    said: dict[str, Any]

    def __getitem__(self, key: str) -> str:
        return self.said[key]

    def filled(self, key: str, name: str) -> str:
        """With the one name that stands in it, isolated where the language runs from right to left."""
        text = self.said[key]
        hole = text[text.index("{") : text.index("}") + 1]
        return text.replace(hole, f"\u2068{name}\u2069" if self.tag == "ar" else name)


def tongue(tag: str) -> Tongue:
    groups = json.loads((ROOT / "languages" / f"{tag}.json").read_text())
    return Tongue(tag, {**groups["server"], **groups["shared"], **groups["customer"], **groups["loader"]})


def ask_in(where: Frame | Page, words: Tongue, name: str, question: str) -> None:
    where.get_by_label(words["name"], exact=True).fill(name)
    where.get_by_label(words["question"], exact=True).fill(question)
    where.get_by_role("button", name=words["chatNow"]).click()


def write_in(where: Frame | Page, words: Tongue, text: str) -> None:
    box = where.get_by_role("textbox", name=words["message"], exact=True)
    box.fill(text)
    box.press("Enter")


def speaks(where: Frame | Page, words: Tongue) -> None:
    """The document says so, to screen readers and for its direction."""
    root = where.locator("html")
    expect(root).to_have_attribute("lang", words.tag)
    expect(root).to_have_attribute("dir", "rtl" if words.tag == "ar" else "ltr")


def names_of(page: Page, role: str) -> list[str]:
    """Accessible names on the page itself, also inside the launcher's closed shadow root."""
    session: CDPSession = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == role and node.get("name")]
