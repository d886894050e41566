"""What a shortcut and a canned text may be. Pure; `widget_js/console/canned.ts` fills the same placeholders in."""

import re

from switchboard.errors import SwitchboardError

PLACEHOLDERS = ("customer", "agent", "room", "business")
LONGEST_SHORTCUT = 32
LONGEST_TEXT = 4_000

_SHORTCUT = re.compile(r"[a-z0-9][a-z0-9_-]*")
_BRACES = re.compile(r"\{([^{}\n]*)\}")


class CannedTextError(SwitchboardError):
    """It cannot be kept like this; `field` says where, the message what to write."""

    code = "canned_text"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def checked_shortcut(wanted: str) -> str:
    """As it is stored: without its slash, in small letters. Raises CannedTextError."""
    shortcut = wanted.strip().removeprefix("/").lower()
    if not _SHORTCUT.fullmatch(shortcut):
        raise CannedTextError("shortcut", "A shortcut has letters a to z, digits, - and _, and no spaces, such as thanks.")
    if len(shortcut) > LONGEST_SHORTCUT:
        raise CannedTextError("shortcut", f"This shortcut has {len(shortcut)} characters. Use at most {LONGEST_SHORTCUT}.")
    return shortcut


def checked_text(wanted: str) -> str:
    """As it is stored: trimmed, line breaks as \\n. Raises CannedTextError, also for a placeholder that nobody can fill in."""
    text = "\n".join(wanted.splitlines()).strip()
    if not text:
        raise CannedTextError("text", "Write the text that the shortcut stands for.")
    if len(text) > LONGEST_TEXT:
        over = len(text) - LONGEST_TEXT
        raise CannedTextError("text", f"This is {over:,} characters too long. Make two texts of it.")
    if "\x00" in text:
        raise CannedTextError("text", "This text holds a character that cannot be stored. Type it anew.")
    for inside in _BRACES.findall(text):
        if inside not in PLACEHOLDERS:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise CannedTextError("text", f"{{{inside}}} is not known. What can be filled in: {known}.")
    return text
