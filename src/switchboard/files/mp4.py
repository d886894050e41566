"""How long an MP4 voice note is (ISO 14496-12). Pure: one walk over its boxes.

Recording browsers write fragments: the head then says 0, and the samples of the last fragment tell.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_DESCENDED = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
_AUDIO = b"soun"
_HAS_BASE, _HAS_DESCRIPTION, _HAS_DURATION = 0x1, 0x2, 0x8
_RUN_OFFSET, _RUN_FLAGS, _RUN_DURATION = 0x1, 0x4, 0x100
_RUN_REST = (0x200, 0x400, 0x800)
MOST_SAMPLES = 1_000_000


@dataclass(slots=True)
class _Seen:
    handlers: tuple[bytes, ...] = ()
    per_second: int = 0
    told: int = 0
    start: int = 0
    each: int = 0
    end: int = 0


def mp4_seconds(data: bytes) -> float | None:
    """None when it is no MP4 or holds anything but audio."""
    seen = _Seen()
    try:
        for box, content in _boxes(data):
            _note(seen, box, content)
    except (struct.error, IndexError):
        return None
    if set(seen.handlers) != {_AUDIO} or not seen.per_second:
        return None
    return max(seen.told, seen.end) / seen.per_second or None


def _note(seen: _Seen, box: bytes, content: bytes) -> None:
    if box == b"hdlr":
        seen.handlers = (*seen.handlers[:8], content[8:12])
    elif box == b"mdhd":
        form, place = (">IQ", 20) if content[0] == 1 else (">II", 12)
        seen.per_second, seen.told = struct.unpack_from(form, content, place)
    elif box == b"tfhd":
        seen.each = _default_duration(content)
    elif box == b"tfdt":
        (seen.start,) = struct.unpack_from(">Q" if content[0] == 1 else ">I", content, 4)
    elif box == b"trun":
        seen.start += _run(content, seen.each)
        seen.end = max(seen.end, seen.start)


def _default_duration(content: bytes) -> int:
    flags = int.from_bytes(content[1:4], "big")
    place = 8 + (8 if flags & _HAS_BASE else 0) + (4 if flags & _HAS_DESCRIPTION else 0)
    return struct.unpack_from(">I", content, place)[0] if flags & _HAS_DURATION else 0


def _run(content: bytes, each: int) -> int:
    """The duration of a run of samples."""
    flags, count = int.from_bytes(content[1:4], "big"), int.from_bytes(content[4:8], "big")
    if not flags & _RUN_DURATION:
        return each * min(count, MOST_SAMPLES)
    place = 8 + (4 if flags & _RUN_OFFSET else 0) + (4 if flags & _RUN_FLAGS else 0)
    width = 4 + sum(4 for flag in _RUN_REST if flags & flag)
    return sum(
        int.from_bytes(content[at : at + 4], "big") for at in range(place, min(len(content), place + width * count), width)
    )


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every box that is not a container. Ends at the first broken one."""
    place = 0
    while place + 8 <= len(data):
        size, box = struct.unpack_from(">I4s", data, place)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, place + 8)
            head = 16
        end = len(data) if size == 0 else place + size
        if box in _DESCENDED:
            place += head
            continue
        if end < place + head or end > len(data):
            return
        if box != b"mdat":
            yield box, data[place + head : end]
        place = end
