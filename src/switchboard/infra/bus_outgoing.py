"""The sending half of a bus: coalesces, tries twice, and never holds up or fails who publishes."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from switchboard.infra import metrics
from switchboard.infra.bus import Wakes
from switchboard.infra.bus_packet import packets

QUIET = 0.010
PAUSE_AFTER_LOSS = 0.5
LAST_WORDS = 1.0

log = logging.getLogger(__name__)


class Outgoing:
    """`send` gets payloads; it raises when they did not go out and connects anew when called again."""

    def __init__(self, sender: str, send: Callable[[list[str]], Awaitable[None]]) -> None:
        self._me = sender
        self._send = send
        self._waiting: dict[str, int] = {}
        self._sending: asyncio.Task[None] | None = None
        self._lost = 0

    def publish(self, topic: str, seq: int) -> None:
        """At once when the last 10 ms were quiet, otherwise together with the others of these 10 ms."""
        self._waiting[topic] = max(seq, self._waiting.get(topic, 0))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_until_quiet())

    async def close(self) -> None:
        """Sends what waits, unless the server does not take it within a second."""
        if self._sending is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._sending, LAST_WORDS)

    async def _send_until_quiet(self) -> None:
        try:
            while self._waiting:
                wakes, self._waiting = list(self._waiting.items()), {}
                await asyncio.sleep(QUIET if await self._went_out(wakes) else PAUSE_AFTER_LOSS)
        finally:
            self._sending = None

    async def _went_out(self, wakes: Wakes) -> bool:
        try:
            await self._send_twice(packets(self._me, wakes))
        except Exception as error:
            if not self._lost:
                log.warning("wake-ups are being lost: %r", error)
            self._lost += len(wakes)
            metrics.wakeups_lost.inc(len(wakes))
            return False
        if self._lost:
            log.info("wake-ups go out again, %d were lost", self._lost)
            self._lost = 0
        return True

    async def _send_twice(self, payloads: list[str]) -> None:
        """A connection that was idle may have died unnoticed. Doubled wake-ups change nothing."""
        try:
            await self._send(payloads)
        except Exception:
            await self._send(payloads)
