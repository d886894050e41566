"""The bus on LISTEN/NOTIFY: one connection that listens, one that notifies, both outside any pool and in autocommit.

NOTIFY limits a payload to 8,000 bytes and serialises commits, hence the own connection and the packets of at most 4 KB.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable

import asyncpg
import msgspec

from switchboard.infra.bus import Wakes
from switchboard.infra.ids import new_token

CHANNEL = "switchboard"
QUIET = 0.010
LARGEST_PAYLOAD = 4_000
RECONNECT_AFTER = 0.5
SLOWEST_S = 5.0
ASKED_EVERY_S = 30.0

log = logging.getLogger(__name__)


class Packet(msgspec.Struct, array_like=True):
    """One NOTIFY: who sent it, and what woke."""

    sender: str
    wakes: Wakes


class PostgresBus:
    """See `infra.bus.Bus`. `dsn` must lead to Postgres itself: LISTEN does not work through a transaction pooler."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._me = new_token()[:12]
        self._waiting: dict[str, int] = {}
        self._sending: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._sender: asyncpg.Connection | None = None

    async def start(self, on_wakes: Callable[[Wakes], None], on_connected: Callable[[], None]) -> None:
        """Connects before it returns, and again by itself for as long as it is open."""
        connected = asyncio.Event()

        def ready() -> None:
            connected.set()
            on_connected()

        self._listening = asyncio.create_task(self._listen(on_wakes, ready))
        await connected.wait()

    def publish(self, topic: str, seq: int = 0) -> None:
        """At once when the last 10 ms were quiet, otherwise together with the others of these 10 ms."""
        self._waiting[topic] = max(seq, self._waiting.get(topic, 0))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_until_quiet())

    async def close(self) -> None:
        """Sends what waits, then disconnects."""
        if self._sending is not None:
            await self._sending
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        if self._sender is not None:
            await self._sender.close(timeout=1)

    async def _send_until_quiet(self) -> None:
        try:
            while self._waiting:
                wakes, self._waiting = list(self._waiting.items()), {}
                try:
                    await self._notify(wakes)
                except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    log.warning("%d wake-ups lost: %r", len(wakes), error)
                    self._sender = None
                await asyncio.sleep(QUIET)
        finally:
            self._sending = None

    async def _notify(self, wakes: Wakes) -> None:
        if self._sender is None or self._sender.is_closed():
            self._sender = await asyncpg.connect(
                self._dsn, server_settings={"application_name": "switchboard bus"}, command_timeout=SLOWEST_S
            )
        for payload in packets(self._me, wakes):
            await self._sender.execute("select pg_notify($1, $2)", CHANNEL, payload)

    async def _listen(self, on_wakes: Callable[[Wakes], None], ready: Callable[[], None]) -> None:
        decode = msgspec.json.Decoder(Packet).decode

        def on_notify(*notice: object) -> None:
            packet = decode(str(notice[3]))
            if packet.sender != self._me:
                on_wakes(packet.wakes)

        while True:
            try:
                await self._listen_once(on_notify, ready)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # asyncpg also raises InternalClientError when its backend is killed
                log.warning("bus not connected: %r", error)
                await asyncio.sleep(RECONNECT_AFTER)

    async def _listen_once(self, on_notify: Callable[..., None], ready: Callable[[], None]) -> None:
        lost = asyncio.Event()

        def on_lost(*_connection: object) -> None:
            lost.set()

        connection = await asyncpg.connect(
            self._dsn, server_settings={"application_name": "switchboard listen"}, command_timeout=SLOWEST_S
        )
        try:
            connection.add_termination_listener(on_lost)
            await connection.add_listener(CHANNEL, on_notify)
            ready()
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), ASKED_EVERY_S)
                # A server that went away without a word closes nothing: ask, or listen to silence for ever.
                await connection.execute("select 1")
        finally:
            connection.terminate()


def packets(sender: str, wakes: Wakes) -> list[str]:
    """Payloads of at most 4 KB each."""
    found: list[str] = []
    part: Wakes = []
    size = 0
    for wake in wakes:
        cost = len(wake[0]) + 24
        if part and size + cost > LARGEST_PAYLOAD - 40:
            found.append(_encoded(sender, part))
            part, size = [], 0
        part.append(wake)
        size += cost
    return [*found, _encoded(sender, part)] if part else found


def _encoded(sender: str, wakes: Wakes) -> str:
    return msgspec.json.encode(Packet(sender, wakes)).decode()
