"""Bring a database to the newest schema: create it if absent, roles, then Alembic as role `migrator`."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from switchboard.infra.db import dialect_url

MIGRATIONS = Path(__file__).parent / "migrations"
ROLES = Path(__file__).parent / "roles.sql"


async def migrate(admin_dsn: str, passwords: dict[str, str]) -> None:
    """`admin_dsn` may create roles; `passwords` are those of migrator and app. May be run again, and beside running webs."""
    await _create_database(admin_dsn)
    await _create_roles(admin_dsn, passwords)
    url = dialect_url(admin_dsn).set(username="migrator", password=passwords["migrator"])
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade)
    await engine.dispose()


def head() -> str | None:
    """Revision that this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def revision(connection: AsyncConnection) -> str | None:
    """Revision that the database has. Not through Alembic, which costs three times as much and is asked every second."""
    try:
        return await connection.scalar(text("select version_num from alembic_version"))
    except ProgrammingError:  # never migrated
        return None


async def _create_database(admin_dsn: str) -> None:
    name = make_url(admin_dsn).database
    try:
        await (await asyncpg.connect(admin_dsn)).close()
    except asyncpg.InvalidCatalogNameError:
        maintenance = make_url(admin_dsn).set(database="postgres").render_as_string(hide_password=False)
        connection = await asyncpg.connect(maintenance)
        await connection.execute(f'create database "{name}"')
        await connection.close()


async def _create_roles(admin_dsn: str, passwords: dict[str, str]) -> None:
    connection = await asyncpg.connect(admin_dsn)
    try:
        # Two starters at once must not both create a role.
        await connection.execute("select pg_advisory_lock(hashtext('switchboard roles'))")
        await connection.execute(ROLES.read_text())
        for role, password in passwords.items():
            await connection.execute(f"alter role {role} password {_quoted(password)}")
    finally:
        await connection.close()


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
