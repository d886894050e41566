"""python -m bench.messages: visitor → agent beside the floor, in interleaved rounds. One JSON line; progress on stderr."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import asyncpg
import uvloop

from bench.chatbench_driver import Driver
from bench.floor import Floor, a_floor
from bench.generator import Base, Roots, Row, core, floor_driver
from bench.rounds import Pair, at_capacity, faults, figures
from bench.stack import Stack, a_stack

T = TypeVar("T")
PER_AGENT = 10
CAPACITY_CHATS = 50
CAPACITY_P99_MS = 250
PER_CHATS = ("p50_ms", "p99_ms", "cpu_ms_per_message")
AT_CAPACITY = ("sustained_per_s", "cpu_ms_per_message")
LIMITS = {
    "ratio_p50_ms_limit": 1.7,
    "ratio_p99_ms_limit": 2.0,
    "ratio_sustained_per_s_at_least": 0.25,
    "ratio_cpu_ms_per_message_limit": 2.0,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `rates`: chats → messages per second in all. `tries`: how often a disturbed pair is repeated."""

    rounds: int
    seconds: float
    tries: int = 3
    rates: dict[int, float] = field(default_factory=lambda: {1: 10, 50: 40, 200: 40})
    lowest: float = 200
    highest: float = 40_000
    bus: str | None = None


@dataclass(frozen=True, slots=True)
class System:
    """Something that chatbench can load, and its processes."""

    driver: Callable[[], Base]
    roots: Roots


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of runs at a fixed rate by number of chats, and pairs of searches for the highest rate."""

    latency: dict[int, list[Pair]]
    capacity: list[Pair] = field(default_factory=list[Pair])


def main() -> None:
    plan = _plan()
    agents = max(plan.rates) // PER_AGENT or 1
    with a_stack(agents, plan.bus) as stack, a_floor(stack.administrator) as floor:
        systems = _systems(stack, floor)
        uvloop.run(_warm_up(plan, stack, systems))
        measured = uvloop.run(_measure(plan, *systems))
    print(json.dumps({"bench": "messages", "bus": plan.bus or "silent"} | report(measured)))


def report(measured: Measured) -> Row:
    """The line. Latency and CPU are those of the greatest number of chats."""
    latency = {chats: figures(pairs, PER_CHATS, ours_alone=["start_p50_ms"]) for chats, pairs in measured.latency.items()}
    capacity = figures(measured.capacity, AT_CAPACITY, ours_alone=["gen_cpu_share"])
    return {
        **faults([pair.ours for pairs in (*measured.latency.values(), measured.capacity) for pair in pairs]),
        **_beside_floor(latency[max(latency)], PER_CHATS),
        **_beside_floor(capacity, AT_CAPACITY[:1]),
        "spoiled": capacity["spoiled"] or any(row["spoiled"] for row in latency.values()),
        **LIMITS,
        "chats": latency,
        "capacity": {"chats": CAPACITY_CHATS, "p99_ms_limit": CAPACITY_P99_MS, **capacity},
    }


def _beside_floor(row: Row, names: Sequence[str]) -> Row:
    return {name: row[name] for figure in names for name in (figure, f"floor_{figure}", f"ratio_{figure}")}


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="bench.messages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of each latency run")
    parser.add_argument("--bus", choices=["postgres", "valkey"], help="a second web process listens: every message wakes it")
    parser.add_argument("--quick", action="store_true", help="does the bench still run? Its figures mean nothing")
    given = parser.parse_args()
    if given.quick:
        return Plan(rounds=1, seconds=1, tries=1, rates={1: 10, 10: 40}, lowest=100, highest=200, bus=given.bus)
    return Plan(given.rounds, given.seconds, bus=given.bus)


def _systems(stack: Stack, floor: Floor) -> tuple[System, System]:
    ours = stack.options() | {"per_agent": str(PER_AGENT)}
    broker = {"url": floor.url, "per_agent": str(PER_AGENT)}
    return (
        System(lambda: Driver(ours), stack.roots),
        System(lambda: floor_driver(broker), {"floor": [floor.pid], "postgres": [stack.postgres]}),
    )


async def _warm_up(plan: Plan, stack: Stack, systems: Sequence[System]) -> None:
    """Then tables are analysed, as autovacuum does within a minute: without statistics a message costs Postgres twice."""
    print("warming up; these figures do not count", file=sys.stderr)
    for system in systems:
        await _latency(system, max(plan.rates), 100, 1)
    connection = await asyncpg.connect(stack.administrator)
    await connection.execute("vacuum analyze")
    await connection.close()


async def _measure(plan: Plan, ours: System, floor: System) -> Measured:
    measured = Measured({chats: [] for chats in plan.rates})
    for number in range(plan.rounds):
        for chats, rate in plan.rates.items():
            for _ in range(plan.tries):
                rows = [await _latency(system, chats, rate, plan.seconds) for system in _in_turn(number, ours, floor)]
                measured.latency[chats].append(Pair(*_in_turn(number, *rows)))
                if not measured.latency[chats][-1].was_disturbed():
                    break
        rows = [await _capacity(system, plan) for system in _in_turn(number, ours, floor)]
        measured.capacity.append(Pair(*_in_turn(number, *rows)))
    return measured


def _in_turn(number: int, first: T, second: T) -> tuple[T, T]:
    """Every other round the other way about: a machine that slows down favours nobody."""
    return (second, first) if number % 2 else (first, second)


async def _latency(system: System, chats: int, rate: float, seconds: float) -> Row:
    driver = system.driver()
    try:
        await driver.setup(chats)
        row, _ = await core.measure(driver, chats, rate, seconds, roots=system.roots)
    finally:
        await driver.close()
    _log(row)
    return row | {"cpu_ms_per_message": row["server_cpu_ms_per_msg"]}


async def _capacity(system: System, plan: Plan) -> Row:
    driver = system.driver()
    try:
        await driver.setup(CAPACITY_CHATS)
        seconds = min(3.0, plan.seconds)
        summary, steps = await core.capacity(
            driver, CAPACITY_CHATS, CAPACITY_P99_MS, plan.lowest, plan.highest, seconds, system.roots, log=_log
        )
    finally:
        await driver.close()
    return at_capacity(summary, steps)


def _log(row: Row) -> None:
    print(json.dumps(row), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
