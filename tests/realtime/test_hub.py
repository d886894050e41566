"""The hub stops when it is told to, whatever comes in the same moment."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from typing import cast as typed

import pytest

from switchboard.realtime.hub import Hub


class QuietBus:
    """Says only that it listens again."""

    ready: Callable[[], None]

    async def start(self, _on_wakes: object, _on_words: object, ready: Callable[[], None]) -> None:
        self.ready = ready

    async def close(self) -> None:
        """There is nothing to close."""


@pytest.mark.parametrize("turns", range(6))
async def test_it_stops_in_the_very_moment_in_which_the_bus_comes_back(turns: int) -> None:
    """`asyncio.wait_for` of Python 3.11 would lose the cancellation, and the stop would wait for ever."""
    bus = QuietBus()
    hub = Hub(typed("Any", SimpleNamespace(read_after=None, read_desk=None)), typed("Any", bus))
    await hub.start()
    await asyncio.sleep(0.01)
    bus.ready()
    for _ in range(turns):
        await asyncio.sleep(0)
    closing = asyncio.create_task(hub.close())
    done, _ = await asyncio.wait({closing}, timeout=2)
    for task in hub._tasks:
        task.cancel()
    assert done
