"""What `switchboard up` runs before `web`, in one process because start-up counts: migrate, apply a tenants file.

python -m switchboard.provisioning.demo tenants/demo.toml acme      prints the address of that tenant's room GENERAL
"""

import asyncio
import sys
from pathlib import Path

from switchboard.errors import SettingsError
from switchboard.infra.db import open_database
from switchboard.infra.migrate import migrate
from switchboard.provisioning.rooms import room_address
from switchboard.provisioning.tenants_file import apply, read
from switchboard.settings import Settings, from_process, role_password


def main() -> None:
    """Prepare, then print the address of the room."""
    try:
        sys.stdout.write(asyncio.run(_prepared(from_process(), Path(sys.argv[1]), sys.argv[2])))
    except SettingsError as reason:
        sys.exit(reason.message)


async def _prepared(settings: Settings, tenants_file: Path, slug: str) -> str:
    passwords = {role: role_password(settings.secret_key, role) for role in ("migrator", "app")}
    await migrate(settings.as_administrator, passwords)
    database = open_database(settings.as_app)
    try:
        await apply(database, read(tenants_file))
        return await room_address(database, settings.public_url, slug, "GENERAL")
    finally:
        await database.engine.dispose()


if __name__ == "__main__":
    main()
