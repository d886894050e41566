"""Webs stopped and started one after the other while people write: drained by the application, nothing lost, no send failed."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from switchboard.protocol import CloseCode
from tests.chaos import history
from tests.chaos.balancer import first_line
from tests.chaos.load import Load
from tests.chaos.parts import Part
from tests.chaos.run import Run, a_run
from tests.chaos.town import Plan, Town

VISITED_EVERY = 0.1


async def test_two_rolling_restarts_lose_nothing(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "two rolling restarts", Plan(bus="postgres")) as run:
        await roll(run, times=2, chats=10, rate=60)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_ten_rolling_restarts_lose_nothing(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "ten rolling restarts") as run:
        await run.town.let_agents_hold_any_number()
        await roll(run, times=10, chats=50, rate=100)


async def test_a_web_that_is_not_drained_is_noticed(tmp_path: Path, assets_dir: Path) -> None:
    """The control: kill -9 instead of SIGTERM."""
    async with a_run(tmp_path, assets_dir, "no drain", Plan(workers=0)) as run:
        await begin(run, chats=2, rate=60)
        await restart(run.town.webs[0], signal.SIGKILL)
        assert closed_otherwise(run) != set()


async def roll(run: Run, *, times: int, chats: int, rate: float) -> None:
    load = await begin(run, chats, rate)
    async with visiting(run.town) as failures:
        for _ in range(times):
            for web in run.town.webs:
                await restart(web, signal.SIGTERM)
    await load.finish()
    await run.must_be_flawless()
    assert failures() == []
    assert closed_otherwise(run) == set()


async def begin(run: Run, chats: int, rate: float) -> Load:
    await run.crowd.arrive()
    await run.crowd.open_chats(chats)
    load = Load(run.crowd, run.dice, count=0, rate=rate)
    load.start()
    return load


async def restart(web: Part, how: signal.Signals) -> None:
    web.kill(how)
    await web.gone()
    await web.start()


def closed_otherwise(run: Run) -> set[int | None]:
    """How lines ended that were not told to come back elsewhere."""
    lost = (link for link in run.notes.of(history.Link) if not link.is_live)
    return {link.code for link in lost} - {CloseCode.RESTART}


@asynccontextmanager
async def visiting(town: Town) -> AsyncIterator[Callable[[], list[str]]]:
    """Somebody opens a page every 100 ms, each time on a new connection; gives what went wrong."""
    failures: list[str] = []

    async def visit_for_ever() -> None:
        while True:
            try:
                answer = await first_line(town.balancer.port, "/sign-in", town.origin.removeprefix("http://"))
                if b" 200 " not in answer:
                    failures.append(repr(answer))
            except (OSError, TimeoutError) as error:
                failures.append(repr(error))
            await asyncio.sleep(VISITED_EVERY)

    visits = asyncio.create_task(visit_for_ever())
    try:
        yield lambda: failures
    finally:
        visits.cancel()
        with suppress(asyncio.CancelledError):
            await visits
