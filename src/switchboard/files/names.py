"""Names of files as people may read them and as a download may be called. Pure."""

import unicodedata
from urllib.parse import quote, unquote

from switchboard.files.kinds import ENDINGS

LONGEST_NAME = 120
LONGEST_ENDING = 16
NAMELESS = "file"
# Not allowed in names of common file systems; browsers decode a % in a header.
_UNSAFE = frozenset('<>:"/\\|?*%')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def cleaned(name: str, media_type: str) -> str:
    """One line without path, control or direction characters, at most LONGEST_NAME characters; the ending says what it is.

    Direction characters would let `gpj.exe` be read as `exe.jpg` (CVE-2021-42574 is the same trick in source code).
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    plain = "".join("_" if letter in _UNSAFE else letter for letter in last if _is_plain(letter))
    stem, ending = _parts(" ".join(plain.split()).strip(". "))
    wanted = ENDINGS.get(media_type)
    if wanted is not None and ending.lower() not in (wanted, ".jpeg" if wanted == ".jpg" else wanted):
        ending = wanted
    if not stem or stem.partition(".")[0].lower() in _DEVICES:
        stem = f"{NAMELESS}{'-' + stem if stem else ''}"
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def disposition(name: str, *, how: str) -> str:
    """`how`: attachment or inline. The name in both forms of RFC 6266; it is one that was `cleaned`."""
    ascii_name = "".join(letter if letter.isascii() else "_" for letter in name)
    return f"{how}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def unpacked(header: str) -> str:
    """The name from its header, where it is percent-encoded UTF-8. What is not UTF-8 is replaced."""
    return unquote(header, errors="replace")


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    is_ending = bool(dot and stem) and 0 < len(ending) < LONGEST_ENDING and ending.isalnum()
    return (stem, f".{ending}") if is_ending else (name, "")


def _is_plain(letter: str) -> bool:
    """Neither control (line breaks), format (direction, invisible), surrogate, private nor unassigned."""
    category = unicodedata.category(letter)
    return category[0] != "C" and category not in ("Zl", "Zp")
