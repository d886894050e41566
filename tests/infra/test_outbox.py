"""A job leaves with the transaction that hands it over, and its effect is committed with its end (DESIGN 4.7)."""

import asyncio

import pytest
from sqlalchemy import func, select

from switchboard.customers.models import Customer
from switchboard.facts import TenantFounded
from switchboard.infra import due
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.due import Due
from switchboard.infra.ids import new_id
from switchboard.infra.outbox import KIND, Job, OutboxEntry, hand_over, perform
from switchboard.infra.works import LEASE
from switchboard.wiring.listeners import AFTER
from switchboard.wiring.work import jobs
from tests.cast import Cast


async def add_a_customer(tx: TenantTx, fact: TenantFounded) -> None:
    tx.session.add(Customer(id=new_id(), name="Vera", created_at=tx.now))
    await tx.session.flush()


async def fail_at_the_end(tx: TenantTx, fact: TenantFounded) -> None:
    await add_a_customer(tx, fact)
    raise ConnectionError


JOBS = {"add_a_customer": Job(TenantFounded, add_a_customer), "fail_at_the_end": Job(TenantFounded, fail_at_the_end)}


async def handed_over(database: Database, cast: Cast, job: str = "add_a_customer") -> Due:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await hand_over(tx, job, TenantFounded(cast.acme.tenant_id, cast.acme.agents["Alice"]))
    return await claimed(database)


async def claimed(database: Database) -> Due:
    async with database.global_tx() as tx:
        (row,) = await due.claim(tx, [KIND], LEASE, 10)
        return row


async def customers(database: Database, cast: Cast) -> tuple[int, int]:
    """(customers, jobs that are left)."""
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        count = select(func.count())
        made = await tx.session.scalar(count.select_from(Customer))
        return made or 0, await tx.session.scalar(count.select_from(OutboxEntry)) or 0


@pytest.fixture
async def quiet(database: Database, superuser) -> None:
    """What founding the cast handed over is done."""
    await superuser.execute("delete from outbox; delete from due; delete from mail")


@pytest.mark.usefixtures("quiet")
class TestJobs:
    async def test_a_rolled_back_action_hands_over_nothing(self, database: Database, cast: Cast) -> None:
        with pytest.raises(RuntimeError, match="changed my mind"):
            async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
                await hand_over(tx, "add_a_customer", TenantFounded(cast.acme.tenant_id, cast.acme.agents["Alice"]))
                raise RuntimeError("changed my mind")
        async with database.global_tx() as tx:
            assert await due.alive(tx) == []

    async def test_a_job_leaves_nothing_behind_but_its_effect(self, database: Database, cast: Cast) -> None:
        await perform(database, JOBS, await handed_over(database, cast))
        assert await customers(database, cast) == (1, 0)
        async with database.global_tx() as tx:
            assert await due.alive(tx) == []

    async def test_a_job_that_is_carried_twice_is_done_once(self, database: Database, cast: Cast) -> None:
        job = await handed_over(database, cast)
        await asyncio.gather(*(perform(database, JOBS, job) for _ in range(8)))
        await perform(database, JOBS, job)
        assert await customers(database, cast) == (1, 0)

    async def test_a_failed_job_has_done_nothing_and_stays(self, database: Database, cast: Cast) -> None:
        job = await handed_over(database, cast, "fail_at_the_end")
        with pytest.raises(ConnectionError):
            await perform(database, JOBS, job)
        assert await customers(database, cast) == (0, 1)

    async def test_a_listener_within_shares_the_transaction(self, database: Database, cast: Cast) -> None:
        database.within = {TenantFounded: [fail_at_the_end]}
        with pytest.raises(ConnectionError):
            async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
                tx.happened(TenantFounded(cast.acme.tenant_id, cast.acme.agents["Alice"]))
        assert await customers(database, cast) == (0, 0)
        database.within = {TenantFounded: [add_a_customer]}
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            tx.happened(TenantFounded(cast.acme.tenant_id, cast.acme.agents["Alice"]))
        assert await customers(database, cast) == (1, 0)


def test_every_listener_after_names_a_job_that_takes_its_fact(letters) -> None:
    known = jobs(letters)
    assert [(fact, name) for fact, names in AFTER.items() for name in names if known[name].fact is not fact] == []
