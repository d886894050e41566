"""What `switchboard doctor` asks the database: version, roles and their rights, schema revision."""

from typing import Any

import asyncpg

from switchboard.infra.bus_valkey import server_version
from switchboard.infra.migrate import head

Line = tuple[str, str, str]

_ROLES = """
    select rolname, rolsuper, rolbypassrls, exists (select from pg_class where relowner = r.oid) as owns
    from pg_roles r where rolname = any($1::text[])
"""
_NEEDED = ["app", "migrator", "owner", "resolver"]


async def of_database(url: str) -> list[Line]:
    """(part, what was seen, advice or nothing) for each thing asked."""
    try:
        connection: Any = await asyncpg.connect(url, timeout=5)
    except asyncpg.InvalidCatalogNameError as problem:
        return [("Database", str(problem), "run `switchboard migrate`: it creates it")]
    try:
        version = await connection.fetchval("select current_setting('server_version')")
        return [
            ("Database", f"PostgreSQL {version}", ""),
            _roles(await connection.fetch(_ROLES, _NEEDED)),
            await _schema(connection),
        ]
    finally:
        await connection.close()


async def of_valkey(url: str) -> tuple[str, str]:
    """What was seen, and advice or nothing."""
    try:
        return await server_version(url), ""
    except Exception as problem:  # the client's own, the system's, or what a server of another kind makes of it
        return str(problem) or type(problem).__name__, "start it, or correct VALKEY_URL; chats go on, 2 s later than they could"


def _roles(found: list[Any]) -> Line:
    if absent := sorted(set(_NEEDED) - {role["rolname"] for role in found}):
        return ("Roles", f"missing: {', '.join(absent)}", "run `switchboard migrate`")
    app = next(role for role in found if role["rolname"] == "app")
    too_much = {"superuser": app["rolsuper"], "BYPASSRLS": app["rolbypassrls"], "owns tables": app["owns"]}
    if held := [right for right, has in too_much.items() if has]:
        # Row-level security does not bind a superuser, a BYPASSRLS role or an owner: tenants would see each other.
        return ("Roles", f"app has {', '.join(held)}", "take that away from app: it would see every tenant")
    return ("Roles", "app is bound by row-level security", "")


async def _schema(connection: Any) -> Line:
    try:
        at = await connection.fetchval("select version_num from alembic_version")
    except asyncpg.UndefinedTableError:
        at = None
    except asyncpg.InsufficientPrivilegeError:
        return ("Schema", "may not be read with APP_DATABASE_URL; set DATABASE_URL to have it checked", "")
    if at == head():
        return ("Schema", f"at {at}, as this code needs", "")
    return ("Schema", f"at {at or 'nothing'}, this code needs {head()}", "run `switchboard migrate`")
