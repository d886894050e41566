"""Canned texts, and tags on chats."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script, tenant_table

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_script("0009_desk.sql")
    for table in ("canned_text", "tag", "chat_tag"):
        tenant_table(table)


def downgrade() -> None:
    run_script("0008_desk_signatures.sql")
    for table in ("chat_tag", "tag", "canned_text"):
        op.execute(f"drop table {table}")
