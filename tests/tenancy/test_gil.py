"""Gil, the stranger, with every id of Acme in his hands: reads, lists, subscribes, posts: 404 and nothing changed."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import httpx
import pytest
from websockets.exceptions import InvalidStatus

from switchboard.protocol import (
    Answer,
    Answered,
    Availability,
    Choose,
    CloseCode,
    Code,
    Command,
    Current,
    End,
    Inbox,
    InboxChange,
    Look,
    Mark,
    Message,
    Open,
    Refused,
    Resume,
    Say,
    Status,
    Text,
)
from tests.cast import Cast, a_cid
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack

CANARY = "canary-of-acme"
COMMANDS = [Say, Resume, Mark, Answer, End]


@pytest.fixture
async def acme_chat(stack: Stack, cast: Cast) -> AsyncIterator[UUID]:
    """Vera texts with Ben; both stay connected."""
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open(question=CANARY)
        await vera.resume(chat)
        await ben.answer(chat)
        await vera.got(Message, lambda message: message.entry.body == Answered())
        await vera.said(chat, CANARY)
        yield chat


def command_on(chat: UUID, kind: type) -> Command:
    match kind.__name__:
        case "Say":
            return Say(cid=a_cid(), chat=chat, body=Text(text="Gil was here"))
        case "Resume":
            return Resume(chat=chat, after=0)
        case "Mark":
            return Mark(chat=chat, delivered=9, read=9)
        case _:
            return kind(chat=chat)


async def checksum(superuser: asyncpg.Connection, tenant: UUID) -> dict[str, str]:
    """Of every row that Acme has; leases tick by themselves."""
    sums: dict[str, str] = {}
    for table in ("chat", "party", "message", "customer", "directory", "room", "agent", "assignment"):
        query = f"select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from \"{table}\" t where tenant_id = $1"
        sums[table] = await superuser.fetchval(query, tenant)
    presence = (
        "select string_agg(agent_id::text || availability || used, ',' order by agent_id) from presence where tenant_id = $1"
    )
    return {**sums, "presence": await superuser.fetchval(presence, tenant)}


async def assert_refused(peer: Peer, command: Command, code: Code = Code.NO_CHAT) -> None:
    name = type(command).__name__.lower()
    await peer.send(command)
    assert (await peer.got(Refused, lambda refused: refused.command == name)).code is code
    assert CANARY not in repr([event for event in peer.events if not isinstance(event, Inbox | InboxChange)])


@pytest.mark.parametrize("kind", COMMANDS)
async def test_gil_cannot_touch_a_chat_of_acme(stack: Stack, cast: Cast, acme_chat: UUID, superuser, kind: type) -> None:
    before = await checksum(superuser, cast.acme.tenant_id)
    async with agent(stack, "globex", await cast.cookie("Gil")) as gil:
        await assert_refused(gil, command_on(acme_chat, kind))
    assert await checksum(superuser, cast.acme.tenant_id) == before


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind is not Answer])
async def test_another_visitor_cannot_touch_veras_chat(
    stack: Stack, cast: Cast, acme_chat: UUID, superuser, kind: type
) -> None:
    async with visitor(stack, cast.acme.room_token) as eve, visitor(stack, cast.globex.room_token) as stranger:
        before = await checksum(superuser, cast.acme.tenant_id)
        for peer in (eve, stranger):
            await assert_refused(peer, command_on(acme_chat, kind))
    assert await checksum(superuser, cast.acme.tenant_id) == before


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind is not Answer])
async def test_a_colleague_outside_the_chat_cannot_touch_it(
    stack: Stack, cast: Cast, acme_chat: UUID, superuser, kind: type
) -> None:
    before = await checksum(superuser, cast.acme.tenant_id)
    async with agent(stack, "acme", await cast.cookie("Cara")) as cara:
        await assert_refused(cara, command_on(acme_chat, kind))
    assert await checksum(superuser, cast.acme.tenant_id) == before


@pytest.mark.parametrize("command", [Answer(chat=a_cid()), Choose(availability=Availability.OFFLINE)])
async def test_a_visitor_has_no_commands_of_agents(stack: Stack, cast: Cast, command: Command) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        await assert_refused(vera, command, Code.NOT_ALLOWED)


async def test_an_agent_has_no_commands_of_visitors(stack: Stack, cast: Cast) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben:
        await assert_refused(ben, Open(cid=a_cid(), name="Ben", question="?"), Code.NOT_ALLOWED)


async def test_gils_inbox_lists_nothing_of_acme(stack: Stack, cast: Cast, acme_chat: UUID) -> None:
    async with agent(stack, "globex", await cast.cookie("Gil")) as gil:
        inbox = await gil.got(Inbox)
        assert inbox.cards == []
        assert [mate.name for mate in inbox.team] == ["Gil"]
        await gil.send(Look())
        await gil.got(Inbox, lambda again: again is not inbox)
        assert CANARY not in repr(gil.events)


async def test_a_visitor_of_globex_sees_nothing_of_acme(stack: Stack, cast: Cast, acme_chat: UUID) -> None:
    async with visitor(stack, cast.globex.room_token) as stranger:
        assert (await stranger.got(Status)).agents == []
        assert (await stranger.got(Current)).chat is None


@pytest.mark.parametrize("path", ["/console/acme", "/console/acme/inbox", "/console/nowhere/inbox"])
async def test_gil_gets_404_from_acmes_console(stack: Stack, cast: Cast, path: str) -> None:
    async with httpx.AsyncClient(base_url=stack.origin, cookies={"sb_session": await cast.cookie("Gil")}) as client:
        response = await client.get(path)
        assert response.status_code == 404
        assert "Acme" not in response.text


async def test_gil_gets_404_from_acmes_socket_before_it_is_accepted(stack: Stack, cast: Cast) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        async with agent(stack, "acme", await cast.cookie("Gil")):
            pass
    assert refusal.value.response.status_code == 404


async def test_a_socket_without_a_session_is_closed_with_4501(stack: Stack) -> None:
    async with agent(stack, "acme", "no such session") as nobody:
        assert await nobody.closed() == CloseCode.SIGNED_OUT


async def test_a_visitors_token_opens_no_other_tenants_room(stack: Stack, cast: Cast) -> None:
    token = await visitor_token(stack, cast.acme.room_token)
    async with visitor(stack, cast.globex.room_token, token) as peer:
        assert await peer.closed() == CloseCode.BAD_TOKEN


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "../../etc", "\x00"])
async def test_an_invented_token_is_closed_with_4504(stack: Stack, cast: Cast, token: str) -> None:
    async with visitor(stack, cast.acme.room_token, token or " ") as peer:
        assert await peer.closed() == CloseCode.BAD_TOKEN
    await asyncio.sleep(0)
