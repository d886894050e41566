"""How a room's launcher looks and behaves on a site: read from the further query parameters of the script's address (SPEC 6.1).

The site's owner writes them by hand, so what is not known is left at its default and named in the page's console.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Icon = Literal["chat", "phone", "video", "mail", "whatsapp"]
Size = Literal["small", "medium", "large"]
Side = Literal["left", "right", "end"]
Height = Literal["bottom", "middle"]

WIDEST = 9999
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_WIDTH = re.compile(r"[1-9][0-9]{0,3}")
_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Launcher:
    """`side` end: where lines end, so the left of a right-to-left page. `color`: six lower-case hex digits, or our own accent.

    `hide_below`: viewport width in px under which the button is not drawn; 0 is never.
    """

    side: Side = "end"
    height: Height = "bottom"
    icon: Icon = "chat"
    size: Size = "medium"
    color: str = ""
    hide_below: int = 0
    opens_on: Literal["click", "hover"] = "click"


_CHOICES: dict[str, dict[str, dict[str, str]]] = {
    "position": {
        f"{height}-{side}": {"height": height, "side": side} for height in ("bottom", "middle") for side in ("right", "left")
    },
    "icon": {icon: {"icon": icon} for icon in ("chat", "phone", "video", "mail", "whatsapp")},
    "size": {size: {"size": size} for size in ("small", "medium", "large")},
    "open_on": {way: {"opens_on": way} for way in ("click", "hover")},
}
_KNOWN = {
    **{name: ", ".join(choices) for name, choices in _CHOICES.items()},
    "color": "six hex digits, such as 0b6b6b",
    "hide_below": f"a width in px from 1 to {WIDEST}",
}
_NOT_OURS = {"r", "v", "ver", "_"}
"""The room, and what site builders add to addresses of scripts."""


def launcher(query: Iterable[tuple[str, str]]) -> tuple[Launcher, list[str]]:
    """The launcher that the parameters ask for, and a sentence for each that asks for what is not known."""
    wanted, unknown = Launcher(), list[str]()
    for name, value in query:
        if name in _NOT_OURS:
            continue
        change = _change(name, value)
        if change is None:
            unknown.append(_unknown(name, value))
        else:
            wanted = replace(wanted, **change)
    return wanted, unknown


def _change(name: str, value: str) -> dict[str, str | int] | None:
    if name == "color" and (digits := _HEX.fullmatch(value)):
        return {"color": digits[1].lower()}
    if name == "hide_below" and _WIDTH.fullmatch(value):
        return {"hide_below": int(value)}
    chosen = _CHOICES.get(name, {}).get(value)
    return None if chosen is None else {**chosen}


def _unknown(name: str, value: str) -> str:
    if name in _KNOWN:
        return f'Switchboard: no {name} "{value[:_LONGEST_ECHO]}". Known: {_KNOWN[name]}.'
    return f'Switchboard: no option "{name[:_LONGEST_ECHO]}". Known: {", ".join(_KNOWN)}.'
