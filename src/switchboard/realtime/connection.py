"""One accepted socket: a bounded queue of frames, and who is at the other end.

A reader that is too slow is closed with SLOW and comes back with `resume`: it loses nothing, and nobody waits for it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from uuid import UUID

import msgspec
from litestar.exceptions import WebSocketDisconnect

from switchboard.protocol import CloseCode, Event

MOST_FRAMES = 256
MOST_BYTES = 1 << 20
LAST_WORDS = 5.0

encode = msgspec.json.Encoder().encode


Send = Callable[[Any], Awaitable[None]]
Close = Callable[[int, str | None], Awaitable[None]]


class ShortWay(Protocol):
    """Part of `realtime.line.Line`."""

    def write(self, frame: bytes) -> bool:
        """False when it cannot be sent at once."""
        ...


class Connection:
    """`send` never waits. A frame goes the short way while the peer keeps up; otherwise a task writes what has been queued."""

    __slots__ = (
        "_close_raw",
        "_closing",
        "_farewell",
        "_frames",
        "_send_raw",
        "_short_way",
        "_size",
        "_writer",
        "session_id",
        "unsettled",
        "visitor_id",
    )

    def __init__(self, send: Send, close: Close, short_way: ShortWay | None = None) -> None:
        self._send_raw = send
        self._close_raw = close
        self._short_way = short_way
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._writer: asyncio.Task[None] | None = None
        self._closing: CloseCode | None = None
        self._farewell: bytes | None = None
        self.session_id: UUID | None = None
        self.visitor_id: UUID | None = None
        self.unsettled = 0
        """Messages taken whose result the peer has not been told."""

    @property
    def is_open(self) -> bool:
        return self._closing is None

    @property
    def closed_with(self) -> CloseCode | None:
        """Why we closed it; None while it is open and when the peer went by itself."""
        return self._closing

    def tell(self, event: Event) -> None:
        """Encode and send."""
        self.send(encode(event))

    def send(self, frame: bytes) -> None:
        """Send, or queue behind what is queued; over the bound the socket closes with SLOW."""
        if self._closing is not None:
            return
        if self._writer is None and self._short_way is not None and self._short_way.write(frame):
            return
        # A frame that is too large by itself goes out when nothing waits: refused, it would be asked for again for ever.
        if self._frames and (len(self._frames) >= MOST_FRAMES or self._size + len(frame) > MOST_BYTES):
            self.close(CloseCode.SLOW)
            return
        self._frames.append(frame)
        self._size += len(frame)
        self._write()

    def close(self, code: CloseCode) -> None:
        """What waits is dropped: the client resumes or is not wanted."""
        if self._closing is None:
            self._closing = code
            self._frames.clear()
            self._write()

    @property
    def is_leaving(self) -> bool:
        """No message is taken any more."""
        return self._farewell is not None

    def leave(self, farewell: bytes) -> None:
        """Close with RESTART after this last frame, as soon as everything taken is settled."""
        if self._farewell is None:
            self._farewell = farewell
            self._part_if_settled()

    def leave_now(self) -> None:
        """What is not settled yet, the client sends again elsewhere."""
        self.unsettled = 0
        self._part_if_settled()

    def settled(self) -> None:
        """The peer has been told the result of one message."""
        self.unsettled = max(0, self.unsettled - 1)
        self._part_if_settled()

    def _part_if_settled(self) -> None:
        if self._farewell is not None and self.unsettled == 0 and self._closing is None:
            self.send(self._farewell)
            self._closing = self._closing or CloseCode.RESTART
            self._write()

    async def finished(self) -> None:
        """Returns when the last frame and the close code are out, or the peer does not take them."""
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=LAST_WORDS)

    def _write(self) -> None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._frames:
                frame = self._frames.popleft()
                await self._send_raw({"type": "websocket.send", "bytes": None, "text": frame.decode()})
                self._size -= len(frame)
            if self._closing is not None:
                await self._close_raw(self._closing, self._closing.name.lower())
        except (WebSocketDisconnect, OSError, RuntimeError):
            self._closing = self._closing or CloseCode.RESYNC  # the peer has gone; the reader ends by itself
        finally:
            self._writer = None
            if self._frames and self._closing is None:
                self._write()
