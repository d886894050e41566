"""First Answer wins; slots are never exceeded; everybody else is told why (DESIGN 6)."""

import asyncio
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select, update

from switchboard.chats.actions import end_by_agent, end_by_visitor, open_chat
from switchboard.chats.lifecycle import IllegalMoveError
from switchboard.chats.models import Chat
from switchboard.errors import ConflictError, NotFoundError
from switchboard.infra.db import Database
from switchboard.presence.actions import choose, introduce
from switchboard.presence.models import Presence
from switchboard.protocol import Availability, ChatStatus, Code, Open
from tests.cast import Cast, a_cid
from tests.chats.scene import a_visitor, a_waiting_chat, answered_by, connect, stored


async def used(superuser: asyncpg.Connection) -> dict[str, int]:
    rows = await superuser.fetch("select a.name, p.used from presence p join agent a on a.id = p.agent_id")
    return {row[0]: row[1] for row in rows}


async def test_two_agents_race_and_the_loser_reads_who_won(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    for _ in range(20):
        chat, _ = await a_waiting_chat(database, cast.acme)
        attempts = (answered_by(database, cast.acme, name, chat) for name in ("Ben", "Cara"))
        results = await asyncio.gather(*attempts, return_exceptions=True)
        losers = [result for result in results if isinstance(result, ConflictError)]
        assert [loser.code for loser in losers] == [Code.ALREADY_TAKEN]
        winner = await superuser.fetchval("select a.name from chat c join agent a on a.id = c.agent_id where c.id = $1", chat)
        assert losers[0].message == f"{winner} already took this chat."
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await end_by_agent(tx, cast.acme.agents[winner], chat)
    assert set((await used(superuser)).values()) == {0}


async def test_answering_twice_from_two_devices_is_one_answer(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    chat, _ = await a_waiting_chat(database, cast.acme)
    await asyncio.gather(*(answered_by(database, cast.acme, "Ben", chat) for _ in range(3)))
    assert (await used(superuser))["Ben"] == 1
    assert [kind for _, kind in await stored(superuser, chat)] == ["Does an M fit me?", "answered"]


async def test_capacity_is_never_exceeded(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    chats = [(await a_waiting_chat(database, cast.acme))[0] for _ in range(8)]
    results = await asyncio.gather(*(answered_by(database, cast.acme, "Ben", chat) for chat in chats), return_exceptions=True)
    codes = [result.code for result in results if isinstance(result, ConflictError)]
    assert codes == [Code.AT_CAPACITY] * 4
    assert (await used(superuser))["Ben"] == 4
    assert await superuser.fetchval("select count(*) from chat where status = 'waiting'") == 4


async def test_ending_frees_the_slot_once(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    chat, visitor = await a_waiting_chat(database, cast.acme)
    await answered_by(database, cast.acme, "Ben", chat)

    async def by_agent() -> None:
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await end_by_agent(tx, cast.acme.agents["Ben"], chat)

    async def by_visitor() -> None:
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await end_by_visitor(tx, visitor, chat)

    results = await asyncio.gather(by_agent(), by_visitor(), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [IllegalMoveError]
    assert (await used(superuser))["Ben"] == 0
    assert (await stored(superuser, chat))[-1][1] == "ended"


async def test_leaving_while_waiting_abandons_the_chat(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    chat, visitor = await a_waiting_chat(database, cast.acme)
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await end_by_visitor(tx, visitor, chat)
    assert await superuser.fetchval("select status from chat where id = $1", chat) == ChatStatus.ABANDONED
    with pytest.raises(IllegalMoveError):
        await answered_by(database, cast.acme, "Ben", chat)


async def test_nobody_online_refuses_and_stores_nothing(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    visitor = await a_visitor(database, cast.acme)
    await connect(database, cast.acme, "Ben")
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await choose(tx, cast.acme.agents["Ben"], Availability.OFFLINE)
    wanted = Open(cid=a_cid(), name="Vera", question="Anyone?")
    with pytest.raises(ConflictError) as refusal:
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await open_chat(tx, cast.acme.room_id, visitor, wanted)
    assert refusal.value.code == Code.NOBODY_ONLINE
    assert await superuser.fetchval("select count(*) from chat") == 0


async def test_a_second_question_of_a_waiting_visitor_joins_the_first_chat(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    chat, visitor = await a_waiting_chat(database, cast.acme)
    again = Open(cid=a_cid(), name="Vera", question="Hello?")
    for _ in range(2):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            assert await open_chat(tx, cast.acme.room_id, visitor, again) == chat
    assert await stored(superuser, chat) == [(1, "Does an M fit me?"), (2, "Hello?")]


async def test_two_tabs_asking_at_once_share_one_chat(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    await connect(database, cast.acme, "Ben")
    for _ in range(10):
        visitor = await a_visitor(database, cast.acme)

        async def ask(question: str, visitor: UUID = visitor) -> UUID:
            async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
                return await open_chat(tx, cast.acme.room_id, visitor, Open(cid=a_cid(), name="Vera", question=question))

        chats = await asyncio.gather(*(ask(str(tab)) for tab in range(3)))
        assert len(set(chats)) == 1
        assert sorted(text for _, text in await stored(superuser, chats[0])) == ["0", "1", "2"]


async def test_a_question_sent_again_after_the_end_makes_no_second_chat(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    chat, visitor = await a_waiting_chat(database, cast.acme)
    again = Open(cid=a_cid(), name="Vera", question="Hello?")
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await open_chat(tx, cast.acme.room_id, visitor, again)
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await end_by_visitor(tx, visitor, chat)
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        assert await open_chat(tx, cast.acme.room_id, visitor, again) == chat
    assert (await stored(superuser, chat))[-1][1] == "ended"


async def test_leaving_while_an_agent_answers_ends_the_chat(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    for _ in range(10):
        chat, visitor = await a_waiting_chat(database, cast.acme)

        async def leave(chat: UUID = chat, visitor: UUID = visitor) -> None:
            async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
                await end_by_visitor(tx, visitor, chat)

        left, _ = await asyncio.gather(leave(), answered_by(database, cast.acme, "Ben", chat), return_exceptions=True)
        assert left is None
        assert await superuser.fetchval("select status from chat where id = $1", chat) in ("closed", "abandoned")
    assert (await used(superuser))["Ben"] == 0


async def test_an_agent_of_no_room_gets_no_chat_of_it(database: Database, cast: Cast, superuser: asyncpg.Connection) -> None:
    chat, _ = await a_waiting_chat(database, cast.acme)
    await superuser.execute("delete from assignment where agent_id = $1", cast.acme.agents["Cara"])
    with pytest.raises(NotFoundError):
        await answered_by(database, cast.acme, "Cara", chat)
    assert await superuser.fetchval("select status from chat where id = $1", chat) == ChatStatus.WAITING


async def test_introducing_a_known_agent_again_changes_nothing(database: Database, cast: Cast) -> None:
    ben = cast.acme.agents["Ben"]
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await tx.session.execute(update(Presence).where(Presence.agent_id == ben).values(capacity=9))
        await introduce(tx, ben)
        assert await tx.session.scalar(select(Presence.capacity).where(Presence.agent_id == ben)) == 9
        assert await tx.session.scalar(select(Chat.id)) is None
