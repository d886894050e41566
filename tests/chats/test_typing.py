"""Live typing: to the other side of the chat, for a moment, not too often; nowhere else (docs/decisions/0013)."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from typing import cast as typed
from uuid import UUID

import msgspec
import pytest

from switchboard.chats.typing import ELLIPSIS, Typist, shown_of
from switchboard.errors import NotFoundError
from switchboard.protocol import (
    LONGEST_PREVIEW,
    Code,
    Compose,
    Inbox,
    InboxChange,
    Message,
    Refused,
    Side,
    TransferToAgent,
    Typing,
)
from switchboard.realtime.connection import Connection
from switchboard.realtime.hub import Hub
from switchboard.settings import Settings
from tests.cast import Cast, a_cid
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack, serving

CANARY = "canary half a sentence"
Pair = tuple[Stack, Stack]


def test_agents_see_the_end_of_a_text_and_visitors_only_that_somebody_writes() -> None:
    long = "x" * LONGEST_PREVIEW + "the end"
    assert shown_of(Side.VISITOR, long) == long[-LONGEST_PREVIEW:]
    assert shown_of(Side.AGENT, "what I think of you") == ELLIPSIS
    assert {shown_of(side, text) for side in Side for text in ("", "  \n")} == {""}


@dataclass
class Ear:
    """A hub that notes what it should pass on; every socket sits at the visitor's side of one chat."""

    chat: UUID
    passed: list[str]

    @property
    def streams(self) -> "Ear":
        return self

    def side_of(self, key: tuple[UUID, UUID], _connection: object) -> Side | None:
        return Side.VISITOR if key[1] == self.chat else None

    def pass_on(self, _tenant: UUID, _chat: UUID, side: Side, frame: bytes) -> None:
        assert side is Side.AGENT
        self.passed.append(msgspec.json.decode(frame)["text"])


def test_at_most_four_in_any_second_are_passed_on_and_the_rest_is_dropped() -> None:
    ear, now = Ear(a_cid(), []), [0.0]
    typist = Typist(typed("Hub", ear), typed("Connection", None), a_cid(), lambda: now[0])
    for eighth in range(32):
        now[0] = eighth / 8
        typist.composes(typed("Any", None), Compose(chat=ear.chat, text=f"{eighth}"))
    assert ear.passed == [str(8 * second + first) for second in range(4) for first in range(4)]


def test_a_chat_that_the_socket_does_not_follow_is_not_there() -> None:
    ear = Ear(a_cid(), [])
    typist = Typist(typed("Hub", ear), typed("Connection", None), a_cid())
    with pytest.raises(NotFoundError):
        typist.composes(typed("Any", None), Compose(chat=a_cid(), text="x"))


@pytest.fixture
async def pair(settings_of_bus: Settings, cast: Cast) -> AsyncIterator[Pair]:
    async with serving(settings_of_bus) as first, serving(settings_of_bus) as second:
        yield first, second


@dataclass
class Talk:
    """Vera here on two tabs, Alice there; both have the chat."""

    chat: UUID
    vera: Peer
    tab: Peer
    alice: Peer
    doors: AsyncExitStack


@pytest.fixture
async def talk(pair: Pair, cast: Cast) -> AsyncIterator[Talk]:
    here, there = pair
    token = await visitor_token(here, cast.acme.room_token)
    async with AsyncExitStack() as doors:
        alice = await doors.enter_async_context(agent(there, "acme", await cast.cookie("Alice")))
        await alice.got(Inbox)
        vera, tab = [await doors.enter_async_context(visitor(here, cast.acme.room_token, token)) for _ in range(2)]
        chat = await vera.open()
        await alice.answer(chat)
        for peer in (vera, tab, alice):
            await peer.resume(chat)
        yield Talk(chat, vera, tab, alice, doors)


async def test_typing_crosses_processes_both_ways(talk: Talk) -> None:
    await talk.vera.send(Compose(chat=talk.chat, text=CANARY))
    seen = await talk.alice.got(Typing)
    assert (seen.chat, seen.sender, seen.text) == (talk.chat, Side.VISITOR, CANARY)
    await talk.alice.send(Compose(chat=talk.chat, text="what nobody should read"))
    for peer in (talk.vera, talk.tab):
        seen = await peer.got(Typing)
        assert (seen.sender, seen.text) == (Side.AGENT, ELLIPSIS)
    await talk.alice.send(Compose(chat=talk.chat, text=""))
    await talk.vera.got(Typing, lambda event: event.text == "")
    assert "nobody should read" not in str(talk.vera.events + talk.tab.events)


async def test_ones_own_other_tab_and_strangers_hear_nothing(talk: Talk, pair: Pair, cast: Cast) -> None:
    here, there = pair
    others = [
        await talk.doors.enter_async_context(agent(here, "acme", await cast.cookie("Cara"))),
        await talk.doors.enter_async_context(agent(there, "globex", await cast.cookie("Gil"))),
        await talk.doors.enter_async_context(visitor(there, cast.acme.room_token)),
    ]
    await talk.vera.send(Compose(chat=talk.chat, text=CANARY))
    await talk.alice.got(Typing)
    ack = await talk.vera.said(talk.chat, "after it")
    await talk.tab.got(Message, lambda message: message.entry.seq == ack.seq)
    for peer in (talk.vera, talk.tab, *others):
        assert not [event for event in peer.events if isinstance(event, Typing)]
    await others[0].send(Compose(chat=talk.chat, text="I should not be here"))
    assert (await others[0].got(Refused)).code is Code.NO_CHAT


async def test_who_has_given_the_chat_away_neither_sees_nor_shows_typing(talk: Talk, pair: Pair, cast: Cast) -> None:
    ben = await talk.doors.enter_async_context(agent(pair[0], "acme", await cast.cookie("Ben")))
    await ben.got(Inbox)
    bens = cast.acme.agents["Ben"]
    await talk.alice.send(TransferToAgent(chat=talk.chat, agent=bens))
    await ben.got(InboxChange, lambda change: any(card.agent == bens for card in change.cards))
    await ben.resume(talk.chat)
    await talk.vera.got(Message, lambda message: message.entry.seq > 2)
    await talk.vera.send(Compose(chat=talk.chat, text=CANARY))
    await ben.got(Typing)
    await talk.alice.send(Compose(chat=talk.chat, text="still here"))
    assert (await talk.alice.got(Refused)).code is Code.NO_CHAT
    assert CANARY not in str(talk.alice.events)


async def test_what_is_typed_is_neither_stored_nor_logged(talk: Talk, superuser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await talk.vera.send(Compose(chat=talk.chat, text=CANARY))
    await talk.alice.got(Typing)
    await talk.vera.said(talk.chat, "sent")
    assert CANARY not in caplog.text
    tables = await superuser.fetch("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in tables:
        assert not await superuser.fetchval(f'select count(*) from "{table}" x where x::text like $1', f"%{CANARY}%"), table
