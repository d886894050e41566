"""Questions to the database alone, as role app, past every lock of our own code."""

from uuid import UUID

import asyncpg

TENANT_TABLES = (
    *("agent", "directory", "room", "assignment", "presence", "customer", "chat", "party", "message"),
    *("rating", "window_code"),
    *("outbox", "mail", "file"),
    *("canned_text", "tag", "chat_tag"),
)
GLOBAL_TABLES = ("tenant", "user", "user_session", "due", "mail_token", "rate_limit")


async def become(connection: asyncpg.Connection, tenant: UUID | None) -> None:
    """The rest of the transaction is app's, of this tenant."""
    await connection.execute("set local role app")
    await connection.execute("select set_config('app.tenant_id', $1, true)", str(tenant) if tenant else "")


async def sees_only_its_own(connection: asyncpg.Connection, table: str, mine: UUID, other: UUID) -> bool:
    """Both tenants have rows in `table`; does app, as one of them, see its own and nothing of the other?"""
    await become(connection, mine)
    try:
        tenants = {row[0] for row in await connection.fetch(f'select distinct tenant_id from "{table}"')}
    except asyncpg.PostgresError:
        return False
    return tenants == {mine} and other not in tenants


async def resolves(connection: asyncpg.Connection, token_hash: bytes, tenant: UUID) -> bool:
    """Does the visitor's token lead to its tenant?"""
    await become(connection, None)
    try:
        rows = await connection.fetch("select tenant_id from resolve('room', $1)", token_hash)
    except asyncpg.PostgresError:
        return False
    return [row[0] for row in rows] == [tenant]


async def finds_membership(connection: asyncpg.Connection, user: UUID, tenant: UUID) -> bool:
    """Does the user's membership lead to the tenant?"""
    await become(connection, None)
    try:
        rows = await connection.fetch("select tenant_id from memberships($1)", user)
    except asyncpg.PostgresError:
        return False
    return [row[0] for row in rows] == [tenant]
