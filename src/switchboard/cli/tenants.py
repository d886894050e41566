"""Tenants and their rooms."""

import asyncio
from pathlib import Path

import click

from switchboard.cli.database import a_database
from switchboard.settings import from_process


@click.group()
def tenants() -> None:
    """Tenants that the operator owns."""


@tenants.command("apply")
@click.argument("file", type=click.Path(path_type=Path))
def apply_file(file: Path) -> None:
    """Make what FILE names and is absent. Applying twice changes nothing."""
    from switchboard.plans.files import read_price_list
    from switchboard.provisioning.tenants_file import apply, read

    price_list = read_price_list(from_process().plans_dir)

    async def work() -> None:
        async with a_database() as database:
            await apply(database, price_list, read(file))

    asyncio.run(work())


@click.group()
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
