"""Two web processes on one database; then with a bus that drops everything (DESIGN 5)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from switchboard.infra.bus_outgoing import Outgoing
from switchboard.protocol import Answered, Current, End, Ended, Inbox, InboxChange, Mark, Marked, Message, Status
from switchboard.realtime import hub
from switchboard.settings import Settings
from tests.cast import Cast
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack, serving

Pair = tuple[Stack, Stack]


@pytest.fixture
async def pair(settings_of_bus: Settings, cast: Cast) -> AsyncIterator[Pair]:
    async with serving(settings_of_bus) as first, serving(settings_of_bus) as second:
        yield first, second


async def conversation(pair: Pair, cast: Cast, within: float) -> None:
    """Visitor on one process, agent on the other; every step visible on the other side `within` seconds."""
    here, there = pair
    async with agent(there, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(Inbox)
        async with visitor(here, cast.acme.room_token) as vera:
            await vera.got(Status, lambda status: status.online, within=within)
            chat = await vera.open()
            await vera.resume(chat)
            await alice.got(InboxChange, lambda change: any(card.chat == chat for card in change.cards), within)
            await alice.answer(chat)
            await vera.got(Message, lambda message: message.entry.body == Answered(), within)
            await alice.resume(chat)
            for number in range(5):
                ack = await vera.said(chat, f"from Vera {number}")
                await alice.got(Message, lambda message, ack=ack: message.entry.seq == ack.seq, within)
                ack = await alice.said(chat, f"from Alice {number}")
                await vera.got(Message, lambda message, ack=ack: message.entry.seq == ack.seq, within)
            await vera.send(End(chat=chat))
            await alice.got(Message, lambda message: message.entry.body == Ended(), within)
            await alice.got(InboxChange, lambda change: any(card.status == "closed" for card in change.cards), within)
            for peer in (vera, alice):
                seqs = [event.entry.seq for event in peer.events if isinstance(event, Message)]
                assert seqs == sorted(set(seqs))


async def test_a_chat_across_two_processes(pair: Pair, cast: Cast) -> None:
    await conversation(pair, cast, within=1.5)


async def test_marks_cross_processes(pair: Pair, cast: Cast) -> None:
    here, there = pair
    async with AsyncExitStack() as stack:
        alice = await stack.enter_async_context(agent(there, "acme", await cast.cookie("Alice")))
        await alice.got(Inbox)
        vera = await stack.enter_async_context(visitor(here, cast.acme.room_token))
        chat = await vera.open()
        await alice.answer(chat)
        await alice.resume(chat)
        await vera.resume(chat)
        await alice.send(Mark(chat=chat, delivered=1, read=1))
        await vera.got(Marked, lambda marked: marked.marks.agent_read == 1)


async def test_a_second_device_on_another_process_follows(pair: Pair, cast: Cast) -> None:
    here, there = pair
    token = await visitor_token(here, cast.acme.room_token)
    async with AsyncExitStack() as stack:
        alice = await stack.enter_async_context(agent(there, "acme", await cast.cookie("Alice")))
        await alice.got(Inbox)
        phone = await stack.enter_async_context(visitor(there, cast.acme.room_token, token))
        laptop = await stack.enter_async_context(visitor(here, cast.acme.room_token, token))
        chat = await laptop.open()
        await phone.got(Current, lambda current: current.chat == chat)
        await phone.resume(chat)
        await laptop.resume(chat)
        ack = await phone.said(chat, "from the phone")
        await laptop.got(Message, lambda message: message.entry.seq == ack.seq)
        assert phone.texts(chat) == []


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bus that drops every wake-up."""

    async def drop(self: Outgoing, *payloads: object) -> None:
        return None

    monkeypatch.setattr(Outgoing, "_went_out", drop)


async def test_with_every_wake_up_lost_all_is_visible_within_three_seconds(deaf: None, pair: Pair, cast: Cast) -> None:
    await conversation(pair, cast, within=3.0)


async def test_without_the_comparison_a_lost_wake_up_is_noticed(deaf: None, pair: Pair, cast: Cast, monkeypatch) -> None:
    """The control: the test above fails when the 2 s comparison is off."""

    async def nothing(self: hub.Hub) -> None:
        return None

    monkeypatch.setattr(hub.Hub, "_compare", nothing)
    with pytest.raises(TimeoutError):
        await conversation(pair, cast, within=3.0)


async def test_a_killed_listener_comes_back_and_looks_at_once(pair: Pair, cast: Cast, kill_connections, monkeypatch) -> None:
    monkeypatch.setattr(hub, "COMPARED_EVERY", 3600)
    here, there = pair
    async with agent(there, "acme", await cast.cookie("Alice")) as alice, visitor(here, cast.acme.room_token) as vera:
        await alice.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await alice.answer(chat)
        await alice.resume(chat)
        for number in range(3):
            await kill_connections()
            ack = await vera.said(chat, f"after kill {number}")
            await arrived(alice, ack.seq)


async def arrived(peer: Peer, seq: int) -> None:
    await peer.got(Message, lambda message: message.entry.seq == seq, within=5)
    await asyncio.sleep(0)
