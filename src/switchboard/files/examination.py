"""Looking at an uploaded file: what it is, and what of it is kept. Off the event loop, two at a time, with a bounded line."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from switchboard.errors import UnavailableError
from switchboard.files.images import NoPictureError, drawn
from switchboard.files.kinds import HEAD, OPAQUE, Picture, Voice, kind_of
from switchboard.files.voice import LARGEST_VOICE, seconds_of
from switchboard.protocol import LONGEST_VOICE_S

AT_ONCE = 2
MOST_WAITING = 16
BUSY = "Many files are arriving right now. Try again in half a minute."
_LATE_S = 5  # a recorder may stop a little after it was told to


@dataclass(frozen=True, slots=True)
class Examined:
    """What is stored: `content` in full, and the facts that everybody is told."""

    content: bytes | IO[bytes]
    size: int
    media_type: str = OPAQUE
    width: int | None = None
    height: int | None = None
    seconds: float | None = None


class Workshop:
    """Threads of one process: Pillow lets the others run while it decodes and encodes."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="files")
        self._inside = 0

    async def examine(self, source: IO[bytes], size: int) -> Examined:
        """Raises TooManyPixelsError; UnavailableError when too many wait already."""
        if self._inside >= AT_ONCE + MOST_WAITING:
            raise UnavailableError(BUSY)
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, examined, source, size)
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Without waiting: whoever sent what is being drawn is gone by now."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def examined(source: IO[bytes], size: int) -> Examined:
    """Raises TooManyPixelsError. What is neither picture nor voice note is kept as it is, and never shown as anything."""
    source.seek(0)
    kind = kind_of(source.read(HEAD))
    source.seek(0)
    found = None
    if isinstance(kind, Picture):
        found = _picture(source, kind)
    elif kind is not None and size <= LARGEST_VOICE:
        found = _voice(source.read(), kind)
    source.seek(0)
    return found or Examined(source, size)


def _picture(source: IO[bytes], kind: Picture) -> Examined | None:
    try:
        picture = drawn(source, kind)
    except NoPictureError:
        return None
    data = picture.data
    return Examined(data, len(data), picture.media_type, width=picture.width, height=picture.height)


def _voice(data: bytes, kind: Voice) -> Examined | None:
    seconds = seconds_of(data, kind)
    if seconds is None or seconds > LONGEST_VOICE_S + _LATE_S:
        return None
    return Examined(data, len(data), kind.value, seconds=seconds)
