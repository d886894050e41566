"""Tenants, accounts, rooms, presence, customers, chats and their log."""

from alembic import op

from switchboard.infra.migrations.ddl import global_table, run_script, tenant_table

revision = "0001"
down_revision = None

GLOBAL = {
    "tenant": "select, insert",
    "user": "select, insert, update",
    "user_session": "select, insert, update, delete",
}
TENANT = ["agent", "directory", "room", "assignment", "presence", "customer", "chat", "party", "message"]


def upgrade() -> None:
    op.execute(
        "create function current_tenant() returns uuid language sql stable parallel safe "
        "return current_setting('app.tenant_id')::uuid"
    )
    op.execute("grant execute on function current_tenant() to app")
    run_script("0001_tables.sql")
    op.execute("grant select on alembic_version to app")
    for table, rights in GLOBAL.items():
        global_table(table, rights)
    for table in TENANT:
        tenant_table(table)
    run_script("0001_directory.sql")
    run_script("0001_append_messages.sql")
    run_script("0001_hub.sql")


def downgrade() -> None:
    raise RuntimeError("there is nothing before the first migration: restore a backup instead")
