"""One sum per table over everything that belongs to a tenant, from the catalog: a new table is in it by itself."""

from uuid import UUID

import asyncpg

from tests.tenancy.probes import GLOBAL_TABLES

# They tick by themselves while an agent is connected.
TICKING = {"presence": ("lease_until",)}
_PEOPLE = "(select user_id from agent where tenant_id = $1)"
# Which rows of a global table are this tenant's; "false" for a table without any, with the reason beside it.
OF_TENANT = {
    "due": "tenant_id = $1",
    "tenant": "id = $1",
    "user": f"id in {_PEOPLE}",
    "mail_token": f'email in (select email from "user" where id in {_PEOPLE})',
    "rate_limit": "false and $1::uuid is null",  # counts, of whomever
    "user_session": f"user_id in {_PEOPLE}",
}

Sums = dict[str, str]


async def tenant_tables(superuser: asyncpg.Connection) -> list[str]:
    """Every table with a tenant that is not on the closed list."""
    rows = await superuser.fetch(
        "select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name) "
        "where table_schema = 'public' and column_name = 'tenant_id' and table_type = 'BASE TABLE' order by 1"
    )
    return [row[0] for row in rows if row[0] not in GLOBAL_TABLES]


async def checksums(superuser: asyncpg.Connection, tenant: UUID) -> Sums:
    """table → sum of this tenant's rows."""
    owned = dict.fromkeys(await tenant_tables(superuser), "tenant_id = $1") | OF_TENANT
    return {table: await _sum(superuser, table, where, tenant) for table, where in owned.items()}


def changed(before: Sums, after: Sums) -> list[str]:
    """Tables whose rows of the tenant are no longer what they were."""
    return [table for table in before if before[table] != after[table]]


async def _sum(superuser: asyncpg.Connection, table: str, where: str, tenant: UUID) -> str:
    row = "".join(f" - '{column}'" for column in TICKING.get(table, ()))
    rows = f'select (to_jsonb(t){row})::text as line from "{table}" t where {where}'
    return await superuser.fetchval(f"select coalesce(md5(string_agg(line, '' order by line)), '') from ({rows}) r", tenant)
