"""The listening half of a bus: connects again by itself for as long as it is open, and says so each time."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from switchboard.infra import metrics
from switchboard.infra.bus_company import Company
from switchboard.infra.bus_packet import Wakes, Words, decode

RECONNECT_AFTER = 0.5
START_WITHIN = 3.0

Heard = Callable[[str | bytes], None]
Ready = Callable[[], None]
OnWakes = Callable[[Wakes], None]
OnWords = Callable[[Words], None]
Listen = Callable[[Heard, Ready], Awaitable[None]]

log = logging.getLogger(__name__)


class Incoming:
    """`listen`: see `infra.bus.Link`."""

    def __init__(self, sender: str, company: Company, listen: Listen) -> None:
        self._me = sender
        self._company = company
        self._listen = listen
        self._listening: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()

    @property
    def is_connected(self) -> bool:
        return self._connected.is_set()

    async def start(self, on_wakes: OnWakes, on_words: OnWords, on_connected: Ready) -> None:
        """A server that is away holds up the start for 3 s only: without wake-ups all works, within 2 s instead of at once."""

        def ready() -> None:
            log.info("bus connected")
            metrics.bus_connected.set(1)
            metrics.bus_connects.inc()
            self._connected.set()
            on_connected()

        def heard(payload: str | bytes) -> None:
            try:
                packet = decode(payload)
                if packet.sender != self._me:
                    self._company.spoke()
                    on_wakes(packet.wakes)
                    on_words(packet.words)
            except Exception:  # of another release, or not ours at all
                log.exception("a wake-up could not be used")

        self._listening = asyncio.create_task(self._listen_for_ever(heard, ready))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_WITHIN):
                await self._connected.wait()

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        self._connected.clear()

    async def _listen_for_ever(self, heard: Heard, ready: Ready) -> None:
        is_known_to_be_away = False
        while True:
            try:
                await self._listen(heard, ready)
                reason = "closed by the server"
            except Exception as error:  # asyncpg also raises InternalClientError when its backend is killed
                reason = repr(error)
            self._company.is_out_of_hearing()
            if self.is_connected or not is_known_to_be_away:
                log.warning("bus not connected: %s", reason)
                is_known_to_be_away = True
            self._connected.clear()
            metrics.bus_connected.set(0)
            await asyncio.sleep(RECONNECT_AFTER)
