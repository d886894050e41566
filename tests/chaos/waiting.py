"""Waiting for facts inside a running loop."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(fact: Callable[[], Awaitable[bool]], within: float) -> None:
    """Returns as soon as it holds. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await fact():
            await asyncio.sleep(0.02)
