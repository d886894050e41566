"""The short way in and out of a socket changes nothing but the cost; and uvicorn is still what it stands in for."""

import asyncio
import hashlib
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol as Uvicorns
from websockets.asyncio.client import ClientConnection, connect

from switchboard.protocol import Ack, CloseCode, Code, Inbox, Refused, Say, Status, Text
from switchboard.realtime import socket as sockets
from switchboard.realtime.connection import MOST_BYTES, Connection
from switchboard.realtime.line import Line
from tests.cast import Cast, a_cid
from tests.peers import Peer, agent, visitor
from tests.stack import Stack
from tests.until import comes_true

# What `Line` overrides, stands in for, or relies on, as it was read. Another digest: read what changed, then renew it.
READ = {
    "handle_connect": "fc648c2161ff8e13",
    "handle_events": "b2c9351a5d13493f",
    "handle_text": "6ae523180cf04a01",
    "send_receive_event_to_app": "a2b10de91477dc1d",
    "start_keepalive": "6d83bdbc3db82b86",
    "schedule_ping": "002da2050fd25224",
    "send_keepalive_ping": "02da3945b3e6b110",
    "handle_pong": "b20c68cc7e4f9bca",
    "pause_writing": "4830f7e0d81f877d",
    "resume_writing": "ef79384e5fff077c",
    "connection_lost": "dd116afc4d8034e1",
    "send": "d4919ed760ce9f7b",
    "receive": "1dc0e715390021a1",
    "run_asgi": "662375aa38d9044c",
}


@pytest.mark.parametrize("method", READ)
def test_uvicorn_is_as_the_line_was_written_for(method: str) -> None:
    source = inspect.getsource(getattr(Uvicorns, method))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ[method]


@pytest.fixture(params=["short", "long"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways must do the same; the long one is every other server's."""
    if request.param == "long":
        monkeypatch.setattr(sockets, "line_of", lambda _socket: None)
    return request.param


@pytest.fixture
async def vera(stack: Stack, cast: Cast, way: str) -> AsyncIterator[Peer]:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        yield vera


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Frames for which the reader's task woke."""
    frames: list[Any] = []
    finish = sockets._Commands.finish

    async def noted(commands: sockets._Commands, frame: bytes | str) -> None:
        frames.append(frame)
        await finish(commands, frame)

    monkeypatch.setattr(sockets._Commands, "finish", noted)
    return frames


async def test_a_message_to_a_known_chat_wakes_no_task(vera: Peer, way: str, waited: list[Any]) -> None:
    chat = await vera.open()
    await vera.resume(chat)
    before = len(waited)
    for number in range(5):
        await vera.said(chat, str(number))
    assert len(waited) - before == (0 if way == "short" else 5)


async def test_commands_are_done_in_order_whether_they_wait_or_not(vera: Peer) -> None:
    chat = await vera.open()
    for number in range(20):  # the first waits for the seat, a resume waits for its page, the others do not wait
        await vera.say(chat, str(number))
        if number % 5 == 4:
            await vera.resume(chat)
    await vera.said(chat, "last")
    entries = (await vera.resume(chat, 1)).entries
    assert [entry.body.text for entry in entries if isinstance(entry.body, Text)] == [*map(str, range(20)), "last"]


async def test_a_message_in_fragments_is_a_message(vera: Peer) -> None:
    chat, cid = await vera.open(), a_cid()
    await vera.resume(chat)
    frame = msgspec.json.encode(Say(cid=cid, chat=chat, body=Text(text="in parts"))).decode()
    await vera.socket.send([frame[:10], frame[10:30], frame[30:]])
    await vera.got(Ack, lambda ack: ack.cid == cid)


async def test_who_is_refused_at_once_is_told_and_counted(vera: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MOST_ERRORS", 3)
    chat = await vera.open()
    await vera.resume(chat)
    await vera.say(chat, "")
    assert (await vera.got(Refused)).code is Code.EMPTY
    await vera.said(chat, "that was a mistake")  # the count begins anew
    for _ in range(3):
        await vera.say(chat, "")
    assert await vera.closed() == CloseCode.TOO_MANY_ERRORS


async def test_rubbish_closes_with_its_code(vera: Peer) -> None:
    await vera.open()
    await vera.socket.send("{")
    assert await vera.closed() == CloseCode.BAD_FRAME


@asynccontextmanager
async def a_connection(stack: Stack, cast: Cast, **options: Any) -> AsyncIterator[tuple[ClientConnection, Connection]]:
    """A visitor's socket before its hello, from both ends."""
    before = set(stack.web.hub.connections)
    address = f"{stack.origin.replace('http', 'ws')}/c/{cast.acme.room_token}/socket"
    async with connect(address, origin=stack.origin, compression=None, **options) as client:  # type: ignore[arg-type]
        await comes_true(lambda: len(stack.web.hub.connections) > len(before))
        yield client, (stack.web.hub.connections - before).pop()


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000, 2 * MOST_BYTES])
async def test_frames_of_every_length_arrive_whole(stack: Stack, cast: Cast, way: str, size: int) -> None:
    async with a_connection(stack, cast, max_size=None) as (client, connection):
        for frame in (b"x" * size, b"after"):
            connection.send(frame)
            assert await client.recv(decode=False) == frame


async def test_a_burst_keeps_its_order_although_a_part_is_queued(stack: Stack, cast: Cast, way: str) -> None:
    async with a_connection(stack, cast) as (client, connection):
        for number in range(200):
            connection.send(b"%05d" % number * 500)
        got = [await client.recv(decode=False) for _ in range(200)]
        assert [int(frame[:5]) for frame in got] == list(range(200))


async def test_who_does_not_read_is_closed_as_slow_and_nobody_else(stack: Stack, cast: Cast, vera: Peer) -> None:
    async with a_connection(stack, cast) as (client, slow):
        chat = await vera.open()
        client.transport.pause_reading()
        sent = 0
        while slow.is_open and sent < 64 * MOST_BYTES:
            slow.send(b"x" * 16_384)
            sent += 16_384
            await asyncio.sleep(0)
        assert slow.closed_with is CloseCode.SLOW
        assert sent > MOST_BYTES
        await vera.said(chat, "not held up")


async def test_a_peer_that_vanishes_does_no_harm(stack: Stack, cast: Cast, vera: Peer) -> None:
    async with a_connection(stack, cast) as (client, connection):
        client.transport.abort()
        for _ in range(20):
            connection.send(b"x" * 1000)
            await asyncio.sleep(0)
        await comes_true(lambda: connection not in stack.web.hub.connections)
        await vera.open()


async def test_pings_leave_on_whole_seconds_and_a_peer_that_answers_stays(
    stack: Stack, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    due: list[float] = []
    schedule = Line.schedule_ping

    def often(line: Line) -> None:
        line.ping_interval = 1.2
        schedule(line)
        assert line.ping_timer is not None
        due.append(line.ping_timer.when())

    monkeypatch.setattr(Line, "schedule_ping", often)
    async with a_connection(stack, cast) as (client, _):
        await comes_true(lambda: len(due) >= 3)  # the next one is due only after the pong
        assert client.close_code is None
    assert all(when == int(when) for when in due)
    assert due == sorted(set(due))
