"""Due work, the outbox of jobs, outgoing mail."""

from alembic import op

from switchboard.infra.migrations.ddl import global_table, run_script, tenant_table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_script("0002_jobs_and_mail.sql")
    global_table("due", "select, insert, update, delete")
    tenant_table("outbox")
    tenant_table("mail")


def downgrade() -> None:
    for table in ("due", "outbox", "mail"):
        op.execute(f"drop table {table}")
