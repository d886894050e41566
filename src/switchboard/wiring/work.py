"""What a worker does: its kinds of work, its jobs, its schedule, and the lanes that carry them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.headerregistry import Address
from functools import partial

from switchboard.accounts import mailed_links
from switchboard.accounts.account_mail import send_account_mail
from switchboard.accounts.sessions import forget_ended_sessions
from switchboard.accounts.welcome import welcome_owner
from switchboard.facts import TenantFounded
from switchboard.files import actions as files
from switchboard.files.jobs import forget_unsent, scan_file
from switchboard.gateways.scanner import Scanner
from switchboard.gateways.smtp import SmtpGateway
from switchboard.gateways.storage import Storage
from switchboard.infra import outbox, schedule
from switchboard.infra.backlog import measure_for_ever
from switchboard.infra.db import Database
from switchboard.infra.outbox import Job
from switchboard.infra.queue import open_queue, open_worker
from switchboard.infra.rate_limits import forget_idle_limits
from switchboard.infra.relay import Lane, Relay
from switchboard.infra.schedule import Regularly
from switchboard.infra.works import Work, Works
from switchboard.mailing import actions as mailing
from switchboard.mailing.delivery import Postman
from switchboard.mailing.jobs import send_mail
from switchboard.mailing.writing import Letters
from switchboard.settings import Settings
from switchboard.wiring.listeners import listening_database

SCHEDULE = [
    Regularly("forget_ended_sessions", timedelta(hours=1), forget_ended_sessions),
    Regularly("forget_old_links", timedelta(hours=1), mailed_links.forget_old_links),
    Regularly("forget_idle_limits", timedelta(minutes=10), forget_idle_limits),
]


def jobs(letters: Letters) -> dict[str, Job]:
    """Every job that `listeners.AFTER` or an action names."""
    return {"welcome_owner": Job(TenantFounded, partial(welcome_owner, letters))}


def inner_work(database: Database, letters: Letters) -> dict[str, Work]:
    """Kinds that need nobody outside."""
    return {
        outbox.KIND: partial(outbox.perform, database, jobs(letters)),
        schedule.KIND: partial(schedule.perform, database, SCHEDULE),
    }


def mail_work(database: Database, postman: Postman) -> dict[str, Work]:
    """Mail of tenants: it needs the mail server."""
    return {mailing.KIND: partial(send_mail, database, postman)}


def file_work(database: Database, storage: Storage, scanner: Scanner | None) -> dict[str, Work]:
    """Files that were never sent, and the scanner, who may take its time."""
    return {
        files.UNSENT: partial(forget_unsent, database, storage),
        files.SCAN: partial(scan_file, database, storage, scanner),
    }


def account_mail_work(database: Database, postman: Postman, letters: Letters, secret: str) -> dict[str, Work]:
    """Mail to people who have no tenant yet, or cannot get at it."""
    return {mailed_links.KIND: partial(send_account_mail, database, postman, letters, secret)}


@asynccontextmanager
async def working(settings: Settings) -> AsyncGenerator[None]:
    """Performs what is due until the block ends; then what is in hand is finished, or carried again by another."""
    database = listening_database(settings.as_app)
    letters = Letters(settings.templates_dir, settings.public_url)
    storage = Storage(settings.files_url, settings.files_dir)
    scanner = Scanner(settings.virus_scanner) if settings.virus_scanner else None
    kinds = {"work": inner_work(database, letters), "files": file_work(database, storage, scanner)}
    if settings.smtp_url:
        postman = Postman(SmtpGateway(settings.smtp_url), Address("Switchboard", addr_spec=settings.mail_from))
        kinds["mail"] = mail_work(database, postman) | account_mail_work(database, postman, letters, settings.secret_key)
    works = Works(database, {kind: work for lane in kinds.values() for kind, work in lane.items()})
    lanes = [Lane(open_queue(settings.as_jobs, name), list(lane)) for name, lane in kinds.items()]
    for lane in lanes:
        await lane.queue.connect()
    workers = [open_worker(lane.queue, works) for lane in lanes]
    await schedule.enter(database, SCHEDULE)
    backlog = asyncio.create_task(measure_for_ever(database))
    relay = asyncio.create_task(Relay(database, lanes).run_for_ever())
    tasks = [asyncio.create_task(worker.start()) for worker in workers]
    try:
        yield
    finally:
        relay.cancel()
        backlog.cancel()
        await asyncio.gather(*(worker.stop() for worker in workers))
        await asyncio.gather(relay, backlog, *tasks, return_exceptions=True)
        for lane in lanes:
            await lane.queue.disconnect()
        await database.engine.dispose()
