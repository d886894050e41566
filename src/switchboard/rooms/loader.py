"""The script that a site loads: facts of the room and what its address asks for, then the built loader."""

import json
from collections.abc import Iterable
from typing import Any

from switchboard.infra.assets import Assets
from switchboard.languages.language import Language
from switchboard.rooms.addresses import AddressedRoom
from switchboard.rooms.launcher import Launcher, launcher
from switchboard.rooms.launcher_sheet import ICONS, sheet
from switchboard.rooms.words import loader_words

_DIRECTIONS = {"right": "ltr", "left": "rtl"}
"""The button stands where lines end."""


def script_for(origin: str, there: AddressedRoom, language: Language, query: Iterable[tuple[str, str]], assets: Assets) -> str:
    """Only what was chosen is sent: all icons and rules together would be more than the loader."""
    look, unknown = launcher(query)
    facts = _as_script(_facts(origin, there, language, look))
    hover = assets.text("w_hover.js") if look.opens_on == "hover" else ""
    warnings = "".join(f"console.warn({json.dumps(sentence)});\n" for sentence in unknown)
    return f"window.__switchboard={facts};\n{hover}{assets.text('w.js')}{warnings}"


def _facts(origin: str, there: AddressedRoom, language: Language, look: Launcher) -> dict[str, Any]:
    """The type Config of widget_js/loader/config.ts."""
    facts: dict[str, Any] = {
        "origin": origin,
        "room": there.room.token,
        "business": there.tenant.name,
        "words": loader_words(language),
        "icon": ICONS[look.icon],
    }
    if look.side != "end":
        facts["dir"] = _DIRECTIONS[look.side]
    if css := sheet(look):
        facts["css"] = css
    if look.color:
        facts["color"] = look.color
    return facts


def _as_script(facts: dict[str, Any]) -> str:
    # Letters as they are: escaped, Arabic words would be three times as long.
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
