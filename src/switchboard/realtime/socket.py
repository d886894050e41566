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

HELLO_WITHIN = 5.0
MOST_ERRORS = 50  # in a row
RETRY_MS = 1_000

Handler = Callable[[Connection, Any], Awaitable[None] | None]
Handlers = dict[type[Any], Handler]
Greet = Callable[[Connection, Hello], Awaitable[Handlers]]

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(Command).decode
_NOT_STORABLE = "This holds something that cannot be stored. Change it and send it again."
_UNAVAILABLE = "We cannot reach our database for a moment. Your text is kept and goes out by itself."


async def serve(socket: "WebSocket[Any, Any, Any]", hub: Hub, greet: Greet) -> Connection:
    """Runs until the socket closes; returns what it was. `greet` identifies the peer and returns what it may do, or raises."""
    await socket.accept()
    connection = Connection(socket.send, socket.close)
    hub.connections.add(connection)
    try:
        handlers = await _greeted(socket, connection, greet)
        errors = 0
        while handlers and errors < MOST_ERRORS and (command := await _next_command(socket, connection)):
            errors = 0 if await _handled(connection, handlers, command) else errors + 1
        if errors >= MOST_ERRORS:
            connection.close(CloseCode.TOO_MANY_ERRORS)
        await connection.finished()
    finally:
        hub.forget(connection)
    return connection


async def _greeted(socket: "WebSocket[Any, Any, Any]", connection: Connection, greet: Greet) -> Handlers | None:
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            command = await _next_command(socket, connection)
        if isinstance(command, Hello):
            return await greet(connection, command)
    except TimeoutError:
        pass
    except SwitchboardError:
        pass
    except Exception:
        log.exception("greeting failed")
        connection.close(CloseCode.BUSY)
    connection.close(CloseCode.BAD_TOKEN)
    return None


async def _next_command(socket: "WebSocket[Any, Any, Any]", connection: Connection) -> Command | None:
    """None when the socket is closed, from either side."""
    try:
        message = await socket.receive()
    except WebSocketDisconnect:
        return None
    if message["type"] != "websocket.receive" or not connection.is_open:
        return None
    try:
        return _decode(message.get("text") or message.get("bytes") or b"")
    except (msgspec.DecodeError, UnicodeDecodeError):
        connection.close(CloseCode.BAD_FRAME)
        return None


async def _handled(connection: Connection, handlers: Handlers, command: Command) -> bool:
    """False when the peer asked for what it may not have; it is told why. Bad luck of ours is not counted against it."""
    try:
        handler = handlers.get(type(command))
        if handler is None:
            raise ConflictError("This is not possible here.", code=Code.NOT_ALLOWED)
        waiting = handler(connection, command)
        if waiting is not None:
            await waiting
    except SwitchboardError as error:
        refuse(connection, command, _code(error), error.message)
        return False
    except DataError:
        refuse(connection, command, Code.BAD_BODY, _NOT_STORABLE)
        return False
    except (OSError, DBAPIError, TimeoutError) as error:
        # Also two transactions that met in a unique key: sent again, the second finds what the first has made.
        log.warning("database away during %s: %s", type(command).__name__, type(error.__cause__ or error).__name__)
        refuse(connection, command, Code.UNAVAILABLE, _UNAVAILABLE)
    except Exception:
        log.exception("command %s failed", type(command).__name__)
        connection.close(CloseCode.BUSY)
    return True


def refuse(connection: Connection, command: Any, code: Code, message: str) -> None:
    """Tell the peer that the command changed nothing."""
    metrics.refused(code)
    connection.tell(
        Refused(
            command=type(command).__name__.lower(),
            code=code,
            message=message,
            cid=getattr(command, "cid", None),
            chat=getattr(command, "chat", None),
            retry_ms=RETRY_MS if code in RETRYABLE else None,
        )
    )


def _code(error: SwitchboardError) -> Code:
    if isinstance(error, NotFoundError):
        return Code.NO_CHAT
    try:
        return Code(error.code)
    except ValueError:
        return Code.NOT_ALLOWED
