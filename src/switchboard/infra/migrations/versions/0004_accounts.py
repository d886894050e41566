"""Sign-up and reset by mailed links, rate limits, what a business told us about itself."""

from alembic import op

from switchboard.infra.migrations.ddl import global_table, run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_script("0004_accounts.sql")
    global_table("mail_token", "select, insert, update, delete")
    global_table("rate_limit", "select, insert, update, delete")


def downgrade() -> None:
    op.execute("drop function take_turn(bytea, integer, interval)")
    op.execute("drop table mail_token")
    op.execute("drop table rate_limit")
    op.execute("alter table tenant drop column account_type, drop column time_zone, drop column currency")
    op.execute("alter table user_session drop column device, drop column seen_at")
