"""What is regular happens once per time, whoever of many workers does it, and is not forgotten by a failure."""

import asyncio
from datetime import timedelta

import pytest

from switchboard.infra import due, schedule
from switchboard.infra.db import Database, GlobalTx
from switchboard.infra.due import Due
from switchboard.infra.schedule import KIND, Regularly, enter
from switchboard.infra.works import LEASE, Works

HOUR = timedelta(hours=1)


async def turn(database: Database, entries: list[Regularly]) -> int:
    """Does everything that is due; how much it was."""
    async with database.global_tx() as tx:
        claimed = await due.claim(tx, [KIND], LEASE, 10)

    async def perform(row: Due) -> None:
        await schedule.perform(database, entries, row)

    await asyncio.gather(*(Works(database, {KIND: perform}).perform(row) for row in claimed))
    return len(claimed)


async def test_an_entry_is_due_at_once_and_then_again_after_its_time(database: Database, superuser) -> None:
    times: list[str] = []

    async def note(_tx: GlobalTx) -> None:
        times.append("now")

    entries = [Regularly("note", HOUR, note)]
    for _ in range(3):  # three workers start
        await enter(database, entries)
    assert [await turn(database, entries) for _ in range(2)] == [1, 0]
    left = await superuser.fetchval("select due_at - now() from due")
    assert timedelta(minutes=59) < left <= HOUR
    await superuser.execute("update due set due_at = due_at - interval '1 hour'")
    await turn(database, entries)
    assert times == ["now", "now"]


async def test_a_failure_is_tried_again_soon(database: Database, superuser) -> None:
    async def fail(_tx: GlobalTx) -> None:
        raise ConnectionError

    entries = [Regularly("fail", HOUR, fail)]
    await enter(database, entries)
    await turn(database, entries)
    assert await superuser.fetchval("select due_at - now() < interval '1 minute' from due")


async def test_an_entry_of_an_older_release_is_forgotten(database: Database, superuser) -> None:
    async def never(_tx: GlobalTx) -> None:
        pytest.fail("it is not in the schedule any more")

    await enter(database, [Regularly("old", HOUR, never)])
    await turn(database, [])
    assert await superuser.fetchval("select count(*) from due") == 0
