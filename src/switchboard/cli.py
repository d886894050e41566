"""`switchboard`: what an operator types."""

import asyncio
import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from switchboard.errors import SettingsError
from switchboard.protocol import LARGEST_FRAME
from switchboard.settings import from_process, role_password

if TYPE_CHECKING:
    from switchboard.infra.db import Database


@asynccontextmanager
async def a_database() -> AsyncGenerator["Database"]:
    """The pool of role `app`, for one command."""
    from switchboard.infra.db import open_database

    database = open_database(from_process().as_app)
    try:
        yield database
    finally:
        await database.engine.dispose()


@click.group()
def commands() -> None:
    """Text chat for websites: open, self-hosted, multi-tenant."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@commands.command()
def up() -> None:
    """Run everything on this machine, with the demo tenant, until Ctrl-C."""
    from switchboard.up import main as run_everything

    run_everything()


@commands.command()
def web() -> None:
    """Serve HTTP and sockets."""
    settings = from_process()
    # At INFO it writes each socket's address, with the token in it.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    uvicorn.run(
        "switchboard.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_ping_interval=25,
        ws_ping_timeout=10,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
        access_log=False,
        log_config=None,
    )


@commands.command()
def migrate() -> None:
    """Create database and roles where absent, bring the schema up to date."""
    from switchboard.infra.migrate import migrate as bring_up_to_date

    settings = from_process()
    passwords = {role: role_password(settings.secret_key, role) for role in ("migrator", "app")}
    asyncio.run(bring_up_to_date(settings.as_administrator, passwords))


@commands.group()
def tenants() -> None:
    """Tenants that the operator owns."""


@tenants.command("apply")
@click.argument("file", type=click.Path(path_type=Path))
def apply_file(file: Path) -> None:
    """Make what FILE names and is absent. Applying twice changes nothing."""
    from switchboard.provisioning.tenants_file import apply, read

    async def work() -> None:
        async with a_database() as database:
            await apply(database, read(file))

    asyncio.run(work())


@commands.group()
def rooms() -> None:
    """Rooms and their addresses."""


@rooms.command()
@click.argument("tenant")
@click.argument("room", default="GENERAL")
def address(tenant: str, room: str) -> None:
    """Print the address of a room's page."""
    from switchboard.provisioning.rooms import room_address

    async def work() -> str:
        async with a_database() as database:
            return await room_address(database, from_process().public_url, tenant, room)

    click.echo(asyncio.run(work()))


@commands.command()
def doctor() -> None:
    """Look at each part and say what to do about what is wrong."""
    from switchboard.supervisor.doctor import main as look

    look()


def main() -> None:
    """The console script: settings that cannot be used end with one sentence instead of a traceback."""
    try:
        commands()
    except SettingsError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    main()
