"""The log keeps every message once, in order, and says why it does not take one (DESIGN 5)."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import msgspec
import pytest

from switchboard.chats import group_commit
from switchboard.chats.actions import end_by_visitor
from switchboard.chats.group_commit import GroupCommit, Row, Stored
from switchboard.infra.db import Database
from switchboard.protocol import Code, Text
from switchboard.settings import Settings
from tests.cast import Cast, a_cid
from tests.chats.scene import Scene, a_scene, stored


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[asyncpg.Pool]:
    pool = await asyncpg.create_pool(settings.as_app, min_size=1, max_size=2)
    yield pool
    await pool.close()


@pytest.fixture
async def writer(pool: asyncpg.Pool) -> AsyncIterator[GroupCommit]:
    writer = GroupCommit(pool, patience=0.5)
    yield writer
    await writer.close()


def body(text: str) -> str:
    return msgspec.json.encode(Text(text=text)).decode()


async def append(
    writer: GroupCommit, scene: Scene, text: str, *, cid: UUID | None = None, party: UUID | None = None
) -> Stored | Code:
    result: asyncio.Future[Stored | Code] = asyncio.get_running_loop().create_future()
    row = Row(scene.tenant, scene.chat, party or scene.visitor_party, cid or a_cid(), body(text), result.set_result)
    return await result if writer.add(row) else Code.FULL


async def test_a_message_gets_the_next_seq(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme, "Alice")
    first, second = await append(writer, scene, "one"), await append(writer, scene, "two")
    assert isinstance(first, Stored)
    assert isinstance(second, Stored)
    assert (first.seq, second.seq) == (3, 4)
    assert await stored(superuser, scene.chat) == [(1, "Does an M fit me?"), (2, "answered"), (3, "one"), (4, "two")]


async def test_a_resend_returns_the_first_place(database: Database, cast: Cast, writer: GroupCommit) -> None:
    scene, cid = await a_scene(database, cast.acme), a_cid()
    first = await append(writer, scene, "one", cid=cid)
    await append(writer, scene, "two")
    assert await append(writer, scene, "one", cid=cid) == first


async def test_a_resend_in_the_same_batch_is_stored_once(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene, cid = await a_scene(database, cast.acme), a_cid()
    first, second = await asyncio.gather(append(writer, scene, "one", cid=cid), append(writer, scene, "one", cid=cid))
    assert first == second
    assert await stored(superuser, scene.chat) == [(1, "Does an M fit me?"), (2, "one")]


async def test_a_resend_after_the_end_still_returns_its_place(database: Database, cast: Cast, writer: GroupCommit) -> None:
    scene, cid = await a_scene(database, cast.acme, "Alice"), a_cid()
    first = await append(writer, scene, "one", cid=cid)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        await end_by_visitor(tx, scene.visitor, scene.chat)
    assert await append(writer, scene, "one", cid=cid) == first
    assert await append(writer, scene, "late") is Code.CLOSED


async def test_the_same_cid_of_another_party_is_another_message(database: Database, cast: Cast, writer: GroupCommit) -> None:
    scene, cid = await a_scene(database, cast.acme, "Alice"), a_cid()
    mine = await append(writer, scene, "one", cid=cid)
    theirs = await append(writer, scene, "one", cid=cid, party=scene.agent_party)
    assert isinstance(mine, Stored)
    assert isinstance(theirs, Stored)
    assert theirs.seq == mine.seq + 1


async def test_the_same_cid_with_another_body_is_refused(database: Database, cast: Cast, writer: GroupCommit) -> None:
    scene, cid = await a_scene(database, cast.acme), a_cid()
    await append(writer, scene, "one", cid=cid)
    assert await append(writer, scene, "two", cid=cid) is Code.CID_REUSED


async def test_an_absent_chat_takes_nothing(database: Database, cast: Cast, writer: GroupCommit) -> None:
    scene = await a_scene(database, cast.acme)
    scene.chat = a_cid()
    assert await append(writer, scene, "one") is Code.NO_CHAT


async def test_a_chat_of_another_tenant_does_not_exist(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme)
    scene.tenant = cast.globex.tenant_id
    assert await append(writer, scene, "one") is Code.NO_CHAT
    assert len(await stored(superuser, scene.chat)) == 1


async def test_a_stranger_to_the_chat_is_refused(database: Database, cast: Cast, writer: GroupCommit) -> None:
    assert await append(writer, await a_scene(database, cast.acme), "one", party=a_cid()) is Code.NOT_PARTY


async def test_a_nul_fails_alone_and_its_neighbours_are_stored(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme)
    results = await asyncio.gather(*(append(writer, scene, text) for text in ("a", "b", "\x00", "c", "d")))
    assert results[2] is Code.BAD_BODY
    assert [text for _, text in await stored(superuser, scene.chat)][1:] == ["a", "b", "c", "d"]


async def test_a_locked_chat_is_given_back_as_busy_after_a_while_in_order(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene, other = await a_scene(database, cast.acme), await a_scene(database, cast.acme)
    async with superuser.transaction():
        await superuser.execute("select 1 from chat where id = $1 for update", scene.chat)
        waiting = [asyncio.create_task(append(writer, scene, text)) for text in ("a", "b")]
        assert isinstance(await append(writer, other, "not held up"), Stored)
        assert await asyncio.gather(*waiting) == [Code.BUSY, Code.BUSY]
    assert isinstance(await append(writer, scene, "c"), Stored)


async def test_a_chat_that_is_locked_for_a_moment_keeps_its_order(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme)
    texts = [str(number) for number in range(60)]
    waiting: list[asyncio.Task[Stored | Code]] = []
    async with superuser.transaction():
        await superuser.execute("select 1 from chat where id = $1 for update", scene.chat)
        for text in texts[:50]:  # some of them while a flush with the earlier ones is in flight
            waiting.append(asyncio.create_task(append(writer, scene, text)))
            await asyncio.sleep(0.001)
    waiting += [asyncio.create_task(append(writer, scene, text)) for text in texts[50:]]
    await asyncio.gather(*waiting)
    assert [text for _, text in await stored(superuser, scene.chat)][1:] == texts


async def test_a_chat_is_given_back_with_what_has_arrived_since(writer: GroupCommit) -> None:
    tenant, chat, other = a_cid(), a_cid(), a_cid()
    results: list[tuple[str, Stored | Code]] = []

    def a_row(name: str, of: UUID, since: float) -> Row:
        return Row(tenant, of, a_cid(), a_cid(), body(name), lambda result: results.append((name, result)), since)

    now = asyncio.get_running_loop().time()
    writer._waiting = [a_row("later", chat, now), a_row("elsewhere", other, now)]
    kept = writer._give_up_on_old([a_row("old", chat, now - 60), a_row("young", chat, now)])
    assert results == [("old", Code.BUSY), ("young", Code.BUSY), ("later", Code.BUSY)]
    assert [row.chat for row in kept] == [other]
    assert writer._waiting == []


async def test_a_database_that_hangs_gives_rows_back(settings: Settings, database: Database, cast: Cast, superuser) -> None:
    scene = await a_scene(database, cast.acme)
    async with asyncpg.create_pool(settings.as_app, min_size=1, max_size=2, command_timeout=0.2) as hanging:
        writer = GroupCommit(hanging, patience=0.3)
        async with superuser.transaction():
            await superuser.execute("lock table message in access exclusive mode")
            async with asyncio.timeout(5):
                assert await append(writer, scene, "one") is Code.BUSY
        assert isinstance(await append(writer, scene, "two"), Stored)
        await writer.close()


async def test_a_full_waiting_list_refuses_at_once(
    database: Database, cast: Cast, writer: GroupCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_WAITING", 3)
    scene = await a_scene(database, cast.acme)
    results = await asyncio.gather(*(append(writer, scene, str(number)) for number in range(5)))
    assert [result is Code.FULL for result in results] == [False, False, False, True, True]


async def test_a_killed_backend_loses_and_doubles_nothing(
    database: Database, cast: Cast, writer: GroupCommit, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme)
    texts = [str(number) for number in range(300)]
    kill = (
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'app' and query like '%append_messages%'"
    )
    sending = [asyncio.create_task(append(writer, scene, text)) for text in texts]
    killed = 0
    while not all(task.done() for task in sending):
        killed += await superuser.fetchval(kill) if killed < 5 else 0
        sending += [asyncio.create_task(append(writer, scene, f"late {len(sending)}"))] if len(sending) < 330 else []
        await asyncio.sleep(0)
    results = await asyncio.gather(*sending)
    assert killed
    assert all(isinstance(result, Stored) for result in results)
    log = await stored(superuser, scene.chat)
    assert [seq for seq, _ in log] == list(range(1, len(sending) + 2))
    assert [text for _, text in log if text.isdigit()] == texts
    assert all(log[result.seq - 1][0] == result.seq for result in results if isinstance(result, Stored))


async def test_closing_stores_what_waits(
    database: Database, cast: Cast, pool: asyncpg.Pool, superuser: asyncpg.Connection
) -> None:
    scene = await a_scene(database, cast.acme)
    writer = GroupCommit(pool)
    waiting = [asyncio.create_task(append(writer, scene, str(number))) for number in range(50)]
    await asyncio.sleep(0)
    await writer.close()
    assert await append(writer, scene, "too late") is Code.FULL
    await asyncio.gather(*waiting)
    assert len(await stored(superuser, scene.chat)) == 51
