"""Telling every socket to come back elsewhere: some now, some later, each after a pause of its own.

All at once would be a storm on the processes that are left (reference/reliability.md 4.7).
"""

import asyncio
import random
from collections.abc import Callable

from switchboard.protocol import Bye
from switchboard.realtime.connection import Connection, encode

COME_BACK_WITHIN_MS = 2_000
TICK = 0.1
SETTLED_WITHIN = 3.0
ANSWERED_WITHIN = 1.0
POLL = 0.01


async def say_farewell(connections: set[Connection], over_s: float) -> None:
    """Returns after `over_s` seconds, when all have gone: each told `bye`, everything taken from it acknowledged."""
    leaving = list(connections)
    ticks = max(1, int(over_s / TICK))
    size = max(1, -(-len(leaving) // ticks))
    batches = (leaving[start : start + size] for start in range(0, len(leaving), size))
    partings = [_part(batch, number * TICK) for number, batch in enumerate(batches)]
    await asyncio.gather(asyncio.sleep(over_s), *partings)
    # A peer that does not answer the close is not waited for long.
    await _until(lambda: not connections, ANSWERED_WITHIN)


async def _part(batch: list[Connection], after_s: float) -> None:
    await asyncio.sleep(after_s)
    for connection in batch:
        connection.leave(encode(Bye(retry_ms=random.randrange(COME_BACK_WITHIN_MS))))  # noqa: S311 - spreads load
    await _until(lambda: not any(connection.is_open for connection in batch), SETTLED_WITHIN)
    for connection in batch:
        connection.leave_now()


async def _until(fact: Callable[[], bool], within_s: float) -> None:
    deadline = asyncio.get_running_loop().time() + within_s
    while not fact() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - many facts, no events
        await asyncio.sleep(POLL)
