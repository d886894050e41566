"""What a socket may be sent: everything else is refused or closed, with a code that says whether to come back."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from switchboard.chats import conversation as commands
from switchboard.protocol import (
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    Ack,
    Availability,
    Choose,
    CloseCode,
    Code,
    Current,
    Entries,
    Hello,
    Inbox,
    InboxChange,
    Look,
    Mark,
    Marked,
    Message,
    Open,
    Refused,
    Resume,
    Say,
    Status,
    Text,
)
from switchboard.realtime import socket as sockets
from tests.cast import Cast, a_cid
from tests.peers import Peer, agent, visitor
from tests.stack import Stack


@pytest.fixture
async def vera(stack: Stack, cast: Cast) -> AsyncIterator[Peer]:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        yield vera


DEEP = '{"x":' + "[" * 100_000


@pytest.mark.parametrize("frame", ["", "{", "[]", '{"t":"nothing"}', '{"t":"say"}', '{"t":"look","x":1}', "\ud7ff" * 10, DEEP])
async def test_a_frame_that_is_no_command_closes_for_good(vera: Peer, frame: str) -> None:
    await vera.socket.send(frame)
    assert await vera.closed() == CloseCode.BAD_FRAME


async def test_binary_rubbish_closes_for_good(vera: Peer) -> None:
    await vera.socket.send(b"\xff\xfe\x00")
    assert await vera.closed() == CloseCode.BAD_FRAME


async def test_another_first_frame_than_hello_is_no_token(stack: Stack, cast: Cast) -> None:
    from tests.peers import connected

    async with connected(stack, f"/c/{cast.acme.room_token}/socket", {}) as peer:
        await peer.send(Look())
        assert await peer.closed() == CloseCode.BAD_TOKEN


async def test_a_silent_socket_is_closed(stack: Stack, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.peers import connected

    monkeypatch.setattr(sockets, "HELLO_WITHIN", 0.1)
    async with connected(stack, f"/c/{cast.acme.room_token}/socket", {}) as peer:
        assert await peer.closed() == CloseCode.BAD_TOKEN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        (" \n\t", Code.EMPTY),
        ("x" * (LONGEST_TEXT + 1), Code.TOO_LONG),
        ("x" * 100_000, Code.TOO_LONG),
        ("a\x00b", Code.BAD_BODY),
    ],
    ids=["empty", "blank", "one too many", "100,000 characters", "NUL"],
)
async def test_a_text_that_cannot_be_taken_is_refused_with_a_reason(vera: Peer, text: str, code: Code) -> None:
    chat = await vera.open()
    cid = await vera.say(chat, text)
    refused = await vera.got(Refused, lambda refused: refused.cid == cid)
    assert (refused.code, refused.chat, refused.retry_ms) == (code, chat, None)
    assert refused.message.endswith((".", "first."))
    assert (await vera.resume(chat)).entries[-1].seq == 1


@pytest.mark.parametrize(
    "text", ["x" * LONGEST_TEXT, "👩‍👩‍👧‍👦 مرحبا 你好", "\u202egnp.exe", "<script>alert(1)</script>", '"\\\u2028']
)
async def test_a_text_comes_back_as_it_was_written(vera: Peer, text: str) -> None:
    chat = await vera.open()
    await vera.said(chat, text)
    assert (await vera.resume(chat, 1)).entries[0].body == Text(text=text)


@pytest.mark.parametrize(
    ("name", "question", "code"),
    [
        ("", "?", Code.EMPTY),
        ("Vera", "  ", Code.EMPTY),
        ("V" * (LONGEST_NAME + 1), "?", Code.TOO_LONG),
        ("Vera", "?" * (LONGEST_QUESTION + 1), Code.TOO_LONG),
        ("Ve\x00ra", "?", Code.BAD_BODY),
    ],
)
async def test_a_request_that_cannot_be_taken_is_refused_with_a_reason(
    vera: Peer, name: str, question: str, code: Code
) -> None:
    await vera.send(Open(cid=a_cid(), name=name, question=question))
    assert (await vera.got(Refused)).code is code


async def test_a_resend_over_the_socket_is_acknowledged_with_the_same_place(vera: Peer) -> None:
    chat, cid = await vera.open(), a_cid()
    for _ in range(3):
        await vera.say(chat, "once", cid)
    await vera.said(chat, "after")
    acks = [event for event in vera.events if isinstance(event, Ack) and event.cid == cid]
    assert [ack.seq for ack in acks] == [2, 2, 2]


async def test_a_full_waiting_list_refuses_with_a_hint_to_come_back(stack: Stack, vera: Peer) -> None:
    chat = await vera.open()
    stack.web.switch.group_commit._closing = True
    cid = await vera.say(chat, "too much")
    refused = await vera.got(Refused, lambda refused: refused.cid == cid)
    assert (refused.code, refused.retry_ms) == (Code.FULL, sockets.RETRY_MS)
    stack.web.switch.group_commit._closing = False
    await vera.said(chat, "room again")


async def test_a_long_log_comes_in_pages_and_then_live(stack: Stack, cast: Cast, vera: Peer) -> None:
    chat = await vera.open()
    for _ in range(9):
        cids = [await vera.say(chat, str(number)) for number in range(50)]
        await vera.got(Ack, lambda ack, last=cids[-1]: ack.cid == last)
    after, pages = 0, []
    while True:
        page = await vera.resume(chat, after)
        pages.append(len(page.entries))
        after = page.entries[-1].seq
        if not page.more:
            break
    assert pages == [200, 200, 51]
    assert after == 451


async def test_a_log_larger_than_any_queue_is_read_in_pages(vera: Peer) -> None:
    chat, text = await vera.open(), "😀" * LONGEST_TEXT
    for _ in range(40):
        await vera.said(chat, text)
    after, more = 0, True
    while more:
        page = await vera.resume(chat, after)
        after, more = page.entries[-1].seq, page.more
        assert len(msgspec.json.encode(page)) < 300_000
    assert after == 41


@pytest.mark.parametrize("after", [-5, 10**6, 2**40])
async def test_a_strange_position_is_harmless_for_everybody(stack: Stack, cast: Cast, vera: Peer, after: int) -> None:
    chat = await vera.open()
    page = await vera.resume(chat, after)
    assert len(page.entries) == (1 if after < 0 else 0)
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(Inbox)
        await alice.answer(chat)
        await alice.resume(chat)
        said = await vera.said(chat, "heard?")
        await alice.got(Message, lambda message: message.entry.seq == said.seq)


async def test_a_strange_mark_is_harmless_for_everybody(stack: Stack, cast: Cast, vera: Peer) -> None:
    chat = await vera.open()
    await vera.resume(chat)
    async with visitor(stack, cast.acme.room_token) as eve:
        other = await eve.open("Eve")
        await eve.resume(other)
        await eve.send(Mark(chat=other, delivered=2**53, read=-(2**53)))
        await vera.send(Mark(chat=chat, delivered=1, read=1))
        await vera.got(Marked, lambda marked: marked.marks.visitor_read == 1)
        await eve.got(Marked, lambda marked: marked.marks.visitor_delivered == 1)


async def test_one_socket_cannot_fill_the_list_of_all(vera: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await vera.open()
    monkeypatch.setattr(commands, "MOST_UNSETTLED", 0)
    cid = await vera.say(chat, "one of many")
    assert (await vera.got(Refused, lambda refused: refused.cid == cid)).code is Code.FULL
    monkeypatch.setattr(commands, "MOST_UNSETTLED", 1)
    for number in range(3):
        await vera.said(chat, str(number))


async def test_an_offline_agent_is_not_rung_and_cannot_answer(stack: Stack, cast: Cast, vera: Peer) -> None:
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(Inbox)
        chat = await vera.open()
        await alice.got(InboxChange, lambda change: any(card.chat == chat for card in change.cards))
        await alice.send(Choose(availability=Availability.OFFLINE))
        await alice.got(InboxChange, lambda change: chat in change.gone)
        await alice.answer(chat)
        refused = await alice.got(Refused)
        assert (refused.code, refused.message) == (Code.NOT_ALLOWED, "You are OFFLINE. Go ONLINE, then answer.")


async def test_a_room_that_is_nowhere_closes_with_4504(stack: Stack) -> None:
    async with visitor(stack, "nowhere", "any") as peer:
        assert await peer.closed() == CloseCode.BAD_TOKEN


async def test_who_only_asks_for_what_is_not_theirs_is_closed(vera: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MOST_ERRORS", 5)
    for _ in range(5):
        await vera.send(Resume(chat=a_cid(), after=0))
    assert await vera.closed() == CloseCode.TOO_MANY_ERRORS


async def test_hello_twice_changes_nothing(vera: Peer) -> None:
    await vera.send(Hello(token="another"))
    assert (await vera.got(Refused)).code is Code.NOT_ALLOWED
    await vera.open()


async def test_a_database_that_is_away_for_a_moment_loses_nothing(vera: Peer, superuser) -> None:
    chat = await vera.open()
    await vera.resume(chat)
    await superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'")
    cid = a_cid()
    await vera.send(Say(cid=cid, chat=chat, body=Text(text="through it")))
    await vera.got(Ack, lambda ack: ack.cid == cid)
    assert (await vera.resume(chat, 1)).entries[0].cid == cid


async def test_events_come_in_the_order_of_the_log(stack: Stack, cast: Cast, vera: Peer) -> None:
    chat = await vera.open()
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(Inbox)
        await alice.answer(chat)
        await alice.resume(chat)
        await vera.resume(chat)
        await asyncio.gather(
            *(peer.say(chat, f"{side} {number}") for number in range(50) for side, peer in (("v", vera), ("a", alice)))
        )
        last = await vera.said(chat, "last")
        await alice.got(Message, lambda message: message.entry.seq == last.seq)
        page = (await alice.resume(chat)).entries
        assert [entry.seq for entry in page] == list(range(1, 104))
        for name in ("v", "a"):
            mine = [
                entry.body.text for entry in page if isinstance(entry.body, Text) and entry.body.text.startswith(f"{name} ")
            ]
            assert mine == [f"{name} {number}" for number in range(50)]


async def test_current_follows_the_open_chat(vera: Peer) -> None:
    assert (await vera.got(Current)).chat is None
    chat = await vera.open()
    assert (await vera.got(Current, lambda current: current.chat is not None)).chat == chat
    assert isinstance(await vera.resume(chat), Entries)
