"""uvicorn, but the app drains first: uvicorn's own stop closes every socket at once and without a word."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn


class DrainingServer(uvicorn.Server):
    """The first SIGTERM or SIGINT drains, then stops; the second one ends the process at once."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._drain = drain
        self._loop: asyncio.AbstractEventLoop | None = None
        self._draining: asyncio.Task[None] | None = None
        self._was_asked = False
        self._drained = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()

    async def main_loop(self) -> None:
        """Once a second, for the date in the headers; uvicorn's own wakes the process ten times."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._drained.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._was_asked:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self._was_asked = True
        if self._loop is None:
            self.should_exit = True
        else:
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        self._draining = asyncio.create_task(self._drain_and_exit())

    async def _drain_and_exit(self) -> None:
        try:
            await self._drain()
        finally:
            self.should_exit = True
            self._drained.set()
