"""Rooms have a place, can be paused and can go."""

from switchboard.infra.migrations.ddl import run_script

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_script("0012_rooms.sql")


def downgrade() -> None:
    run_script("0012_rooms_back.sql")
