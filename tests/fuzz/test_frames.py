"""Hostile frames on both sockets of a served app: nothing escapes, every close has its code, and the others chat on."""

import asyncio
import gc
import logging
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from websockets.exceptions import WebSocketException

from switchboard.chats.conversation import Conversation
from switchboard.protocol import Answered, CloseCode, Command, Hello, Inbox, Message, Status
from switchboard.realtime import socket as sockets
from tests.cast import Cast, a_cid
from tests.chats.scene import stored
from tests.fuzz.frames import Frames
from tests.peers import Peer, agent, connected, visitor, visitor_token
from tests.stack import Stack

AT_ONCE, FRAMES_PER_SOCKET = 8, 25
# BUSY says that something failed on our side: here that is a bug. The others of RFC 6455: framing, UTF-8, size, and a
# close code that the peer itself has sent.
DOCUMENTED = {*CloseCode} - {CloseCode.BUSY} | {1000, 1002, 1005, 1007, 1009}
GROWS_AT_MOST_MIB = 64
DECODE = sockets._decode
# Said with a traceback, but it has closed the socket with 1007 as it should.
UVICORN_SAYS = {"Invalid UTF-8 sequence received from client."}


@dataclass
class Fuzz:
    """Sockets full of hostile frames, and how they ended."""

    stack: Stack
    cast: Cast
    seed: int
    ids: tuple[list[UUID], list[UUID]]
    doors: list[tuple[str, dict[str, str], str | None]]
    decoded: int = 0
    closed: Counter[int] = field(default_factory=Counter[int])

    @property
    def arrived(self) -> int:
        """Frames that our code has looked at, and those that ended at the framing; what followed a close is not counted."""
        return self.decoded + sum(times for code, times in self.closed.items() if code < 4_000)

    async def run(self, frames: int) -> None:
        async with asyncio.TaskGroup() as group:
            for lane in range(AT_ONCE):
                group.create_task(self._lane(random.Random(self.seed + lane), self.arrived + frames))

    def decode(self, message: str | bytes) -> Command:
        self.decoded += 1
        return DECODE(message)

    async def _lane(self, dice: random.Random, enough: int) -> None:
        made = Frames(dice, *self.ids)
        while self.arrived < enough:
            path, headers, token = dice.choice(self.doors)
            async with connected(self.stack, path, headers) as peer:
                with suppress(WebSocketException, OSError):
                    await self._attack(dice, made, peer, token)

    async def _attack(self, dice: random.Random, made: Frames, peer: Peer, token: str | None) -> None:
        if dice.random() < 0.9:
            await peer.send(Hello(token=token))
            await peer.got((Status, Inbox))
        wire = peer.socket.transport
        for _ in range(FRAMES_PER_SOCKET):
            if wire.is_closing() or peer.socket.state != 1:
                break
            for part in made.next():
                wire.write(part)
            await asyncio.sleep(0)
        if dice.random() < 0.2:
            wire.abort()
            return
        wire.write(b"\x81\x80\0\0\0\0")  # an empty text: closes what is still open
        with suppress(TimeoutError):
            self.closed[await peer.closed()] += 1
            return
        self.closed[0] += 1


@pytest.fixture
async def fuzz(stack: Stack, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Fuzz, Peer, Peer, UUID]]:
    """Vera texts with Ben; Eve and Alice attack, from their own sockets and chat."""
    monkeypatch.setattr(sockets, "HELLO_WITHIN", 1.0)
    room, token = cast.acme.room_token, await visitor_token(stack, cast.acme.room_token)
    alice = await cast.cookie("Alice")
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, room) as vera:
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await vera.resume(chat)
        await ben.answer(chat)
        await vera.got(Message, lambda message: message.entry.body == Answered())
        await ben.resume(chat)
        async with visitor(stack, room, token) as eve:
            own = await eve.open("Eve")
            said = await eve.said(own, "mine")
        doors = [
            (f"/c/{room}/socket", {}, token),
            ("/console/acme/socket", {"cookie": f"sb_session={alice}"}, None),
        ]
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        fuzz = Fuzz(stack, cast, seed, ([own, chat, a_cid()], [said.cid, a_cid()]), doors)
        monkeypatch.setattr(sockets, "_decode", fuzz.decode)
        yield fuzz, vera, ben, chat


def resident_mib() -> float:
    return int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024


@pytest.mark.parametrize("frames", [5_000, pytest.param(100_000, marks=pytest.mark.long)])
@pytest.mark.timeout(3_600)
async def test_no_frame_lets_an_exception_escape(
    fuzz, superuser, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest, frames: int
) -> None:
    attack, vera, ben, chat = fuzz
    # pytest keeps what is logged a second time, for its report: tracebacks, and through them sockets and their buffers.
    logging_plugin: Any = request.config.pluginmanager.getplugin("logging-plugin")
    caplog.set_level(logging.WARNING)
    gc.collect()  # asyncio complains of futures when they are collected: those of tests before this one, now
    caplog.clear()
    connections, rounds, memory = len(attack.stack.web.hub.connections), 5, []
    complaints: list[str] = []
    for number in range(rounds):
        await attack.run(frames // rounds)
        said = await vera.said(chat, f"still here {number}")
        await ben.got(Message, lambda message, seq=said.seq: message.entry.seq == seq)
        complaints += wrong(attack, caplog)
        logging_plugin.report_handler.reset()
        for kept in (caplog, vera.events, ben.events):  # or what the test itself keeps would count as the server's
            kept.clear()
        gc.collect()
        memory.append(resident_mib())
    print(attack.arrived, attack.closed, memory)
    assert complaints == []
    assert attack.arrived >= frames
    assert len(await stored(superuser, chat)) == 2 + rounds, "only Vera and Ben have written in their chat"
    async with asyncio.timeout(10):
        while len(attack.stack.web.hub.connections) > connections:
            await asyncio.sleep(0.01)
    assert memory[-1] - memory[0] < GROWS_AT_MOST_MIB


def wrong(attack: Fuzz, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What escaped, and close codes that nobody has described."""
    escaped = {record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info}
    return [*sorted(escaped - UVICORN_SAYS), *(f"closed with {code}" for code in sorted(set(attack.closed) - DOCUMENTED))]


@pytest.mark.parametrize("fault", ["in the decoder", "in a handler"])
async def test_an_exception_is_seen_to_escape(
    fuzz, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    if fault == "in the decoder":
        monkeypatch.setattr(sockets, "_UNREADABLE", (UnicodeDecodeError,))
    else:
        monkeypatch.setattr(Conversation, "_look", broken)
    attack, *_ = fuzz
    await attack.run(400)
    assert wrong(attack, caplog) != []
