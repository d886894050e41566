"""Work that waits, and dead letters."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import click

from switchboard.cli.database import a_database


@click.group()
def jobs() -> None:
    """Jobs and mails that wait or were given up."""


@jobs.command("list")
def list_jobs() -> None:
    """Print what waits and what was given up, with ids for `retry`."""
    from switchboard.infra import due

    async def rows() -> tuple[list[due.DueRow], list[due.DueRow]]:
        async with a_database() as database, database.global_tx() as tx:
            return await due.dead(tx), await due.alive(tx)

    given_up, waiting = asyncio.run(rows())
    for row in given_up:
        click.echo(f"given up  {row.id}  {row.kind:<14} since {row.since:%Y-%m-%d %H:%M}  tried {row.attempts}  {row.error}")
    for row in waiting:
        error = row.error or "" if row.attempts else "not tried yet"
        click.echo(f"waiting   {row.id}  {row.kind:<14} due {row.due_at:%Y-%m-%d %H:%M:%S}  tried {row.attempts}  {error}")
    if not given_up and not waiting:
        click.echo("Nothing waits and nothing was given up.")


@jobs.command()
@click.argument("ids", nargs=-1, type=click.UUID)
@click.option("--all", "everything", is_flag=True, help="All that was given up.")
def retry(ids: Sequence[UUID], everything: bool) -> None:  # noqa: FBT001 - click's flag
    """Try again what was given up."""
    from switchboard.infra import due

    if not ids and not everything:
        raise click.UsageError("name at least one id of `switchboard jobs list`, or --all")

    async def revived() -> list[UUID]:
        async with a_database() as database, database.global_tx() as tx:
            return await due.revive(tx, [row.id for row in await due.dead(tx)] if everything else ids)

    alive = asyncio.run(revived())
    for revived_id in alive:
        click.echo(f"tried again now: {revived_id}")
    if missing := set(ids) - set(alive):
        raise click.ClickException("not given up: " + ", ".join(map(str, missing)))
