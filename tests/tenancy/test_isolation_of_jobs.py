"""Work of one tenant with ids of another: jobs x places of a foreign id, and due rows under the wrong tenant (`matrix.py`)."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from switchboard.facts import TenantFounded
from switchboard.gateways.scanner import Scanner
from switchboard.gateways.storage import Storage
from switchboard.infra import due, outbox
from switchboard.infra.db import Database
from switchboard.infra.due import Due
from switchboard.infra.ids import new_id
from switchboard.infra.outbox import Job, OutboxEntry, hand_over
from switchboard.infra.works import Work
from switchboard.mailing.actions import post
from switchboard.mailing.delivery import Postman
from switchboard.mailing.jobs import send_mail
from switchboard.mailing.letters import Letter
from switchboard.mailing.writing import Letters
from switchboard.protocol import FileState
from switchboard.settings import Settings
from switchboard.wiring.work import file_work, jobs
from tests.cast import Business, Cast
from tests.chats.scene import a_scene
from tests.files.scene import a_file
from tests.tenancy.canaries import mark_rows
from tests.tenancy.checksums import changed, checksums, tenant_tables
from tests.tenancy.entries import Done
from tests.tenancy.matrix import JOBS, KINDS

FAR_AWAY = {"tenant": UUID(int=1), "agent": UUID(int=2), "room": UUID(int=3)}


class Postbox:
    """Stands where the mail server does, and keeps what it gets."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def send(self, message: EmailMessage) -> None:
        self.mails.append(message)


@pytest.fixture
async def acme_and_globex(cast: Cast, superuser: asyncpg.Connection) -> tuple[Business, Business]:
    for business in (cast.acme, cast.globex):
        await mark_rows(superuser, business.slug)
    return cast.acme, cast.globex


@pytest.fixture
def registered(settings: Settings) -> Mapping[str, Job]:
    return jobs(Letters(settings.templates_dir, settings.public_url))


def ids_of(business: Business) -> dict[str, UUID]:
    return {
        "tenant": business.tenant_id,
        "agent": next(iter(business.agents.values())),
        "room": business.room_id,
    }


async def ended(database: Database, registered: Mapping[str, Job], done: Done, tenant: UUID, ids: Mapping[str, UUID]) -> str:
    """`done`, or by which error the job failed."""
    fact = registered[done.job].fact(**{place: ids[name] for place, name in done.ids.items()}, **done.fixed)
    async with database.tenant_tx(tenant, "test") as tx:
        await hand_over(tx, done.job, fact)
        entry = (await tx.session.scalars(select(OutboxEntry.id).where(OutboxEntry.job == done.job))).one()
    claimed = Due(outbox.KIND, tenant, entry, tx.now, 1)
    try:
        await outbox.perform(database, registered, claimed)
    except Exception as error:
        async with database.tenant_tx(tenant, "test") as tx:
            await tx.session.delete(await tx.session.get_one(OutboxEntry, (tenant, entry)))
            await due.finish(tx, claimed)
        return type(error).__name__
    return "done"


async def count(superuser: asyncpg.Connection, table: str, tenant: UUID) -> int:
    return await superuser.fetchval(f'select count(*) from "{table}" where tenant_id = $1', tenant)


async def all_words(superuser: asyncpg.Connection, tenant: UUID) -> str:
    """Everything that is stored for a tenant, mails among it."""
    tables = await tenant_tables(superuser)
    rows = [await superuser.fetch(f'select t::text from "{table}" t where tenant_id = $1', tenant) for table in tables]
    return "\n".join(row[0] for table in rows for row in table)


@pytest.mark.parametrize("done", JOBS, ids=lambda done: done.job)
async def test_a_job_of_globex_does_nothing_with_ids_of_acme(
    database: Database, registered: Mapping[str, Job], acme_and_globex: tuple[Business, Business], superuser, done: Done
) -> None:
    acme, globex = acme_and_globex
    assert await ended(database, registered, done, acme.tenant_id, ids_of(acme)) == "done"
    assert await count(superuser, done.leaves, acme.tenant_id) == 1, "the owner must succeed first"
    before = await checksums(superuser, acme.tenant_id)
    for place in done.ids:
        name = done.ids[place]
        foreign = await ended(database, registered, done, globex.tenant_id, {**ids_of(globex), name: ids_of(acme)[name]})
        absent = await ended(database, registered, done, globex.tenant_id, {**ids_of(globex), name: FAR_AWAY[name]})
        assert foreign == absent, place
    assert "canary-acme" not in await all_words(superuser, globex.tenant_id)
    assert changed(before, await checksums(superuser, acme.tenant_id)) == []


@pytest.mark.parametrize("kind", [kind for kind, table in KINDS.items() if table])
async def test_a_due_row_under_another_tenant_does_nothing(
    database: Database,
    registered: Mapping[str, Job],
    acme_and_globex: tuple[Business, Business],
    superuser,
    settings: Settings,
    kind: str,
) -> None:
    acme, globex = acme_and_globex
    postbox = Postbox()
    storage = Storage(None, settings.files_dir)
    works: dict[str, Work] = {
        **file_work(database, storage, Scanner("true")),
        "job": partial(outbox.perform, database, registered),
        "mail": partial(send_mail, database, Postman(postbox, Address("Switchboard", addr_spec="no-reply@chat.example"))),
    }
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await post(tx, Letter("vera@shop.example", "canary-acme-talk", "canary-acme-talk", "<p>canary-acme-talk"))
        await hand_over(tx, "welcome_owner", TenantFounded(acme.tenant_id, new_id()))
    file = await a_file(database, await a_scene(database, acme, "Ben"), FileState.HELD)
    await storage.put(acme.tenant_id, file, b"bike")
    row = await superuser.fetchval(f'select id from "{KINDS[kind]}" where tenant_id = $1', acme.tenant_id)
    before = await checksums(superuser, acme.tenant_id)
    await works[kind](Due(kind, globex.tenant_id, row, tx.now, 1))
    assert changed(before, await checksums(superuser, acme.tenant_id)) == []
    assert postbox.mails == []
    await works[kind](Due(kind, acme.tenant_id, row, tx.now, 1))
    assert KINDS[kind] in changed(before, await checksums(superuser, acme.tenant_id)), "for its own tenant it must do something"
