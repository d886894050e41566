"""Where the operator has a virus scanner: held until it has spoken, and never served against its word."""

import dataclasses
import sys
from collections.abc import AsyncIterator
from functools import partial

import pytest

from switchboard.files import actions
from switchboard.files.jobs import scan_file
from switchboard.gateways.scanner import NoVerdictError, Scanner, Verdict
from switchboard.gateways.storage import Storage
from switchboard.infra.db import Database
from switchboard.infra.due import Due
from switchboard.infra.works import NotNowError
from switchboard.protocol import Code, FileState, Message, Refused, Say, SentFile
from switchboard.settings import Settings
from tests.cast import a_cid
from tests.files.clamd import VIRUS, Clamd, a_clamd
from tests.files.conftest import Talk
from tests.files.scene import say_file


@pytest.fixture
async def clamd() -> AsyncIterator[Clamd]:
    async with a_clamd() as clamd:
        yield clamd


@pytest.fixture
def settings(settings: Settings, clamd: Clamd) -> Settings:
    return dataclasses.replace(settings, virus_scanner=clamd.address)


async def scanned(database: Database, settings: Settings, superuser, scanner: Scanner | None = None) -> None:
    """What a worker does with the scan that is due."""
    row = await superuser.fetchrow("select kind, tenant_id, id, since, attempts from due where kind = 'file_scan'")
    scanner = scanner or Scanner(settings.virus_scanner or "")
    await scan_file(database, Storage(None, settings.files_dir), scanner, Due(*row))


async def state_of(talk: Talk, file: SentFile) -> tuple[str, bool]:
    found = (await talk.veras.find(file.file)).json()
    return found["file"]["state"], found["url"] is not None


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for piece in data:
        yield piece


async def test_a_file_is_held_until_it_has_passed(talk: Talk, database, settings, superuser, clamd: Clamd) -> None:
    file = await talk.veras.uploaded(b"a bike" * 100_000)
    assert await state_of(talk, file) == ("held", False)
    cid = a_cid()
    await talk.vera.send(Say(cid=cid, chat=talk.chat, body=file))
    assert (await talk.vera.got(Refused, lambda event: event.cid == cid)).code is Code.FILE_HELD
    await scanned(database, settings, superuser)
    assert clamd.seen == [b"a bike" * 100_000]
    assert await state_of(talk, file) == ("ready", True)
    await say_file(talk.vera, talk.chat, file)


async def test_an_infected_file_is_never_served_and_both_sides_read_so(talk: Talk, database, settings, superuser) -> None:
    file = await talk.veras.uploaded(b"invoice " + VIRUS, "invoice.pdf")
    await scanned(database, settings, superuser)
    assert await state_of(talk, file) == ("infected", False)
    assert [path for path in settings.files_dir.rglob("*") if path.is_file()] == []
    for peer in (talk.vera, talk.ben):
        message = await peer.got(Message, lambda message: isinstance(message.entry.body, SentFile))
        assert isinstance(message.entry.body, SentFile)
        assert (message.entry.body.state, message.entry.body.name) == (FileState.INFECTED, "invoice.pdf")
    assert (await talk.bens.find(file.file)).status_code == 404
    cid = a_cid()
    await talk.vera.send(Say(cid=cid, chat=talk.chat, body=file))
    assert (await talk.vera.got(Refused, lambda event: event.cid == cid)).code is Code.NO_CHAT


async def test_while_the_scanner_is_away_nothing_passes(talk: Talk, database, settings, superuser, clamd: Clamd) -> None:
    file = await talk.veras.uploaded(b"bike")
    clamd.answers = False
    with pytest.raises(NotNowError):
        await scanned(database, settings, superuser)
    with pytest.raises(NotNowError):
        await scanned(database, settings, superuser, Scanner("clamd://127.0.0.1:1"))
    assert await state_of(talk, file) == ("held", False)
    clamd.answers = True
    await scanned(database, settings, superuser)
    assert await state_of(talk, file) == ("ready", True)


async def test_a_scan_that_runs_twice_says_it_once(talk: Talk, database, settings, superuser) -> None:
    await talk.veras.uploaded(VIRUS)
    row = await superuser.fetchrow("select kind, tenant_id, id, since, attempts from due where kind = 'file_scan'")
    scan = partial(scan_file, database, Storage(None, settings.files_dir), Scanner(settings.virus_scanner or ""))
    await scan(Due(*row))
    await scan(Due(*row))
    assert await superuser.fetchval("select count(*) from message where body->>'state' = 'infected'") == 1
    assert await superuser.fetchval("select count(*) from due where kind = $1", actions.SCAN) == 0


@pytest.mark.parametrize(("status", "verdict"), [(0, Verdict.CLEAN), (1, Verdict.INFECTED)])
async def test_a_command_says_it_by_its_exit_status(status: int, verdict: Verdict) -> None:
    command = f"{sys.executable} -c 'import sys; sys.exit({status} if sys.stdin.read() == \"ab\" else 9)'"
    assert await Scanner(command).verdict(pieces(b"a", b"b")) is verdict


@pytest.mark.parametrize("command", [f"{sys.executable} -c 'import sys; sys.exit(2)'", "/no/such/scanner", "'unclosed"])
async def test_a_command_that_fails_has_no_verdict(command: str) -> None:
    with pytest.raises(NoVerdictError):
        await Scanner(command).verdict(pieces(b"x" * 1_000_000))
