"""A pooled connection takes nothing of a tenant to the next one, whatever happened to the transaction before."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine

from switchboard.customers.models import Customer
from switchboard.infra import db
from switchboard.infra.db import CORE, Database, TenantTx, dialect_url
from switchboard.infra.ids import new_id
from switchboard.presence.actions import LEASE
from switchboard.settings import Settings
from switchboard.tenancy.actions import found
from switchboard.tenancy.business import Business
from tests.cast import PRICE_LIST, Cast, a_cid
from tests.chats.scene import a_scene

TENANTS, TASKS, CONNECTIONS = 20, 200, 5
# Past the first lock: what the connection itself shows is the question.
VISIBLE = text("select tenant_id, name from customer")
LEFT_BEHIND = text("select current_setting('app.tenant_id', true)")


class ChangedMindError(Exception):
    """Why a transaction rolls back."""


@dataclass
class Load:
    """Random transactions over one small pool, and what they saw that was not theirs."""

    database: Database
    tenants: list[UUID]
    dice: random.Random
    ended: Counter[str] = field(default_factory=Counter[str])
    foreign: int = 0

    async def run(self, transactions: int) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(TASKS):
                group.create_task(self._one_after_the_other(transactions // TASKS))

    async def _one_after_the_other(self, transactions: int) -> None:
        for _ in range(transactions):
            how = self.dice.choice(["commits", "commits", "rolls back", "savepoint", "cancelled", "timeout", "no tenant"])
            await self._ending(how, self._without_tenant() if how == "no tenant" else self._of_one_tenant(how))
            self.ended[how] += 1

    async def _ending(self, how: str, work: Coroutine[None, None, None]) -> None:
        with suppress(ChangedMindError, TimeoutError, asyncio.CancelledError):
            if how == "timeout":
                async with asyncio.timeout(self.dice.uniform(0, 0.05)):
                    await work
                return
            task = asyncio.create_task(work)
            if how == "cancelled":
                asyncio.get_running_loop().call_later(self.dice.uniform(0, 0.05), task.cancel)
            await task

    async def _of_one_tenant(self, how: str) -> None:
        tenant = self.dice.choice(self.tenants)
        async with self.database.tenant_tx(tenant, "test") as tx:
            tx.session.add(Customer(name=str(tenant), created_at=tx.now))
            await tx.session.flush()
            if how == "savepoint":
                with suppress(ChangedMindError):
                    async with tx.session.begin_nested():
                        await self._look(tx)
                        raise ChangedMindError
            await self._look(tx)
            if how == "rolls back":
                raise ChangedMindError

    async def _look(self, tx: TenantTx) -> None:
        rows = (await tx.session.execute(VISIBLE, execution_options=CORE)).all()
        entities = (await tx.session.scalars(select(Customer.name).limit(3))).all()
        self.foreign += sum(row != (tx.tenant_id, str(tx.tenant_id)) for row in rows)
        self.foreign += sum(name != str(tx.tenant_id) for name in entities)

    async def _without_tenant(self) -> None:
        async with self.database.global_tx() as tx:
            self.foreign += bool((await tx.session.execute(LEFT_BEHIND)).scalar_one())


@pytest.fixture
async def load(settings: Settings) -> AsyncIterator[Load]:
    engine = create_async_engine(
        dialect_url(settings.as_app), pool_size=CONNECTIONS, max_overflow=0, pool_timeout=60, hide_parameters=True
    )
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    database = Database(engine)
    tenants = [new_id() for _ in range(TENANTS)]
    for tenant in tenants:
        async with database.tenant_tx(tenant, "test") as tx:
            await found(tx, Business(name="x"), PRICE_LIST.free, [f"tenant-{tenant}"])
    yield Load(database, tenants, random.Random(seed))
    await engine.dispose()


async def misplaced(superuser: asyncpg.Connection) -> tuple[int, int]:
    """(rows under another tenant than the one that wrote them, rows)."""
    [[wrong, rows]] = await superuser.fetch("select count(*) filter (where name <> tenant_id::text), count(*) from customer")
    return wrong, rows


@pytest.mark.parametrize("transactions", [4_000, pytest.param(20_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
async def test_no_transaction_sees_or_writes_rows_of_another_tenant(load: Load, superuser, transactions: int) -> None:
    await load.run(transactions)
    assert load.ended.total() == transactions
    assert load.foreign == 0
    wrong, stored = await misplaced(superuser)
    assert (wrong, stored > transactions / 4) == (0, True)


async def test_a_plain_set_is_seen_to_leak(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = text("select set_config('app.tenant_id', :tenant, false), now()")
    monkeypatch.setattr(db, "_BEGIN_TENANT", plain)
    await load.run(TASKS * 2)
    assert load.foreign > 0


async def test_a_missing_policy_is_seen_to_leak(load: Load, superuser) -> None:
    await superuser.execute("alter table customer disable row level security")
    try:
        await load.run(TASKS * 2)
    finally:
        await superuser.execute("alter table customer enable row level security")
    assert load.foreign > 0


async def test_the_pool_of_the_log_keeps_no_tenant(settings: Settings, database: Database, cast: Cast) -> None:
    scenes = [await a_scene(database, cast.acme, "Ben"), await a_scene(database, cast.globex, "Gil")]
    scenes.sort(key=lambda scene: scene.tenant)
    tenants, chats = [scene.tenant for scene in scenes], [scene.chat for scene in scenes]
    parties = [scene.visitor_party for scene in scenes]
    owners = {cast.acme.tenant_id: cast.acme.agents["Ben"], cast.globex.tenant_id: cast.globex.agents["Gil"]}
    agents = [owners[tenant] for tenant in tenants]
    dice = random.Random(1)
    pool = await asyncpg.create_pool(settings.as_app, min_size=2, max_size=2, reset=_leave_as_it_is)

    async def work() -> None:
        call = dice.choice(["append", "grown", "desks", "leases"])
        if call == "append":
            cids, bodies = [a_cid() for _ in scenes], ['{"kind": "text", "text": "hello"}' for _ in scenes]
            await pool.fetch("select * from append_messages($1, $2, $3, $4, $5)", tenants, chats, parties, cids, bodies)
        elif call == "grown":
            await pool.fetch("select * from grown($1, $2, $3)", tenants, chats, [0, 0])
        elif call == "desks":
            await pool.fetch("select * from desk_signatures($1)", tenants)
        else:
            await pool.fetch("select * from renew_leases($1, $2, $3)", tenants, agents, LEASE)

    for _ in range(300):
        task = asyncio.create_task(work())
        if dice.random() < 0.5:
            asyncio.get_running_loop().call_later(dice.uniform(0, 0.01), task.cancel)
        with suppress(asyncio.CancelledError):
            await task
        assert not await pool.fetchval("select current_setting('app.tenant_id', true)")
    await pool.close()


async def _leave_as_it_is(_connection: object) -> None:
    """As in wiring."""
