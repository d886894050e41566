"""The load balancer: asks each web whether it is ready, as every real one does, and sends new connections to those that are."""

import asyncio
from contextlib import suppress

from tests.chaos.proxy import Proxy

ASKED_EVERY = 0.3
ANSWERS_WITHIN = 2.0


class Balancer(Proxy):
    """`targets` are the ready ones, or all when none is: then each may say for itself what is wrong."""

    def __init__(self, port: int, webs: list[int]) -> None:
        super().__init__(port, webs)
        self._webs = webs
        self._asking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await super().start()
        self._asking = asyncio.create_task(self._ask_for_ever())

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        await super().close()

    async def _ask_for_ever(self) -> None:
        while True:
            answers = await asyncio.gather(*(is_ready(port) for port in self._webs))
            ready = [port for port, is_well in zip(self._webs, answers, strict=True) if is_well]
            self.targets = ready or self._webs
            await asyncio.sleep(ASKED_EVERY)


async def is_ready(port: int) -> bool:
    """What /readyz says."""
    try:
        return b" 200 " in await first_line(port, "/readyz", "balancer")
    except (OSError, TimeoutError):
        return False


async def first_line(port: int, path: str, host: str) -> bytes:
    """Of the answer to a GET, on a connection of its own; empty when there was none. Raises OSError, TimeoutError."""
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n".encode())
            return await reader.readline()
    finally:
        if writer is not None:
            writer.close()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):  # wait_for of Python 3.11 may swallow a cancellation
                    await writer.wait_closed()
