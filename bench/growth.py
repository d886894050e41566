"""python -m bench.growth: does a message cost the same with more chats, more tenants, more that is stored? One JSON line.

The rate is the same throughout. CPU is that of web and Postgres together, with all that goes on besides; `idle_cpu_ms_per_s` is
what goes on without messages. The floor runs beside the first series with as many sockets.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import uvloop

from bench.floor import Floor, a_floor
from bench.generator import Base, Roots, Row, core, floor_driver
from bench.growth_report import Series, report
from bench.stack import Stack, a_stack
from bench.stored import store
from bench.tenants import Tenants, addresses, signed_in

FEW_TENANTS = 10  # an agent's desk shows 500 chats: more go to several tenants
FEW_CHATS = 50
CHATS_OF_TENANTS = 400
STARTED_AT_ONCE = 8
PER_AGENT = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """`chats`, `tenants`, `stored`: the sizes of each series. `rate`: messages per second in all."""

    series: list[str]
    rounds: int = 3
    seconds: float = 10
    rate: float = 200
    chats: list[int] = field(default_factory=lambda: [50, 500, 2_000])
    tenants: list[int] = field(default_factory=lambda: [1, 100, 1_000])
    stored: list[int] = field(default_factory=lambda: [10_000, 1_000_000])


def main() -> None:
    plan = _plan()
    measures = {"chats": _chats, "tenants": _tenants, "stored": _stored}
    print(json.dumps({"bench": "growth", "rate": plan.rate} | report([measures[name](plan) for name in plan.series])))


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("--only", choices=["chats", "tenants", "stored"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of each run")
    parser.add_argument("--ten-million", action="store_true", help="stored messages: 10 million instead of one")
    parser.add_argument("--quick", action="store_true", help="does the bench still run? Its figures mean nothing")
    given = parser.parse_args()
    series = [given.only] if given.only else ["chats", "tenants", "stored"]
    if given.quick:
        return Plan(series, 1, 1, 50, chats=[5, 20], tenants=[1, 3], stored=[1_000, 5_000])
    stored = [10_000, 10_000_000 if given.ten_million else 1_000_000]
    return Plan(series, given.rounds, given.seconds, stored=stored)


def _chats(plan: Plan) -> Series:
    series = Series("chats")
    with a_stack(1, tenants=FEW_TENANTS) as stack, a_floor(stack.administrator) as floor:
        uvloop.run(_with_tenants(stack, FEW_TENANTS, lambda driver: _more_chats(plan, series, stack, driver)))
        uvloop.run(_floor_beside(plan, series, stack, floor))
    return series


async def _more_chats(plan: Plan, series: Series, stack: Stack, driver: Base) -> None:
    chats: list[Any] = []
    for size in plan.chats:
        chats += await _started(driver, range(len(chats), size))
        await _run(plan, series.ours.setdefault(size, []), stack, driver, chats)


async def _floor_beside(plan: Plan, series: Series, stack: Stack, floor: Floor) -> None:
    roots = {"floor": [floor.pid], "postgres": [stack.postgres]}
    for size in plan.chats:
        driver = floor_driver({"url": floor.url, "per_agent": str(PER_AGENT)})
        await driver.setup(size)
        chats = await _started(driver, range(size))
        for _ in range(plan.rounds):
            row, _ = await core.measure(driver, size, plan.rate, plan.seconds, chats=chats, roots=roots)
            series.floor.setdefault(size, []).append(row)
        await driver.close()


def _tenants(plan: Plan) -> Series:
    series = Series("tenants")
    chats = min(CHATS_OF_TENANTS, plan.chats[-1])
    with a_stack(1, tenants=max(plan.tenants)) as stack:
        for size in plan.tenants:

            async def measure(driver: Base, size: int = size) -> None:
                started = await _started(driver, range(chats))
                await _run(plan, series.ours.setdefault(size, []), stack, driver, started)

            uvloop.run(_with_tenants(stack, size, measure))
    return series


def _stored(plan: Plan) -> Series:
    series = Series("stored")

    async def measure(driver: Base) -> None:
        chats = await _started(driver, range(min(FEW_CHATS, plan.chats[-1])))
        before = 0
        for size in plan.stored:
            await store(stack.administrator, size - before)
            before = size
            await _run(plan, series.ours.setdefault(size, []), stack, driver, chats)

    with a_stack(1, tenants=FEW_TENANTS) as stack:
        uvloop.run(_with_tenants(stack, FEW_TENANTS, measure))
    return series


async def _with_tenants(stack: Stack, tenants: int, work: Callable[[Base], Any]) -> None:
    driver = Tenants(stack, (await addresses(stack.administrator))[:tenants], await signed_in(stack))
    try:
        await driver.setup(1)
        await work(driver)
    finally:
        await driver.close()


async def _started(driver: Base, numbers: range) -> list[Any]:
    places = asyncio.Semaphore(STARTED_AT_ONCE)

    async def start(number: int) -> Any:
        async with places:
            return await driver.start_chat(number)

    return await asyncio.gather(*(start(number) for number in numbers))


async def _run(plan: Plan, rows: list[Row], stack: Stack, driver: Base, chats: list[Any]) -> None:
    connection: Any = await asyncpg.connect(stack.administrator)
    await connection.execute("vacuum analyze")
    await connection.close()
    for _ in range(plan.rounds):
        idle = await _idle(stack.roots, plan.seconds / 2)
        row, _ = await core.measure(driver, len(chats), plan.rate, plan.seconds, chats=chats, roots=stack.roots)
        rows.append(row | {"idle_cpu_ms_per_s": idle})
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)


async def _idle(roots: Roots, seconds: float) -> float:
    before = core.cpu_and_pss(roots)
    await asyncio.sleep(seconds)
    after = core.cpu_and_pss(roots)
    return round(1000 * sum(after[name][0] - before[name][0] for name in roots) / seconds, 2)


if __name__ == "__main__":
    main()
