"""A real worker, killed and starved: every effect once in our rows, every mail at least once (QUALITY 2)."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from switchboard.facts import TenantFounded
from switchboard.infra.db import Database
from switchboard.infra.outbox import hand_over
from switchboard.mailing.actions import post
from switchboard.mailing.letters import Letter
from switchboard.settings import ROOT, Settings
from tests.cast import Cast
from tests.mailing.mail_server import MailServer, mail_server

JOBS = 100
ALL_WITHIN_S = 60
LETTER = Letter("vera@example.com", "Hello", "Hello", "<p>Hello")
Worker = subprocess.Popen[bytes]


@pytest.fixture(autouse=True)
async def quiet(database: Database, cast: Cast, superuser) -> None:
    """Nothing is due."""
    await superuser.execute("delete from outbox; delete from due; delete from mail; drop schema if exists saq cascade")
    await superuser.execute("create schema saq authorization jobs")


@asynccontextmanager
async def worker(settings: Settings, *program: str, smtp_url: str = "") -> AsyncIterator[Worker]:
    """A process of its own, until the block ends."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.as_administrator,
        "SECRET_KEY": settings.secret_key,
        "VAR_DIR": str(settings.var_dir),
        "SMTP_URL": smtp_url,
    }
    command = [sys.executable, "-m", *(program or ("switchboard.cli", "worker"))]
    with (settings.var_dir / "worker.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: ASYNC220
            command, env=environment, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until(fact: Callable[[], Awaitable[object]], within: float = ALL_WITHIN_S) -> None:
    async with asyncio.timeout(within):
        while not await fact():
            await asyncio.sleep(0.05)


async def hand_over_jobs(database: Database, cast: Cast, count: int) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        for _ in range(count):
            await hand_over(tx, "welcome_owner", TenantFounded(cast.acme.tenant_id, cast.acme.agents["Alice"]))


async def kill_in_flight(settings: Settings, superuser, *program: str) -> None:
    """Starts a worker, kills it when every job is on its way, some are done and ten are between effect and commit."""

    async def all_on_their_way() -> bool:
        untouched, left, effects = await superuser.fetchrow(
            "select count(*) filter (where attempts = 0), count(*), (select count(*) from mail) from due where kind = 'job'"
        )
        effect_without_end = effects > JOBS - left or "apart" not in program
        return untouched == 0 and left < JOBS - 10 and effect_without_end

    async with worker(settings, "tests.worker.slow", *program) as process:
        await until(all_on_their_way)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert await superuser.fetchval("select count(*) from due where kind = 'job'") >= 10


async def all_done(superuser) -> bool:
    return await superuser.fetchval("select count(*) from due where kind = 'job'") == 0


@pytest.mark.timeout(180)
async def test_jobs_of_a_killed_worker_have_their_effect_once(settings, database: Database, cast: Cast, superuser) -> None:
    await hand_over_jobs(database, cast, JOBS)
    await kill_in_flight(settings, superuser)
    async with worker(settings):
        await until(lambda: all_done(superuser))
    assert await superuser.fetchval("select count(*) from mail") == JOBS
    assert await superuser.fetchval("select count(*) from outbox") == 0


@pytest.mark.timeout(180)
async def test_with_effect_and_end_committed_apart_the_test_above_fails(
    settings, database: Database, cast: Cast, superuser
) -> None:
    """The control: what was in flight at the kill has its effect twice."""
    await hand_over_jobs(database, cast, JOBS)
    await kill_in_flight(settings, superuser, "apart", "short")
    async with worker(settings):
        await until(lambda: all_done(superuser))
    assert await superuser.fetchval("select count(*) from mail") > JOBS


@pytest.mark.timeout(180)
async def test_mails_of_a_killed_worker_are_all_sent(settings, database: Database, cast: Cast, superuser) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        posted = {
            f"<{await post(tx, Letter('vera@example.com', 'Hello', 'Hello', '<p>Hello'))}@localhost>" for _ in range(JOBS)
        }
    async with mail_server() as server:
        async with worker(settings, "tests.worker.slow", "short", smtp_url=server.url) as process:
            await until(lambda: _some_but_not_all(server.taken))
            process.send_signal(signal.SIGKILL)
        async with worker(settings, smtp_url=server.url):
            await until(lambda: _none(superuser, "mail"))
    assert set(server.ids()) == posted


async def _some_but_not_all(taken: Sequence[object]) -> bool:
    return 5 < len(taken) < JOBS


async def _none(superuser, table: str) -> bool:
    return await superuser.fetchval(f"select count(*) from {table}") == 0


@pytest.mark.timeout(120)
async def test_a_mail_server_that_hangs_holds_up_no_other_job(settings, database: Database, cast: Cast, superuser) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        for _ in range(50):
            await post(tx, LETTER)
    async with mail_server("hangs") as server, worker(settings, smtp_url=server.url):
        await until(lambda: _visited(server))
        await hand_over_jobs(database, cast, 20)
        await until(lambda: all_done(superuser), within=15)
        assert server.taken == []


async def _visited(server: MailServer) -> bool:
    return server.visits >= 10


@pytest.mark.timeout(120)
async def test_a_worker_goes_on_after_its_connections_were_killed(settings, database: Database, cast: Cast, superuser) -> None:
    async with worker(settings):
        for _ in range(3):
            await superuser.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename in ('jobs', 'app') "
                "and pid <> pg_backend_pid()"
            )
            await database.engine.dispose()
            await hand_over_jobs(database, cast, 5)
            await until(lambda: all_done(superuser))
    assert await superuser.fetchval("select count(*) from mail") == 15


async def test_a_worker_that_is_asked_to_stop_finishes_what_it_holds(
    settings, database: Database, cast: Cast, superuser
) -> None:
    await hand_over_jobs(database, cast, 10)
    async with worker(settings, "tests.worker.slow") as process:
        await until(lambda: _begun(superuser))
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 20) == 0
    assert "Traceback" not in log_of(settings)


def log_of(settings: Settings) -> str:
    return (settings.var_dir / "worker.log").read_text()


async def _begun(superuser) -> bool:
    return await superuser.fetchval("select count(*) from due where kind = 'job' and attempts > 0") > 0
