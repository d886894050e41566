"""The bus on LISTEN/NOTIFY: one connection that listens, one that notifies, both outside any pool and in autocommit.

NOTIFY serialises commits, hence the own connection and few, full packets.
"""

import asyncio
import contextlib

import asyncpg

from switchboard.infra.bus import OnConnected, OnWakes
from switchboard.infra.bus_company import COUNTED_EVERY_S, Company
from switchboard.infra.bus_incoming import Heard, Incoming
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.infra.bus_packet import CHANNEL, hello
from switchboard.infra.ids import new_token

SLOWEST_S = 5.0
LISTENER = "switchboard listen"

_COUNT = "select count(*) from pg_stat_activity where application_name = $1 and datname = current_database()"
_NOTIFY = "select pg_notify($1, $2)"


class PostgresBus:
    """See `infra.bus.Bus`. `dsn` must lead to Postgres itself: LISTEN does not work through a transaction pooler."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._me = new_token()[:12]
        self.company = Company()
        self._incoming = Incoming(self._me, self.company, self._listen)
        self._outgoing = Outgoing(self._me, self._notify)
        self._sender: asyncpg.Connection | None = None

    @property
    def is_connected(self) -> bool:
        return self._incoming.is_connected

    async def start(self, on_wakes: OnWakes, on_connected: OnConnected) -> None:
        await self._incoming.start(on_wakes, on_connected)

    def publish(self, topic: str, seq: int = 0) -> None:
        if not self.company.is_absent:
            self._outgoing.publish(topic, seq)

    async def close(self) -> None:
        await self._outgoing.close()
        await self._incoming.close()
        if self._sender is not None:
            await self._sender.close(timeout=1)

    async def _notify(self, payloads: list[str]) -> None:
        try:
            if self._sender is None or self._sender.is_closed():
                self._sender = await self._connect("switchboard bus")
            for payload in payloads:
                await self._sender.execute(_NOTIFY, CHANNEL, payload)
        except BaseException:
            if self._sender is not None:
                self._sender.terminate()
            self._sender = None
            raise

    async def _listen(self, heard: Heard, ready: OnConnected) -> None:
        lost = asyncio.Event()

        def on_lost(*_connection: object) -> None:
            lost.set()

        def on_notify(*notice: object) -> None:
            heard(str(notice[3]))

        async def listeners() -> int:
            return await connection.fetchval(_COUNT, LISTENER)

        connection = await self._connect(LISTENER)
        try:
            connection.add_termination_listener(on_lost)
            await connection.add_listener(CHANNEL, on_notify)
            await connection.execute(_NOTIFY, CHANNEL, hello(self._me))
            await self.company.count(listeners)
            ready()  # by now the others have heard of us; what they did not send before, the comparison finds
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), COUNTED_EVERY_S)
                # Also because a server that went away without a word closes nothing: ask, or listen to silence for ever.
                await self.company.count(listeners)
        finally:
            connection.terminate()

    async def _connect(self, name: str) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._dsn, server_settings={"application_name": name}, timeout=SLOWEST_S, command_timeout=SLOWEST_S
        )
