"""python -m bench.idle: what visitors cost who are connected and do nothing. One JSON line; progress on stderr."""

import argparse
import asyncio
import json
import sys
import time

import uvloop

from bench.chatbench_driver import Driver
from bench.generator import Roots, Row, core
from bench.stack import Stack, a_stack

SETTLES_WITHIN_S = 2
WARM_UP = 100
LIMITS = {"kib_per_idle_visitor_limit": 52.4, "cpu_pct_core_per_1000_idle_limit": 0.5}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.idle", description=__doc__)
    parser.add_argument("--visitors", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=50, help="of watching; two pings of each socket by default")
    given = parser.parse_args()
    with a_stack(agents=1) as stack:
        print(json.dumps(uvloop.run(_measure(stack, given.visitors, given.seconds))))


async def _measure(stack: Stack, visitors: int, seconds: float) -> Row:
    roots = stack.roots
    driver = Driver(stack.options())
    try:
        await driver.setup(1)  # somebody is at the console: the business is open
        await driver.idle(WARM_UP)  # what the first visitor loads is not what a visitor costs
        await asyncio.sleep(SETTLES_WITHIN_S)
        memory_before = core.cpu_and_pss(roots)
        cpu_before = await _cpu_pct(roots, seconds / 2)
        connecting = time.perf_counter()
        await driver.idle(visitors)
        print(f"{visitors} visitors came in {time.perf_counter() - connecting:.1f} s", file=sys.stderr)
        await asyncio.sleep(SETTLES_WITHIN_S)
        cpu = await _cpu_pct(roots, seconds)
        memory = core.cpu_and_pss(roots)
    finally:
        await driver.close()
    kib = {name: round((memory[name][1] - memory_before[name][1]) * 1024 / visitors, 1) for name in roots}
    return {
        "bench": "idle",
        "visitors": visitors,
        "kib_per_idle_visitor": kib["web"],
        "visitors_per_gib": round(2**20 / kib["web"]),
        "cpu_pct_core_per_1000_idle": round(sum(cpu.values()) * 1000 / (visitors + WARM_UP), 2),
        **LIMITS,
        "cpu_pct_core": cpu,
        "cpu_pct_core_before": cpu_before,
        "postgres_kib_per_idle_visitor": kib["postgres"],
        "web_mib": round(memory["web"][1], 1),
        "postgres_mib": round(memory["postgres"][1], 1),
    }


async def _cpu_pct(roots: Roots, seconds: float) -> dict[str, float]:
    """Per cent of a core over this time."""
    before, began = core.cpu_and_pss(roots), time.perf_counter()
    await asyncio.sleep(seconds)
    after, took = core.cpu_and_pss(roots), time.perf_counter() - began
    return {name: round(100 * (after[name][0] - before[name][0]) / took, 2) for name in roots}


if __name__ == "__main__":
    main()
