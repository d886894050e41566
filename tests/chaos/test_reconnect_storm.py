"""Every socket is cut at the same moment: all come back, the database's pool holds, nobody in a chat loses a word."""

import time
from pathlib import Path

import pytest

from tests.chaos import history
from tests.chaos.load import Load
from tests.chaos.parts import Part
from tests.chaos.run import Run, a_run
from tests.chaos.town import Plan
from tests.chaos.waiting import until

BACK_WITHIN = 60.0
ALL_BACK_WITHIN = 180.0
ARRIVING_AT_ONCE = 50


async def test_three_hundred_sockets_come_back_at_once(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "storm of 300", Plan(bus="postgres")) as run:
        await storm(run, sockets=300)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_two_thousand_sockets_come_back_at_once(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "storm of 2,000") as run:
        await storm(run, sockets=2_000)


async def storm(run: Run, sockets: int) -> None:
    await run.crowd.arrive()
    await run.crowd.open_chats(10)
    await idle_visitors(run, sockets)
    load = Load(run.crowd, run.dice, count=100, rate=50)
    load.start()
    unacked = await run.flight.some()
    # Until everybody is back nothing is promised but that they come back; from then on the 5 s hold.
    run.notes.note(history.Fault(name="cut everything", target="balancer", unacked=unacked, blinds=["*"]))
    cut_at = time.time()
    lost: set[str] = set()
    run.notes.listeners.append(lambda event: lost.add(event.device) if isinstance(event, history.Link) else None)
    run.town.balancer.cut()

    async def all_lost() -> bool:
        return lost >= run.crowd.devices.keys()

    await until(all_lost, BACK_WITHIN)
    await until(all_live(run), ALL_BACK_WITHIN)
    run.notes.note(history.Healed(name="cut everything", target="balancer"))
    await load.finish()
    await run.must_be_flawless()
    assert share_back(run, cut_at, BACK_WITHIN) >= 0.95
    print(f"{sum(map(pool_timeouts, run.town.webs))} times a greeting found no connection in the pool and was tried again")


async def idle_visitors(run: Run, count: int) -> None:
    """Each a visitor of its own, with one tab and no chat."""
    tokens = await run.crowd.tokens(count)
    for start in range(0, count, ARRIVING_AT_ONCE):
        for number, token in enumerate(tokens[start : start + ARRIVING_AT_ONCE], start):
            run.crowd.tab(f"Idle{number}", token, {})
        await until(all_live(run), BACK_WITHIN)


def all_live(run: Run):
    async def are() -> bool:
        return all(device.line.is_live for device in run.crowd.devices.values())

    return are


def share_back(run: Run, since: float, within: float) -> float:
    """Of all devices, those that were live again in time."""
    links = (link for link in run.notes.of(history.Link) if link.is_live and since < link.at < since + within)
    return len({link.device for link in links}) / len(run.crowd.devices)


def pool_timeouts(web: Part) -> int:
    return sum("sqlalchemy/pool/" in line and '"TimeoutError"' in line for line in web.log().splitlines())
