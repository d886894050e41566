"""A reader that is too slow is closed; nobody waits for it; what is sent keeps its order."""

import asyncio
from typing import Any

from switchboard.protocol import CloseCode
from switchboard.realtime.connection import MOST_BYTES, MOST_FRAMES, Connection


class Socket:
    """A peer that takes frames only while its gate is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.frames: list[str] = []
        self.code: int | None = None

    async def send(self, message: dict[str, Any]) -> None:
        await self.gate.wait()
        self.frames.append(message["text"])

    async def close(self, code: int, reason: str | None) -> None:
        self.code = code


def connected(socket: Socket) -> Connection:
    return Connection(socket.send, socket.close)


async def test_frames_keep_their_order() -> None:
    socket = Socket()
    connection = connected(socket)
    for number in range(100):
        connection.send(b"%d" % number)
    socket.gate.set()
    await connection.finished()
    assert socket.frames == [str(number) for number in range(100)]


async def test_too_many_frames_close_with_slow() -> None:
    socket = Socket()
    connection = connected(socket)
    for _ in range(MOST_FRAMES + 2):
        connection.send(b"x")
        await asyncio.sleep(0)
    assert not connection.is_open
    socket.gate.set()
    await connection.finished()
    assert socket.code == CloseCode.SLOW


async def test_too_many_bytes_close_with_slow() -> None:
    socket = Socket()
    connection = connected(socket)
    for _ in range(5):
        connection.send(b"x" * (MOST_BYTES // 4))
    assert not connection.is_open
    socket.gate.set()
    await connection.finished()
    assert socket.code == CloseCode.SLOW


async def test_after_the_close_nothing_is_sent() -> None:
    socket = Socket()
    connection = connected(socket)
    socket.gate.set()
    connection.close(CloseCode.SIGNED_OUT)
    connection.send(b"late")
    connection.close(CloseCode.SLOW)
    await connection.finished()
    assert (socket.frames, socket.code) == ([], CloseCode.SIGNED_OUT)


async def test_a_peer_that_has_gone_stops_the_writer_only() -> None:
    class Gone(Socket):
        async def send(self, message: dict[str, Any]) -> None:
            raise OSError

    connection = connected(Gone())
    connection.send(b"x")
    await connection.finished()
    connection.send(b"y")
    assert not connection.is_open


async def test_whoever_leaves_is_told_every_result_first() -> None:
    socket = Socket()
    socket.gate.set()
    connection = connected(socket)
    connection.unsettled = 2
    connection.leave(b"bye")
    connection.send(b"ack 1")
    connection.settled()
    await connection.finished()
    assert (connection.is_leaving, socket.code) == (True, None)
    connection.send(b"ack 2")
    connection.settled()
    await connection.finished()
    assert (socket.frames, socket.code) == (["ack 1", "ack 2", "bye"], CloseCode.RESTART)


async def test_a_result_that_does_not_come_keeps_nobody_for_ever() -> None:
    socket = Socket()
    socket.gate.set()
    connection = connected(socket)
    connection.unsettled = 1
    connection.leave(b"bye")
    connection.leave_now()
    connection.settled()
    await connection.finished()
    assert (socket.frames, socket.code) == (["bye"], CloseCode.RESTART)
