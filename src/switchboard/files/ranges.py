"""One part of a file, as players ask for it (RFC 9110, 14). Pure."""

import re

_ASKED = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def part(header: str | None, size: int) -> tuple[int, int] | None:
    """(first, behind the last) byte. None: the whole file, also for what cannot be read or served: that is allowed."""
    asked = _ASKED.fullmatch(header.strip()) if header else None
    if asked is None or asked[1] == asked[2] == "":
        return None
    if asked[1] == "":
        first, end = max(0, size - int(asked[2])), size
    else:
        first, end = int(asked[1]), min(size, int(asked[2]) + 1 if asked[2] else size)
    return (first, end) if first < end else None
