"""The page's title, where the visitor came from and what their browser calls itself, beside the page's address."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_script("0011_whereabouts.sql")


def downgrade() -> None:
    op.execute("alter table chat drop column page_title, drop column referrer, drop column user_agent")
