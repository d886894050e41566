"""A statement for a hot path: prepared once, on a connection of its own.

Through the pool each call takes a connection, looks the statement up, and gives the connection back.
"""

import contextlib

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

# Values that cannot be sent or stored: the connection is as good as before.
_HARMLESS = (asyncpg.DataError, UnicodeEncodeError)


class Prepared:
    """Takes its connection from the pool at the first call and after any error, and keeps it. One call at a time."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", query: str) -> None:
        self._pool = pool
        self._query = query
        self._connection: asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None = None
        self._statement: PreparedStatement[asyncpg.Record] | None = None

    async def fetch(self, *arguments: object) -> list[asyncpg.Record]:
        """All rows. Raises what asyncpg raises; the next call then starts with another connection."""
        try:
            statement = self._statement or await self._prepare()
            return await statement.fetch(*arguments)
        except _HARMLESS:
            raise
        except BaseException:
            connection, self._connection, self._statement = self._connection, None, None
            if connection is not None:
                # A backend that was killed has made the pool take it back already: then it may not be touched.
                with contextlib.suppress(asyncpg.InterfaceError):
                    connection.terminate()
                await self._pool.release(connection)
            raise

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._connection, self._statement = self._connection, None, None
        if connection is not None:
            await self._pool.release(connection)

    async def _prepare(self) -> "PreparedStatement[asyncpg.Record]":
        self._connection = await self._pool.acquire()
        self._statement = await self._connection.prepare(self._query)
        return self._statement
