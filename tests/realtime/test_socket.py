"""What a socket may be sent: everything else is refused or closed, with a code that says whether to come back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from switchboard.protocol import (
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    Ack,
    CloseCode,
    Code,
    Current,
    Entries,
    Hello,
    Inbox,
    Look,
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


@pytest.mark.parametrize("frame", ["", "{", "[]", '{"t":"nothing"}', '{"t":"say"}', '{"t":"look","more":1}', "\ud7ff" * 10])
async def test_a_frame_that_is_no_command_closes_for_good(vera: Peer, frame: str) -> None:
    await vera.socket.send(frame)
    assert await vera.closed() == CloseCode.BAD_FRAME


async def test_binary_rubbish_closes_for_good(vera: Peer) -> None:
    await vera.socket.send(b"\xff\xfe\x00")
    assert await vera.closed() == CloseCode.BAD_FRAME


async def test_another_first_frame_than_hello_is_no_token(stack: Stack, cast: Cast) -> None:
    from tests.peers import _connected

    async with _connected(stack, f"/c/{cast.acme.room_token}/socket", {}) as peer:
        await peer.send(Look())
        assert await peer.closed() == CloseCode.BAD_TOKEN


async def test_a_silent_socket_is_closed(stack: Stack, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.peers import _connected

    monkeypatch.setattr(sockets, "HELLO_WITHIN", 0.1)
    async with _connected(stack, f"/c/{cast.acme.room_token}/socket", {}) as peer:
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
    cids = [await vera.say(chat, str(number)) for number in range(450)]
    await vera.got(Ack, lambda ack: ack.cid == cids[-1])
    after, pages = 0, []
    while True:
        page = await vera.resume(chat, after)
        pages.append(len(page.entries))
        after = page.entries[-1].seq
        if not page.more:
            break
    assert pages == [200, 200, 51]
    assert after == 451


@pytest.mark.parametrize("after", [-5, 10**6])
async def test_a_strange_position_is_harmless(vera: Peer, after: int) -> None:
    chat = await vera.open()
    page = await vera.resume(chat, after)
    assert len(page.entries) == (1 if after < 0 else 0)


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
