"""Leases are renewed in few statements, however many tenants there are."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_script("0006_leases.sql")


def downgrade() -> None:
    op.execute("drop function renew_leases(uuid[], uuid[], interval)")
