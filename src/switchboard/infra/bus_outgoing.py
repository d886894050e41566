"""The sending half of a bus: coalesces, and never holds up or fails who publishes."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

import msgspec

from switchboard.infra import metrics
from switchboard.infra.bus_packet import Wakes, Words, fits, packets

QUIET = 0.010
PAUSE_AFTER_LOSS = 0.5
LAST_WORDS = 1.0
MOST_WORDS = 200

log = logging.getLogger(__name__)


class Outgoing:
    """`say` gets payloads and raises when they may not have gone out."""

    def __init__(self, sender: str, say: Callable[[list[str]], Awaitable[None]]) -> None:
        self._me = sender
        self._say = say
        self._waiting: dict[str, int] = {}
        self._words: dict[str, bytes] = {}
        self._sending: asyncio.Task[None] | None = None
        self._pause_ends = 0.0
        self._lost = 0

    def publish(self, topic: str, seq: int) -> None:
        """At once when the last 10 ms were quiet, otherwise together with the others of these 10 ms."""
        self._waiting[topic] = max(seq, self._waiting.get(topic, 0))
        self._send()

    def tell(self, topic: str, word: bytes) -> None:
        """In the same 10 ms, after the wakes. What is over MOST_WORDS is dropped: later it would not be true any more."""
        if fits(topic, word) and (topic in self._words or len(self._words) < MOST_WORDS):
            self._words[topic] = word
            self._send()

    async def close(self) -> None:
        """Sends what waits, unless the server does not take it within a second."""
        if self._sending is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await self._sending

    def _send(self) -> None:
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_what_waits())

    async def _send_what_waits(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting or self._words:
                if (pause := self._pause_ends - loop.time()) > 0:
                    await asyncio.sleep(pause)
                wakes, self._waiting = list(self._waiting.items()), {}
                words, self._words = [(topic, msgspec.Raw(word)) for topic, word in self._words.items()], {}
                went_out = await self._went_out(wakes, words)
                self._pause_ends = loop.time() + (QUIET if went_out else PAUSE_AFTER_LOSS)
        finally:
            self._sending = None

    async def _went_out(self, wakes: Wakes, words: Words) -> bool:
        try:
            await self._say(packets(self._me, wakes, words))
        except Exception as error:
            if not self._lost:
                log.warning("wake-ups are being lost: %r", error)
            self._lost += len(wakes) + len(words)
            metrics.wakeups_lost.inc(len(wakes))
            return False
        if self._lost:
            log.info("wake-ups go out again, %d were lost", self._lost)
            self._lost = 0
        return True
