"""`switchboard jobs list|retry`: what waits and what was given up, in words, and a way to try again."""

import asyncio

import pytest
from click.testing import CliRunner, Result

from switchboard.cli import commands
from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.ids import new_id
from switchboard.settings import Settings


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """The command as an operator types it; in a thread, because it has a loop of its own."""
    monkeypatch.setenv("DATABASE_URL", settings.as_administrator)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)

    async def typed(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, commands, ["jobs", *arguments])

    return typed


@pytest.fixture
async def given_up(database: Database) -> due.Due:
    """A mail that was refused for good."""
    async with database.global_tx() as tx:
        await due.put(tx, "mail", new_id())
    async with database.global_tx() as tx:
        (claimed,) = await due.claim(tx, ["mail"], due.LONGEST_PAUSE, 1)
        await due.give_up(tx, claimed, "SMTP 550")
    return claimed


async def test_nothing_to_list_is_said(run) -> None:
    assert "Nothing waits and nothing was given up." in (await run("list")).output


async def test_a_dead_letter_is_listed_with_its_reason_and_id(run, given_up: due.Due) -> None:
    listed = (await run("list")).output
    assert f"given up  {given_up.id}  mail" in listed
    assert "SMTP 550" in listed


@pytest.mark.parametrize("how", ["id", "--all"])
async def test_a_dead_letter_is_tried_again_now(run, given_up: due.Due, how: str) -> None:
    done = await run("retry", str(given_up.id) if how == "id" else how)
    assert (done.exit_code, f"tried again now: {given_up.id}" in done.output) == (0, True)
    assert f"waiting   {given_up.id}" in (await run("list")).output


async def test_an_id_that_was_not_given_up_is_an_error(run, given_up: due.Due) -> None:
    other = new_id()
    done = await run("retry", str(other))
    assert (done.exit_code, f"not given up: {other}" in done.output) == (1, True)


async def test_retry_wants_to_know_what(run) -> None:
    assert "name at least one id" in (await run("retry")).output
