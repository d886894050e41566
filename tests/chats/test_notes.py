"""A private note reaches every agent of the chat and no visitor, on whatever path a log leaves (SPEC 5)."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import UUID

import msgspec
import pytest

from switchboard.chats import log, visibility
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.protocol import (
    Ack,
    Code,
    Hidden,
    Inbox,
    InboxChange,
    Mark,
    Marked,
    Message,
    Note,
    Refused,
    Say,
    Side,
    Status,
    TransferToAgent,
)
from switchboard.settings import Settings
from tests.cast import Cast, a_cid
from tests.chats.scene import stored
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack, serving

CANARY = "canary-note"
AUTHOR = "canary-author"
Pair = tuple[Stack, Stack]


@pytest.fixture
async def pair(settings_of_bus: Settings, cast: Cast) -> AsyncIterator[Pair]:
    async with serving(settings_of_bus) as first, serving(settings_of_bus) as second:
        yield first, second


def frames(peer: Peer) -> str:
    return "\n".join(msgspec.json.encode(event).decode() for event in peer.events)


async def note(peer: Peer, chat: UUID, text: str = CANARY) -> Ack:
    cid = a_cid()
    await peer.send(Say(cid=cid, chat=chat, body=Note(text=text)))
    return await peer.got(Ack, lambda ack: ack.cid == cid)


async def shown_to_visitors(pair: Pair, cast: Cast) -> str:
    """Everything that a visitor's sockets get while notes are written: live, from the other process, after a reconnect,
    in several pages, after a transfer with a note, and when every wake-up was lost."""
    here, there = pair
    token = await visitor_token(here, cast.acme.room_token)
    async with AsyncExitStack() as doors:
        ben = await doors.enter_async_context(agent(here, "acme", await cast.cookie("Ben")))
        alice = await doors.enter_async_context(agent(there, "acme", await cast.cookie("Alice")))
        for desk in (ben, alice):
            await desk.got(Inbox)
        near = await doors.enter_async_context(visitor(here, cast.acme.room_token, token))
        far = await doors.enter_async_context(visitor(there, cast.acme.room_token, token))
        await near.got(Status, lambda status: status.online)
        chat = await near.open()
        for peer in (near, far):
            await peer.resume(chat)
        await alice.answer(chat)
        for peer in (near, far):
            await peer.got(Message, lambda message: message.entry.sender is Side.AGENT)
        await alice.resume(chat)
        bens = cast.acme.agents["Ben"]
        await alice.send(TransferToAgent(chat=chat, agent=bens, note=CANARY))
        await ben.got(InboxChange, lambda change: any(card.agent == bens for card in change.cards))
        await ben.resume(chat)
        last = [await note(ben, chat) for _ in range(3)][-1]
        for peer in (near, far):
            await peer.got(Message, lambda message: message.entry.seq == last.seq)
        back = await doors.enter_async_context(visitor(there, cast.acme.room_token, token))
        page = await back.resume(chat)
        assert [entry.seq for entry in page.entries] == list(range(1, last.seq + 1))
        assert (await ben.resume(chat)).entries[-1].body == Note(text=CANARY)
        return "\n".join(map(frames, (near, far, back)))


async def test_no_visitors_socket_ever_gets_a_notes_text(pair: Pair, cast: Cast) -> None:
    shown = await shown_to_visitors(pair, cast)
    assert CANARY not in shown
    assert shown.count('"hidden"') >= 4 * 3


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bus that drops everything: the visitor elsewhere is served by the comparison."""

    async def drop(self: Outgoing, *payloads: object) -> None:
        return None

    monkeypatch.setattr(Outgoing, "_went_out", drop)


async def test_nor_by_the_comparison(deaf: None, pair: Pair, cast: Cast) -> None:
    assert CANARY not in await shown_to_visitors(pair, cast)


@pytest.mark.parametrize("module", [log, visibility])
async def test_without_the_rule_the_test_above_would_notice(module, pair: Pair, cast: Cast, monkeypatch) -> None:
    """The control, for pages and for frames apart."""
    monkeypatch.setattr(module, "visible_to", lambda _side, entry: entry)
    assert CANARY in await shown_to_visitors(pair, cast)


async def test_nor_its_author_who_has_said_nothing_else(stack: Stack, cast: Cast, superuser) -> None:
    async with AsyncExitStack() as doors:
        ben = await doors.enter_async_context(agent(stack, "acme", await cast.cookie("Ben")))
        vera = await doors.enter_async_context(visitor(stack, cast.acme.room_token))
        await ben.got(Inbox)
        chat = await vera.open()
        await ben.answer(chat)
        await vera.resume(chat)
        await ben.resume(chat)
        await superuser.execute("update party set name = $1 where side = 'agent'", AUTHOR)
        seen = len(vera.events)
        await ben.resume(chat)
        ack = await note(ben, chat)
        await vera.got(Message, lambda message: message.entry.seq == ack.seq)
        page = await vera.resume(chat, after=ack.seq - 1)
        assert [entry.body for entry in page.entries] == [Hidden()]
        assert AUTHOR not in "\n".join(msgspec.json.encode(event).decode() for event in vera.events[seen:])


async def test_a_visitor_cannot_write_one(stack: Stack, cast: Cast, superuser) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await vera.send(Say(cid=a_cid(), chat=chat, body=Note(text="x")))
        assert (await vera.got(Refused)).code is Code.NOT_ALLOWED
        assert len(await stored(superuser, chat)) == 1


async def test_a_note_is_stored_once_however_often_it_is_sent(stack: Stack, cast: Cast, superuser) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await ben.answer(chat)
        await ben.resume(chat)
        say = Say(cid=a_cid(), chat=chat, body=Note(text="once"))
        await ben.send(say)
        first = await ben.got(Ack)
        ben.events.clear()
        await ben.send(say)
        assert (await ben.got(Ack)).seq == first.seq
        assert [text for _, text in await stored(superuser, chat)].count("once") == 1


async def test_marks_count_hidden_entries_as_places_and_stay_in_step(stack: Stack, cast: Cast) -> None:
    """A visitor who has read the text after a note has read up to it: the note in between changes nothing."""
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await ben.answer(chat)
        for peer in (ben, vera):
            await peer.resume(chat)
        await note(ben, chat)
        said = await ben.said(chat, "An M fits.")
        await vera.got(Message, lambda message: message.entry.seq == said.seq)
        await vera.send(Mark(chat=chat, delivered=said.seq, read=said.seq))
        assert (await ben.got(Marked, lambda marked: marked.marks.visitor_read > 0)).marks.visitor_read == said.seq
