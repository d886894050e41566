"""What a room may be called. Pure."""

import unicodedata

from switchboard.errors import SwitchboardError

LONGEST_NAME = 40
# Invisible, or they turn the text around it; ZWJ and ZWNJ belong to scripts and emoji and stay.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")


class RoomNameError(SwitchboardError):
    """The name cannot be a room's; says why."""

    code = "room_name"


def room_name(wanted: str) -> str:
    """As it is stored: composed, without spaces at the ends or in a row. Raises RoomNameError."""
    name = " ".join(unicodedata.normalize("NFC", wanted).split())
    if not any(character.isalnum() for character in name):
        raise RoomNameError("A room needs a name with at least one letter or digit, such as Sales.")
    if len(name) > LONGEST_NAME:
        raise RoomNameError(f"This name has {len(name)} characters. Use at most {LONGEST_NAME}.")
    if any(unicodedata.category(character) in _INVISIBLE and character not in _JOINERS for character in name):
        raise RoomNameError("This name holds a character that nobody can see. Type it anew.")
    return name
