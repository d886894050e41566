"""`switchboard`: what an operator types. One file per group of commands; each imports what it needs when it runs."""

import sys

import click

from switchboard.cli.jobs import jobs
from switchboard.cli.plans import plans
from switchboard.cli.processes import up, web, worker
from switchboard.cli.tenants import rooms, tenants
from switchboard.cli.upkeep import doctor, migrate, openapi, prepare
from switchboard.errors import SettingsError
from switchboard.infra.logs import start_logging


@click.group()
def commands() -> None:
    """Text chat for websites: open, self-hosted, multi-tenant."""
    start_logging()


for command in (up, web, worker, migrate, prepare, doctor, tenants, rooms, plans, jobs, openapi):
    commands.add_command(command)


def main() -> None:
    """The console script: settings that cannot be used end with one sentence instead of a traceback."""
    try:
        commands()
    except SettingsError as error:
        sys.exit(error.message)
