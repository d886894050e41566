"""How long a WebM voice note is (RFC 8794, RFC 9559). Pure: one walk over its elements, nothing is decoded.

A recording browser writes neither sizes nor a duration into the head: the time of the last block says it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_EBML, _DOC_TYPE = 0x1A45DFA3, 0x4282
_SEGMENT, _INFO, _SCALE = 0x18538067, 0x1549A966, 0x2AD7B1
_TRACKS, _TRACK, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83
_CLUSTER, _CLUSTER_TIME, _BLOCK, _GROUP, _GROUP_BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
_DESCENDED = frozenset({_EBML, _SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP})
_AUDIO = 2


@dataclass(slots=True)
class _Seen:
    is_webm: bool = False
    tracks: tuple[int, ...] = ()
    scale_ns: int = 1_000_000
    cluster: int = 0
    last: int = 0


def webm_seconds(data: bytes) -> float | None:
    """None when it is no WebM, holds anything but audio, or no block at all."""
    seen = _Seen()
    for element, content in _elements(data):
        _note(seen, element, content)
    if not seen.is_webm or set(seen.tracks) != {_AUDIO} or seen.last <= 0:
        return None
    return seen.last * seen.scale_ns / 1e9


def _note(seen: _Seen, element: int, content: bytes) -> None:
    if element == _DOC_TYPE:
        seen.is_webm = content.rstrip(b"\0") == b"webm"
    elif element == _TRACK_TYPE:
        seen.tracks = (*seen.tracks[:8], int.from_bytes(content, "big"))
    elif element == _SCALE:
        seen.scale_ns = int.from_bytes(content, "big")
    elif element == _CLUSTER_TIME:
        seen.cluster = int.from_bytes(content, "big")
    elif element in (_BLOCK, _GROUP_BLOCK) and len(content) >= 4:
        track = _length(content[0])
        if len(content) >= track + 2:
            (offset,) = struct.unpack_from(">h", content, track)
            seen.last = max(seen.last, seen.cluster + offset)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element that is not a container, with its content (of blocks: the head). Ends at the first broken one."""
    place = 0
    while place < len(data):
        id_length = _length(data[place])
        size_at = place + id_length
        if id_length > 4 or size_at >= len(data):
            return
        size_length = _length(data[size_at])
        start = size_at + size_length
        if size_length > 8 or start > len(data):
            return
        element = int.from_bytes(data[place:size_at], "big")
        size = int.from_bytes(data[size_at:start], "big") & ((1 << 7 * size_length) - 1)
        if element in _DESCENDED:
            place = start
        else:
            yield element, data[start : min(start + size, start + 16)]
            place = start + size


def _length(first: int) -> int:
    """How many bytes a variable-length number takes, by its first one; 9 for none."""
    return 9 - first.bit_length()
