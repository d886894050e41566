"""The bus on LISTEN/NOTIFY: a connection outside any pool, in autocommit.

NOTIFY serialises commits, hence few, full packets.
"""

import asyncio
import contextlib

import asyncpg

from switchboard.infra.bus_company import COUNTED_EVERY_S, Company
from switchboard.infra.bus_incoming import Heard, Ready
from switchboard.infra.bus_packet import CHANNEL

SLOWEST_S = 5.0
NAME = "switchboard bus"

_COUNT = "select count(*) from pg_stat_activity where application_name = $1 and datname = current_database()"
_NOTIFY = "select pg_notify($1, $2)"


class PostgresLink:
    """See `infra.bus.Link`. `dsn` must lead to Postgres itself: LISTEN does not work through a transaction pooler."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()

    async def listen(self, hello: str, company: Company, heard: Heard, ready: Ready) -> None:
        lost = asyncio.Event()

        def on_lost(*_connection: object) -> None:
            lost.set()

        def on_notify(*notice: object) -> None:
            heard(str(notice[3]))

        async def listeners() -> int:
            async with self._turn:
                return await connection.fetchval(_COUNT, NAME)

        connection = await asyncpg.connect(
            self._dsn, server_settings={"application_name": NAME}, timeout=SLOWEST_S, command_timeout=SLOWEST_S
        )
        try:
            connection.add_termination_listener(on_lost)
            await connection.add_listener(CHANNEL, on_notify)
            await connection.execute(_NOTIFY, CHANNEL, hello)
            await company.count(listeners)
            self._connection = connection
            ready()  # by now the others have heard of us; what they did not send before, the comparison finds
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(COUNTED_EVERY_S):
                        await lost.wait()
                await company.count(listeners)
        finally:
            self._connection = None
            connection.terminate()

    async def say(self, payloads: list[str]) -> None:
        async with self._turn:
            connection = self._connection
            if connection is None:
                raise ConnectionError("not connected")
            try:
                for payload in payloads:
                    await connection.execute(_NOTIFY, CHANNEL, payload)
            except BaseException:
                connection.terminate()
                raise
