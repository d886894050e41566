"""Due work is claimed by one at a time, comes back when its claimer is silent, ends done or as a dead letter (DESIGN 4.6)."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.due import Due, pause_after
from switchboard.infra.works import LEASE, GivenUpError, NotNowError, Works

KIND = "test"
LATER = LEASE + timedelta(seconds=1)


async def put(database: Database, count: int = 1) -> None:
    async with database.global_tx() as tx:
        for _ in range(count):
            await due.put(tx, KIND, uuid4())


async def claim(database: Database, limit: int = 100, after: timedelta = timedelta()) -> list[Due]:
    async with database.global_tx() as tx:
        later = due.GlobalTx(tx.session, tx.now + after)
        return await due.claim(later, [KIND], LEASE, limit)


async def test_claimers_at_once_share_the_work(database: Database) -> None:
    await put(database, 60)
    claims = await asyncio.gather(*(claim(database, 10) for _ in range(8)))
    ids = [row.id for claimed in claims for row in claimed]
    assert len(ids) == len(set(ids)) == 60


async def test_a_claim_hides_the_row_for_the_lease_and_no_longer(database: Database) -> None:
    await put(database)
    (first,) = await claim(database)
    assert await claim(database) == []
    (second,) = await claim(database, after=LATER)
    assert (first.id, first.attempts, second.attempts) == (second.id, 1, 2)


async def test_what_is_put_twice_is_due_once(database: Database) -> None:
    async with database.global_tx() as tx:
        the_same = uuid4()
        await due.put(tx, KIND, the_same)
        await due.put(tx, KIND, the_same)
    assert len(await claim(database)) == 1


async def test_an_older_claim_performs_nothing(database: Database) -> None:
    done: list[Due] = []

    async def note(claimed: Due) -> None:
        done.append(claimed)

    await put(database)
    (old,) = await claim(database)
    (new,) = await claim(database, after=LATER)
    works = Works(database, {KIND: note})
    await works.perform(old)
    assert done == []
    await works.perform(new)
    assert done == [new]


@pytest.mark.parametrize(("failure", "error"), [(NotNowError("SMTP 451"), "SMTP 451"), (KeyError("x"), "KeyError")])
async def test_a_failed_try_is_put_off_and_says_why(database: Database, failure: Exception, error: str) -> None:
    async def fail(_claimed: Due) -> None:
        raise failure

    await put(database)
    (claimed,) = await claim(database)
    await Works(database, {KIND: fail}).perform(claimed)
    async with database.global_tx() as tx:
        (row,) = await due.alive(tx)
        assert (row.error, row.dead_at) == (error, None)
        assert abs(row.due_at - (tx.now + pause_after(1))) < timedelta(seconds=5)


async def give_up(database: Database, failure: Exception, claimed: Due) -> None:
    async def fail(_claimed: Due) -> None:
        raise failure

    await Works(database, {KIND: fail}).perform(claimed)


async def test_a_dead_letter_is_listed_and_nobody_tries_it(database: Database) -> None:
    await put(database)
    (claimed,) = await claim(database)
    await give_up(database, GivenUpError("SMTP 550"), claimed)
    async with database.global_tx() as tx:
        (row,) = await due.dead(tx)
        assert (row.id, row.error) == (claimed.id, "SMTP 550")
    assert await claim(database, after=timedelta(days=30)) == []


async def test_a_revived_dead_letter_has_all_its_tries_again(database: Database) -> None:
    await put(database)
    (claimed,) = await claim(database)
    await give_up(database, GivenUpError("SMTP 550"), claimed)
    async with database.global_tx() as tx:
        assert await due.revive(tx, [claimed.id, uuid4()]) == [claimed.id]
    (again,) = await claim(database)
    assert (again.id, again.attempts) == (claimed.id, 1)


async def test_after_three_days_of_failures_it_is_given_up(database: Database) -> None:
    await put(database)
    (claimed,) = await claim(database)
    old = Due(KIND, None, claimed.id, claimed.since - timedelta(days=3, seconds=1), claimed.attempts)
    await give_up(database, NotNowError("SMTP 451"), old)
    async with database.global_tx() as tx:
        assert [row.error for row in await due.dead(tx)] == ["SMTP 451"]


def test_pauses_double_from_ten_seconds_to_six_hours() -> None:
    assert [pause_after(n).total_seconds() for n in (1, 2, 3, 12, 13, 100)] == [10, 20, 40, 20480, 21600, 21600]
