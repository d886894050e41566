"""What a business told us about itself can be changed."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("grant update (account_type, time_zone, currency) on tenant to app")


def downgrade() -> None:
    op.execute("revoke update (account_type, time_zone, currency) on tenant from app")
