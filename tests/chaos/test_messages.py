"""Messages under kill -9, cut lines and a Postgres that dies: nothing lost, nothing doubled, in order, in time (QUALITY 2).

The controls take one protection out of the server and show that the checker notices.
"""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from tests.chaos import history
from tests.chaos.load import Load
from tests.chaos.nemesis import Nemesis, Wrath
from tests.chaos.run import Run, a_run
from tests.chaos.town import Bus, Plan
from tests.chaos.waiting import until

PATIENCE = 20.0
DEAF_LATEST = 3.0
TOO_LATE = 6.0
"""Longer than the checker's 5 s."""


async def test_ten_chats_survive_what_breaks_around_them(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "ten chats") as run:
        await run.crowd.arrive()
        await run.crowd.open_chats(10)
        await survive(run, messages=500, rate=25, wrath=Wrath(kills=5, restarts=2, cuts=20, stalls=1, buses=1))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("bus", ["valkey", "postgres"])
async def test_fifty_chats_survive_what_breaks_around_them(tmp_path: Path, assets_dir: Path, bus: Bus) -> None:
    async with a_run(tmp_path, assets_dir, "fifty chats", Plan(bus=bus)) as run:
        await run.town.let_agents_hold_any_number()
        await run.crowd.arrive()
        await run.crowd.open_chats(50)
        await survive(run, messages=10_000, rate=60, wrath=Wrath(kills=50, restarts=10, cuts=150, stalls=10, buses=10))


async def survive(run: Run, *, messages: int, rate: float, wrath: Wrath) -> None:
    load = Load(run.crowd, run.dice, messages, rate)
    load.start()
    with suppress(TimeoutError):  # nothing is acknowledged any more: the checker says what is missing
        await Nemesis(run.crowd, run.flight, run.notes, run.dice).strike(wrath)
    await load.finish()
    await run.must_be_flawless()
    done = Counter(fault.name for fault in run.notes.of(history.Fault))
    assert done["kill web"] == wrath.kills
    assert done["restart postgres"] == wrath.restarts
    assert done["cut"] + done["cut before the ack"] == wrath.cuts
    buses = ("restart valkey", "kill pubsub") if run.town.bus == "valkey" else ("kill listeners",)
    assert {done[name] for name in buses} == {wrath.buses}


async def test_an_ack_before_commit_is_noticed(tmp_path: Path, assets_dir: Path) -> None:
    """The control: acknowledged in memory, then the web is killed."""
    async with a_run(tmp_path, assets_dir, "ack before commit", Plan(1, workers=0, sabotage=("ack_before_commit",))) as run:
        await run.crowd.arrive(["Alice"])
        await run.crowd.open_chats(1)
        (chat, devices) = next(iter(run.crowd.chats.items()))
        web = run.town.webs[0]
        run.town.to_postgres.stall()
        cids = [device.write(chat) for device in devices for _ in range(3)]
        await until(acknowledged(run, *cids), PATIENCE)
        web.kill()
        await web.gone()
        run.town.to_postgres.cut()
        run.town.to_postgres.flow()
        await web.start()
        await run.crowd.all_live()
        await run.settle()
        assert "lost" in {violation.rule for violation in await run.verdict()}


async def test_a_server_that_does_not_know_a_message_again_is_noticed(tmp_path: Path, assets_dir: Path) -> None:
    """The control: stored, the ack is cut off, sent again."""
    async with a_run(tmp_path, assets_dir, "no dedupe", Plan(1, workers=0)) as run:
        async with run.town.superuser() as connection:
            await forget_cids(connection)
        await run.crowd.arrive(["Alice"])
        await run.crowd.open_chats(1)
        (chat, devices) = next(iter(run.crowd.chats.items()))
        nemesis = Nemesis(run.crowd, run.flight, run.notes, run.dice)
        cid = devices[0].write(chat)
        await nemesis.cut_before_the_ack()
        async with run.town.superuser() as connection:

            async def is_stored_again() -> bool:
                return await connection.fetchval("select count(*) from message where cid = $1", cid) > 1

            await until(is_stored_again, PATIENCE)
        assert "doubled" in {violation.rule for violation in await run.verdict()}


async def test_without_wake_ups_everything_is_still_in_time(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "deaf", Plan(workers=0, sabotage=("deaf",))) as run:
        await write_across(run)
        await run.must_be_flawless(latest=DEAF_LATEST)


async def test_without_wake_ups_and_comparison_lateness_is_noticed(tmp_path: Path, assets_dir: Path) -> None:
    """The control of the one above."""
    async with a_run(tmp_path, assets_dir, "deaf, no comparison", Plan(workers=0, sabotage=("deaf", "no_comparison"))) as run:
        await write_across(run)
        assert not await run.settle(TOO_LATE)
        assert {"late", "missing"} <= {violation.rule for violation in await run.verdict()}


async def write_across(run: Run) -> None:
    """One message of each device, in turn: devices of a chat sit on both webs."""
    await run.crowd.arrive(["Alice"])
    await run.crowd.open_chats(2)
    for chat, devices in run.crowd.chats.items():
        for device in devices:
            await until(acknowledged(run, device.write(chat)), PATIENCE)


def acknowledged(run: Run, *cids):
    async def are() -> bool:
        return {event.cid for event in run.notes.of(history.Acked)} >= set(cids)

    return are


async def forget_cids(connection: asyncpg.Connection) -> None:
    """Takes the dedupe out of the log: the constraint, and the clause of the function that leans on it."""
    constraint = await connection.fetchval(
        "select conname from pg_constraint where conrelid = 'message'::regclass and contype = 'u'"
    )
    body = await connection.fetchval("select pg_get_functiondef('append_messages'::regproc)")
    clause = "on conflict (tenant_id, chat_id, party_id, cid) do nothing"
    assert clause in body
    await connection.execute(f'alter table message drop constraint "{constraint}"')
    await connection.execute(body.replace(clause, ""))
