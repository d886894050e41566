"""Looking after an installation."""

import asyncio
from pathlib import Path

import click

from switchboard.settings import from_process, passwords_of_roles


@click.command()
def migrate() -> None:
    """Create database and roles where absent, bring the schema up to date."""
    from switchboard.infra.migrate import migrate as bring_up_to_date

    settings = from_process()
    asyncio.run(bring_up_to_date(settings.as_administrator, passwords_of_roles(settings.secret_key)))


@click.command(hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("slug")
def prepare(file: Path, slug: str) -> None:
    """What `up` runs before `web`, in one process because start-up counts: migrate, apply FILE, print SLUG's room page."""
    from switchboard.cli.database import a_database
    from switchboard.infra.migrate import migrate as bring_up_to_date
    from switchboard.plans.files import read_price_list
    from switchboard.provisioning.applying import apply
    from switchboard.provisioning.rooms import room_address
    from switchboard.provisioning.tenants_file import read

    settings = from_process()

    async def work() -> str:
        await bring_up_to_date(settings.as_administrator, passwords_of_roles(settings.secret_key))
        async with a_database() as database:
            price_list = read_price_list(settings.plans_dir)
            await apply(database, price_list, read(file, price_list))
            return await room_address(database, settings.public_url, slug, "GENERAL")

    click.echo(asyncio.run(work()))


@click.command()
def doctor() -> None:
    """Look at each part and say what to do about what is wrong."""
    from switchboard.supervisor.doctor import main as look

    look()


@click.command()
def openapi() -> None:
    """Print every route as OpenAPI 3.1, for programs and for tests."""
    import json

    from switchboard.app import describe

    click.echo(json.dumps(describe(from_process()), indent=2))
