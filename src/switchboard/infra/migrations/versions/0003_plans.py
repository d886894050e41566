"""The plan and generation that a tenant has; rooms and assignments come and go now, so the desk's signature holds them."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # v1 is what was on sale for those who are here. A new tenant's plan is never guessed by the database: no default stays.
    for column, value in (("generation", "v1"), ("plan", "free")):
        op.execute(f"alter table tenant add column {column} varchar not null default '{value}'")
        op.execute(f"alter table tenant alter column {column} drop default")
    op.execute("grant update (name, generation, plan) on tenant to app")
    run_script("0003_desk_signatures.sql")


def downgrade() -> None:
    op.execute("revoke update (name) on tenant from app")
    op.execute("alter table tenant drop column generation, drop column plan")
