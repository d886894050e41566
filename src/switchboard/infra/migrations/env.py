"""Alembic's entry: runs on the connection that `infra/migrate.py` hands over."""

from alembic import context

from switchboard.infra.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
