"""Files of chats."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script, tenant_table

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_script("0007_files.sql")
    tenant_table("file")


def downgrade() -> None:
    op.execute("drop table file")
