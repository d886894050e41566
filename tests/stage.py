"""Puts the cast on once, as provisioning does, and from then on copies its rows: nearly every test wants it."""

from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO

import asyncpg

from switchboard.infra.db import Database
from tests.cast import Business, Cast, engage


@dataclass
class Stage:
    """The rows by table, and who is who."""

    rows: dict[str, bytes] = field(default_factory=dict[str, bytes])
    businesses: tuple[Business, ...] = ()

    async def set(self, database: Database, superuser: asyncpg.Connection) -> Cast:
        """On empty tables."""
        if self.rows:
            await self._put_back(superuser)
        else:
            cast = await engage(database)
            self.businesses = (cast.acme, cast.globex)
            self.rows = await _all_rows(superuser)
        return Cast(database, *deepcopy(self.businesses))

    async def _put_back(self, superuser: asyncpg.Connection) -> None:
        async with superuser.transaction():
            await superuser.execute("set local session_replication_role = replica")  # in any order of the tables
            for table, rows in self.rows.items():
                await superuser.copy_to_table(table, source=BytesIO(rows), format="binary")


async def _all_rows(superuser: asyncpg.Connection) -> dict[str, bytes]:
    tables = await superuser.fetch("select tablename from pg_tables where schemaname = 'public'")
    found: dict[str, bytes] = {}
    for (table,) in tables:
        if table != "alembic_version" and await superuser.fetchval(f'select exists (select from "{table}")'):
            await superuser.copy_from_table(table, output=(rows := BytesIO()), format="binary")
            found[table] = rows.getvalue()
    return found
