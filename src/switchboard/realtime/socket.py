"""The life of a socket: Origin was checked before (infra/front_door.py); accept, hello within 5 s, then commands in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar.connection import WebSocket
from litestar.exceptions import WebSocketDisconnect
from sqlalchemy.exc import DataError, DBAPIError

from switchboard.errors import ConflictError, NotFoundError, SwitchboardError
from switchboard.infra import metrics
from switchboard.protocol import RETRYABLE, CloseCode, Code, Command, Hello, Refused
from switchboard.realtime.connection import Connection
from switchboard.realtime.hub import Hub
from switchboard.realtime.line import Line, Take, line_of

HELLO_WITHIN = 5.0
MOST_ERRORS = 50  # in a row
RETRY_MS = 1_000

Handler = Callable[[Connection, Any], Awaitable[None] | None]
Handlers = dict[type[Any], Handler]
Greet = Callable[[Connection, Hello], Awaitable[Handlers]]

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(Command).decode
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NOT_STORABLE = "This holds something that cannot be stored. Change it and send it again."
_UNAVAILABLE = "We cannot reach our database for a moment. Your text is kept and goes out by itself."


async def serve(socket: "WebSocket[Any, Any, Any]", hub: Hub, greet: Greet) -> Connection:
    """Runs until the socket closes; returns what it was. `greet` identifies the peer and returns what it may do, or raises."""
    await socket.accept()
    line = line_of(socket)
    connection = Connection(socket.send, socket.close, line)
    hub.connections.add(connection)
    try:
        if handlers := await _greeted(socket, connection, greet):
            await _obey(socket, line, connection, handlers)
        await connection.finished()
    finally:
        hub.forget(connection)
    return connection


async def _greeted(socket: "WebSocket[Any, Any, Any]", connection: Connection, greet: Greet) -> Handlers | None:
    try:
        frame = await _first_frame(socket)
        command = None if frame is None else _decode(frame)
        if isinstance(command, Hello):
            return await greet(connection, command)
    except _UNREADABLE:
        connection.close(CloseCode.BAD_FRAME)
    except SwitchboardError:
        pass
    except Exception:
        log.exception("greeting failed")
        connection.close(CloseCode.BUSY)
    connection.close(CloseCode.BAD_TOKEN)
    return None


async def _obey(socket: "WebSocket[Any, Any, Any]", line: Line | None, connection: Connection, handlers: Handlers) -> None:
    commands = _Commands(connection, handlers)
    while connection.is_open and (frame := await _next_frame(socket, line, commands.take)) is not None:
        await commands.finish(frame)
        if commands.errors >= MOST_ERRORS:
            connection.close(CloseCode.TOO_MANY_ERRORS)


async def _first_frame(socket: "WebSocket[Any, Any, Any]") -> str | bytes | None:
    # Only this waiting may end as a bad token: a database that does not answer is no fault of the peer's.
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            return await _next_frame(socket)
    except TimeoutError:
        return None


async def _next_frame(
    socket: "WebSocket[Any, Any, Any]", line: Line | None = None, take: Take | None = None
) -> bytes | str | None:
    """None when the socket is closed, from either side. While it waits, `take` is offered every frame first."""
    if line is not None:
        line.taker = take
    try:
        message = await socket.receive()
    except WebSocketDisconnect:
        return None
    finally:
        if line is not None:
            line.taker = None
    return (message.get("text") or message.get("bytes") or b"") if message["type"] == "websocket.receive" else None


class _Commands:
    """One after the other. `take` does at once what need not wait, the reader `finish`es the rest."""

    __slots__ = ("_connection", "_handlers", "_taken", "_waiting", "errors")

    def __init__(self, connection: Connection, handlers: Handlers) -> None:
        self._connection = connection
        self._handlers = handlers
        self._taken = False
        self._waiting: tuple[Command, Awaitable[None]] | None = None
        self.errors = 0  # in a row

    def take(self, frame: bytes | str) -> bool:
        """False when the reader must see the frame, too: to wait for what it began, or to end."""
        self._taken = not self._done(frame)
        return not self._taken

    async def finish(self, frame: bytes | str) -> None:
        """Returns when the command is done."""
        if not self._taken:
            self._done(frame)
        self._taken = False
        if self._waiting is not None:
            (command, work), self._waiting = self._waiting, None
            try:
                await work
                self.errors = 0
            except Exception as error:
                self._failed(command, error)

    def _done(self, frame: bytes | str) -> bool:
        if not self._connection.is_open:
            return False
        try:
            command = _decode(frame)
        except _UNREADABLE:
            self._connection.close(CloseCode.BAD_FRAME)
            return False
        try:
            work = self._handler(command)(self._connection, command)
        except Exception as error:
            self._failed(command, error)
            return self.errors < MOST_ERRORS
        if work is not None:
            self._waiting = (command, work)
            return False
        self.errors = 0
        return True

    def _handler(self, command: Command) -> Handler:
        handler = self._handlers.get(type(command))
        if handler is None:
            raise ConflictError("This is not possible here.", code=Code.NOT_ALLOWED)
        return handler

    def _failed(self, command: Command, error: Exception) -> None:
        """The peer is told why. Who asks for what it may not have is counted; bad luck of ours is not."""
        if isinstance(error, SwitchboardError):
            self.errors += 1
            refuse(self._connection, command, _code(error), error.message)
        elif isinstance(error, DataError):
            self.errors += 1
            refuse(self._connection, command, Code.BAD_BODY, _NOT_STORABLE)
        elif isinstance(error, (OSError, DBAPIError)):
            # Also two transactions that met in a unique key: sent again, the second finds what the first has made.
            self.errors = 0
            log.warning("database away during %s: %s", type(command).__name__, type(error.__cause__ or error).__name__)
            refuse(self._connection, command, Code.UNAVAILABLE, _UNAVAILABLE)
        else:
            log.error("command %s failed", type(command).__name__, exc_info=error)
            self._connection.close(CloseCode.BUSY)


def refuse(connection: Connection, command: Any, code: Code, message: str) -> None:
    """Tell the peer that the command changed nothing."""
    metrics.refused(code)
    connection.tell(
        Refused(
            command=tag_of(command.__class__),
            code=code,
            message=message,
            cid=getattr(command, "cid", None),
            chat=getattr(command, "chat", None),
            retry_ms=RETRY_MS if code in RETRYABLE else None,
        )
    )


def tag_of(kind: type[msgspec.Struct]) -> str:
    """What a command is called on the wire."""
    return str(kind.__struct_config__.tag)


def _code(error: SwitchboardError) -> Code:
    if isinstance(error, NotFoundError):
        return Code.NO_CHAT
    try:
        return Code(error.code)
    except ValueError:
        return Code.NOT_ALLOWED
