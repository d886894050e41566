"""Ratings, windows that continue as the same visitor, and customers who wanted to be forgotten."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script, tenant_table

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_script("0010_after_the_chat.sql")
    for table in ("rating", "window_code"):
        tenant_table(table)


def downgrade() -> None:
    op.execute("drop table rating, window_code")
    op.execute("alter table customer drop column forgotten_at")
    op.execute("drop index ix_directory_tenant_id_target")
