"""The plan and generation that a tenant has."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # v1 is what was on sale for those who are here. A new tenant's plan is never guessed by the database: no default stays.
    for column, value in (("generation", "v1"), ("plan", "free")):
        op.execute(f"alter table tenant add column {column} varchar not null default '{value}'")
        op.execute(f"alter table tenant alter column {column} drop default")
    op.execute("grant update (name, generation, plan) on tenant to app")


def downgrade() -> None:
    op.execute("revoke update (name) on tenant from app")
    op.execute("alter table tenant drop column generation, drop column plan")
