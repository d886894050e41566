"""How long an Ogg Opus voice note is (RFC 3533, RFC 7845). Pure: one walk over its pages."""

import struct

_PAGE = struct.Struct("<4sBBqIIIB")
_SAMPLES_PER_SECOND = 48_000
_UNFINISHED = -1


def ogg_seconds(data: bytes) -> float | None:
    """None when it is not one single Opus stream from its first to its last byte."""
    place, last, skipped, stream = 0, 0, 0, None
    while place + _PAGE.size <= len(data):
        mark, version, _, granule, serial, _, _, segments = _PAGE.unpack_from(data, place)
        body = place + _PAGE.size + segments
        if mark != b"OggS" or version != 0 or (stream is not None and serial != stream):
            return None
        if stream is None:
            head = data[body : body + 19]
            if not head.startswith(b"OpusHead") or len(head) < 19:
                return None
            stream, skipped = serial, int.from_bytes(head[10:12], "little")
        if granule != _UNFINISHED:
            last = max(last, granule)
        place = body + sum(data[place + _PAGE.size : body])
    seconds = (last - skipped) / _SAMPLES_PER_SECOND
    return seconds if stream is not None and place == len(data) and seconds > 0 else None
