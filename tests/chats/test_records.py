"""The customer panel: who reads which earlier chats, by which chat (docs/decisions/0014)."""

from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest

from switchboard.accounts.models import Role
from switchboard.chats import records
from switchboard.chats.records import PAGE, Reader, customer_record, earlier_entries
from switchboard.errors import NotFoundError
from switchboard.infra.db import Database
from switchboard.protocol import CustomerRecord, Text
from switchboard.rooms.actions import open_room
from switchboard.tenancy.actions import put_on
from tests.cast import PRICE_LIST, Cast, a_cid
from tests.chats.scene import Scene, a_scene
from tests.tenancy.earlier import an_earlier_chat


@pytest.fixture
async def scene(database: Database, cast: Cast) -> Scene:
    return await a_scene(database, cast.acme, "Ben")


async def record(database: Database, scene: Scene, reader: Reader, before: UUID | None = None) -> CustomerRecord:
    async with database.tenant_tx(scene.tenant, "test") as tx:
        return await customer_record(tx, reader, scene.chat, before)


def ben(cast: Cast, role: Role = Role.AGENT) -> Reader:
    return Reader(cast.acme.agents["Ben"], role)


async def test_a_new_customer_has_one_chat_and_no_earlier_ones(database: Database, cast: Cast, scene: Scene) -> None:
    found = await record(database, scene, ben(cast))
    assert (found.name, found.chats, found.earlier, found.more) == ("Vera", 1, [], False)


async def test_earlier_chats_come_latest_first_with_day_agent_and_room(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    chats = [await an_earlier_chat(superuser, scene.chat, days=days) for days in (3, 1, 2)]
    found = await record(database, scene, ben(cast))
    assert [one.chat for one in found.earlier] == [chats[1], chats[2], chats[0]]
    assert {(one.room, one.agent, one.question) for one in found.earlier} == {("GENERAL", "Ben", "Does an M fit me?")}
    assert found.chats == 4


async def test_a_long_history_comes_in_pages_without_gaps(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    chats = [await an_earlier_chat(superuser, scene.chat, days=1 + days // 2) for days in range(PAGE * 2 + 3)]
    seen: list[UUID] = []
    found = await record(database, scene, ben(cast))
    while True:
        seen += [one.chat for one in found.earlier]
        if not found.more:
            break
        found = await record(database, scene, ben(cast), seen[-1])
    assert len(seen) == len(chats)
    assert set(seen) == set(chats)


async def test_an_earlier_chat_is_read_whole(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    earlier = await an_earlier_chat(superuser, scene.chat)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        page = await earlier_entries(tx, ben(cast), scene.chat, earlier, 0)
    assert page.entries[0].body == Text(text="Does an M fit me?")
    assert page.more is False


async def test_who_is_not_in_the_chat_reads_nothing_of_its_customer(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    earlier = await an_earlier_chat(superuser, scene.chat)
    cara = Reader(cast.acme.agents["Cara"], Role.OWNER)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        with pytest.raises(NotFoundError):
            await customer_record(tx, cara, scene.chat)
        with pytest.raises(NotFoundError):
            await earlier_entries(tx, cara, scene.chat, earlier, 0)


async def elsewhere(database: Database, cast: Cast, superuser: asyncpg.Connection, chat: UUID) -> None:
    """This chat was Alice's, in a room that Ben does not serve."""
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("business"))
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        room = await open_room(tx, PRICE_LIST, f"Complaints {chat.hex[-4:]}")
    await superuser.execute(
        "update chat set room_id = $1, agent_id = $2 where id = $3", room.id, cast.acme.agents["Alice"], chat
    )


async def test_chats_of_rooms_that_an_agent_does_not_serve_are_not_theirs_to_read(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    earlier = await an_earlier_chat(superuser, scene.chat)
    await elsewhere(database, cast, superuser, earlier)
    found = await record(database, scene, ben(cast))
    assert (found.earlier, found.chats) == ([], 1)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        with pytest.raises(NotFoundError):
            await earlier_entries(tx, ben(cast), scene.chat, earlier, 0)
    for role in (Role.SUPERVISOR, Role.ADMIN, Role.OWNER):
        assert [one.chat for one in (await record(database, scene, ben(cast, role))).earlier] == [earlier]


async def test_without_the_rule_of_rooms_the_test_above_fails(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = await an_earlier_chat(superuser, scene.chat)
    await elsewhere(database, cast, superuser, earlier)
    monkeypatch.setattr(records, "SEE_ALL", frozenset(Role))
    assert [one.chat for one in (await record(database, scene, ben(cast))).earlier] == [earlier]


async def test_ones_own_earlier_chat_stays_readable_when_one_has_left_its_room(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    earlier = await an_earlier_chat(superuser, scene.chat)
    await elsewhere(database, cast, superuser, earlier)
    await superuser.execute("update chat set agent_id = $1 where id = $2", cast.acme.agents["Ben"], earlier)
    assert [one.chat for one in (await record(database, scene, ben(cast))).earlier] == [earlier]


async def test_another_customers_chat_a_later_one_and_an_open_one_are_no_earlier_chats(
    database: Database, cast: Cast, scene: Scene, superuser: asyncpg.Connection
) -> None:
    others = await an_earlier_chat(superuser, (await a_scene(database, cast.acme, "Cara")).chat)
    later = await an_earlier_chat(superuser, scene.chat, days=-1)
    still_open = await an_earlier_chat(superuser, scene.chat)
    await superuser.execute("update chat set status = 'active' where id = $1", still_open)
    assert (await record(database, scene, replace(ben(cast), role=Role.OWNER))).earlier == []
    for foreign in (others, later, still_open, scene.chat, a_cid()):
        async with database.tenant_tx(scene.tenant, "test") as tx:
            with pytest.raises(NotFoundError):
                await earlier_entries(tx, ben(cast, Role.OWNER), scene.chat, foreign, 0)
            with pytest.raises(NotFoundError):
                await customer_record(tx, ben(cast, Role.OWNER), scene.chat, foreign)
