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
@click.option("--check", is_flag=True, help="Change nothing: print what differs, and exit with 1 if anything does.")
def apply_file(file: Path, check: bool) -> None:  # noqa: FBT001 - click's flag
    """Make what FILE names and is absent, bring up to date what differs. Deletes nothing; applying twice changes nothing."""
    from switchboard.plans.files import read_price_list
    from switchboard.provisioning.applying import apply
    from switchboard.provisioning.drift import drift
    from switchboard.provisioning.tenants_file import read

    price_list = read_price_list(from_process().plans_dir)
    wanted = read(file, price_list)

    async def work() -> list[str]:
        async with a_database() as database:
            lines = await drift(database, wanted)
            if not check:
                await apply(database, price_list, wanted)
            return lines

    lines = asyncio.run(work())
    for line in lines:
        click.echo(line)
    if check:
        click.echo(
            f"{len(lines)} difference{'s' if len(lines) > 1 else ''} from {file}" if lines else f"Nothing differs from {file}"
        )
        raise SystemExit(1 if lines else 0)
    click.echo(f"Applied {file}")


@tenants.command()
@click.argument("slug")
@click.argument("plan")
@click.option("--yes", is_flag=True, help="Do not ask when something is over the new plan's limit.")
def plan(slug: str, plan: str, yes: bool) -> None:  # noqa: FBT001 - click's flag
    """Put the tenant SLUG on PLAN. What is over its limit is listed and kept."""
    from switchboard.plans.comparison import price
    from switchboard.plans.files import read_price_list
    from switchboard.provisioning.plan_change import PlanChange, carry_out, planned

    price_list = read_price_list(from_process().plans_dir)

    async def look() -> PlanChange:
        async with a_database() as database:
            return await planned(database, price_list, slug, plan)

    async def work(change: PlanChange) -> None:
        async with a_database() as database:
            await carry_out(database, price_list, change)

    change = asyncio.run(look())
    if change.before is change.after:
        click.echo(f"{change.tenant_name} has {change.after.name} of generation {change.after.generation} and keeps it")
        return
    if change.over:
        click.echo(f"Over the limit of {change.after.name}, will pause and is kept: {_rooms(change.over)}")
        if not yes:
            click.confirm("Change the plan?", abort=True)
    asyncio.run(work(change))
    click.echo(f"{change.tenant_name}: from {change.before.name} to {change.after.name}, {price(change.after)} a month")


def _rooms(names: list[str]) -> str:
    return f"room{'s' if len(names) > 1 else ''} {', '.join(names)}"


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
