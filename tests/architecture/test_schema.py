"""The migrated database is what the models say."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

import switchboard.wiring.web
import switchboard.wiring.work  # the two load every feature's models
from switchboard.infra.db import Database
from switchboard.infra.tables import GlobalTable, Table, TenantScoped
from tests.tenancy.probes import GLOBAL_TABLES, TENANT_TABLES

assert switchboard.wiring.work


async def test_models_and_migrations_agree(database: Database) -> None:
    def drift(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [found for found in compare_metadata(context, Table.metadata) if "alembic_version" not in str(found)]

    async with database.engine.connect() as connection:
        assert await connection.run_sync(drift) == []


def test_every_table_is_tenant_scoped_or_global() -> None:
    tables = {mapper.class_ for mapper in Table.registry.mappers}
    assert {name(table) for table in tables if issubclass(table, TenantScoped)} == set(TENANT_TABLES)
    assert {name(table) for table in tables if issubclass(table, GlobalTable)} == set(GLOBAL_TABLES)
    assert not [table for table in tables if not issubclass(table, TenantScoped | GlobalTable)]


def test_keys_of_tenant_tables_begin_with_the_tenant() -> None:
    for mapper in Table.registry.mappers:
        if issubclass(mapper.class_, TenantScoped) and name(mapper.class_) != "directory":
            assert next(iter(mapper.primary_key)).name == "tenant_id"


def name(table: type) -> str:
    return str(inspect(table).local_table.name)
