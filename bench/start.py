"""python -m bench.start: from a visitor's click to the card on an agent's screen, and to the open chat. One JSON line."""

import argparse
import json
import time
from statistics import median, quantiles

import uvloop

from bench.chatbench_driver import Driver
from bench.generator import Row, core
from bench.stack import Stack, a_stack

LIMITS = {"card_p50_ms_limit": 20}
MOST_AT_ONCE = 4


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.start", description=__doc__)
    parser.add_argument("--chats", type=int, default=60, help="of each kind")
    given = parser.parse_args()
    with a_stack(agents=6) as stack:
        print(json.dumps(uvloop.run(_measure(stack, given.chats))))


async def _measure(stack: Stack, chats: int) -> Row:
    driver = Driver(stack.options() | {"per_agent": str(max(1, chats // 6))})
    try:
        await driver.setup(chats)
        await driver.ring(0)  # what the first one loads
        busy = core.busy_cores()
        began = time.perf_counter()
        cards = [await driver.ring(number) for number in range(chats)]
        _, starts = await core.open_chats(driver, chats, MOST_AT_ONCE)
        cores = (core.busy_cores() - busy) / (time.perf_counter() - began)
    finally:
        await driver.close()
    return {
        "bench": "start",
        "chats": chats,
        **_figures("card", cards),
        **LIMITS,
        **_figures(f"open_{MOST_AT_ONCE}_at_once", starts),
        "busy_cores": round(cores, 2),
    }


def _figures(name: str, ms: list[float]) -> Row:
    return {f"{name}_p50_ms": round(median(ms), 2), f"{name}_p95_ms": round(quantiles(ms, n=20)[-1], 2)}


if __name__ == "__main__":
    main()
