"""Waiting in tests: for a fact, never for a time."""

import asyncio
import time
from collections.abc import Callable


def until(fact: Callable[[], object], within: float = 20.0) -> None:
    """Return as soon as `fact` holds; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not fact():
        assert time.monotonic() < deadline, f"not within {within:g} s"
        time.sleep(0.02)


async def comes_true(fact: Callable[[], object], within: float = 20.0) -> None:
    """The same for tests that share their loop with what they wait for."""
    async with asyncio.timeout(within):
        while not fact():
            await asyncio.sleep(0.005)
