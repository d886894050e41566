"""The first lock: a TenantTx sees, stamps and changes its own tenant's rows only, and refuses to be misused (DESIGN 4.2)."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.orm import aliased

from switchboard.chats.models import Chat
from switchboard.customers.models import Customer
from switchboard.facts import DeskChanged, Fact
from switchboard.infra.db import Database
from switchboard.rooms.models import Room
from tests.cast import Cast, a_cid


def a_customer(**values: object) -> Customer:
    return Customer(name="Vera", created_at=datetime.now(UTC), **values)


@pytest.fixture
def without_policies(superuser):
    """The second lock off, so that the first is seen to hold by itself. Returns how to switch it."""

    async def switch(state: str) -> None:
        for table in ("room", "customer"):
            await superuser.execute(f"alter table {table} {state} row level security")

    return switch


async def test_every_kind_of_statement_sees_only_own_rows(database: Database, cast: Cast, without_policies) -> None:
    await without_policies("disable")
    try:
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            other = aliased(Room)
            assert [room.id for room in await tx.session.scalars(select(Room))] == [cast.acme.room_id]
            assert await tx.session.scalar(select(func.count()).select_from(Room)) == 1
            assert len((await tx.session.execute(select(Room.id, other.id).join(other, other.name == Room.name))).all()) == 1
            assert await tx.session.get(Room, (cast.globex.tenant_id, cast.globex.room_id)) is None
            await tx.session.execute(update(Room).values(name="RENAMED"))
            await tx.session.execute(delete(Customer))
        async with database.tenant_tx(cast.globex.tenant_id, "test") as tx:
            assert await tx.session.scalar(select(Room.name)) == "GENERAL"
    finally:
        await without_policies("enable")


async def test_new_rows_get_the_tenant(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        tx.session.add(a_customer())
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        assert await tx.session.scalar(select(Customer.tenant_id)) == cast.acme.tenant_id


async def test_a_row_of_another_tenant_is_refused_before_it_is_sent(database: Database, cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="another tenant"):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            tx.session.add(a_customer(tenant_id=cast.globex.tenant_id))


async def test_an_insert_for_another_tenant_is_refused_by_the_policy(database: Database, cast: Cast) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            row = {"tenant_id": cast.globex.tenant_id, "id": a_cid(), "name": "x", "created_at": tx.now}
            await tx.session.execute(insert(Customer).values(**row))


async def test_text_and_bare_tables_are_refused(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        with pytest.raises(RuntimeError, match="bypass"):
            await tx.session.execute(text("select * from chat"))
        with pytest.raises(RuntimeError, match="bypass"):
            await tx.session.execute(select(Chat.__table__))


async def test_actions_cannot_commit(database: Database, cast: Cast) -> None:
    with pytest.raises(InvalidRequestError, match="closed transaction"):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await tx.session.commit()
            await tx.session.execute(select(Room))


async def test_a_second_transaction_in_the_same_task_is_refused(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test"):
        with pytest.raises(RuntimeError, match="open in this task"):
            async with database.tenant_tx(cast.acme.tenant_id, "test"):
                pass

        async def in_a_task_of_its_own() -> None:
            async with database.tenant_tx(cast.acme.tenant_id, "test"):
                pass

        await asyncio.create_task(in_a_task_of_its_own())


async def test_savepoints_are_allowed(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        async with tx.session.begin_nested():
            tx.session.add(a_customer())
        assert await tx.session.scalar(select(func.count()).select_from(Customer)) == 1


async def test_facts_are_told_after_commit_and_never_after_a_rollback(database: Database, cast: Cast) -> None:
    told: list[Fact] = []
    database.listeners.append(told.extend)
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        tx.happened(DeskChanged(tx.tenant_id))
        assert told == []
    assert told == [DeskChanged(cast.acme.tenant_id)]
    with pytest.raises(ZeroDivisionError):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            tx.happened(DeskChanged(tx.tenant_id))
            raise ZeroDivisionError
    assert len(told) == 1


async def test_now_can_be_injected(database: Database, cast: Cast) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    async with database.tenant_tx(cast.acme.tenant_id, "test", now=noon) as tx:
        assert tx.now == noon
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        assert tx.now.tzinfo is not None


async def test_a_pooled_connection_keeps_no_tenant(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await tx.session.scalar(select(Room.id))
    with pytest.raises(DBAPIError):
        async with database.global_tx() as tx:
            await tx.session.execute(select(Room))
