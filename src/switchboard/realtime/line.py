"""uvicorn's WebSocket protocol with a short way in and a short way out.

At 40 messages a second nearly all that a message costs is how often the process wakes and how much code runs cold. So a frame
goes out without a task, and a command that need not wait is done while it is being read. Everything else, and every other ASGI
server, goes the long way. Stands in for parts of uvicorn: `tests/realtime/test_line.py` fails when they change.
"""

import math
import struct
from collections.abc import Callable
from typing import Any, cast

from litestar.connection import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

_EXTENSION = "switchboard.line"
_TEXT = 0x81  # FIN, opcode 1; a server's frames are not masked (RFC 6455, 5.2)
_SHORT, _MEDIUM = 126, 1 << 16
_medium_head = struct.Struct("!BBH").pack
_long_head = struct.Struct("!BBQ").pack

Take = Callable[[bytes], bool]


class Line(WebSocketsSansIOProtocol):
    """`switchboard web` runs it. `taker`: whoever reads this socket sets it while waiting for the next frame, which is offered
    to it first; False means that the frame goes the long way."""

    taker: Take | None = None

    def write(self, frame: bytes) -> bool:
        """Send now. False when the peer is behind, or nothing can be sent any more: queue it, or find out the long way."""
        if not self.writable.is_set() or self.conn.state is not State.OPEN or self.transport.is_closing():
            return False
        self.transport.write(_head(len(frame)) + frame)
        return True

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        # An extension, such as compression, would have to see every frame.
        if self.response.status_code == 101 and not self.conn.extensions:
            cast("dict[str, Any]", self.scope)["extensions"][_EXTENSION] = self

    def schedule_ping(self) -> None:
        """On whole seconds: pings that leave together, and pongs that come together, cost a fraction of single ones."""
        interval = self.ping_interval or 0.0
        due = math.floor(self.loop.time() + max(1.0, interval - self.last_ping_rtt))
        self.ping_timer = self.loop.call_at(due, self.send_keepalive_ping)

    def handle_text(self, event: Frame) -> None:
        taker = self.taker
        # With a frame before it still in the queue, this one would overtake.
        if taker is not None and event.fin and self.queue.empty() and not self.close_sent and taker(bytes(event.data)):
            return
        super().handle_text(event)


def line_of(socket: "WebSocket[Any, Any, Any]") -> Line | None:
    """None under another server, and with an extension."""
    extensions: dict[str, Any] = cast("dict[str, Any]", socket.scope).get("extensions") or {}
    return extensions.get(_EXTENSION)


def _head(size: int) -> bytes:
    if size < _SHORT:
        return bytes((_TEXT, size))
    return _medium_head(_TEXT, 126, size) if size < _MEDIUM else _long_head(_TEXT, 127, size)
