"""A chat remembers who gave it away last, and by which room it came in once it has been taken to another."""

from alembic import op

from switchboard.infra.migrations.ddl import run_script

revision = "0008"
down_revision = "0007"

KEYS = {"entrance_id": "room", "transferred_by": "agent"}


def upgrade() -> None:
    for column in KEYS:
        op.execute(f"alter table chat add column {column} uuid")
    # Under FORCE a key's check sees no rows and validates what it did not look at.
    _forced("no force")
    for column, target in KEYS.items():
        op.execute(
            f"alter table chat add constraint fk_chat_tenant_id_{column} foreign key (tenant_id, {column}) "
            f"references {target} (tenant_id, id) on delete set null ({column})"
        )
    _forced("force")
    run_script("0008_desk_signatures.sql")


def downgrade() -> None:
    run_script("0003_desk_signatures.sql")
    op.execute("alter table chat drop column entrance_id, drop column transferred_by")


def _forced(how: str) -> None:
    for table in ("chat", "room", "agent"):
        op.execute(f"alter table {table} {how} row level security")
