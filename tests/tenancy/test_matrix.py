"""The matrix is whole, and can see what it looks for: each protection switched off shows as a leak."""

import asyncpg
import msgspec
import pytest
from sqlalchemy import select

from switchboard.accounts.access import AtConsole
from switchboard.chats import routes as chats_routes
from switchboard.chats import socket as chats_socket
from switchboard.chats.models import Party
from switchboard.errors import NotFoundError
from switchboard.files import actions as files
from switchboard.infra.db import Database
from switchboard.mailing import actions as mailing
from switchboard.mailing.writing import Letters
from switchboard.protocol import Resume
from switchboard.settings import Settings
from switchboard.wiring.work import inner_work, jobs
from tests.cast import Cast
from tests.stack import Stack
from tests.tenancy.checksums import OF_TENANT, changed, checksums, tenant_tables
from tests.tenancy.completeness import (
    missing_commands,
    missing_jobs,
    missing_kinds,
    missing_routes,
    missing_sockets,
    missing_sums,
    missing_tables,
)
from tests.tenancy.matrix import COMMANDS, JOBS, KINDS, ROUTES, SOCKETS
from tests.tenancy.probes import GLOBAL_TABLES, TENANT_TABLES
from tests.tenancy.test_isolation import leaks_of_command, leaks_of_route, world

__all__ = ["world"]


def test_every_route_is_in_the_matrix(stack: Stack) -> None:
    assert missing_routes(stack.app, ROUTES) == []
    assert missing_sockets(stack.app, SOCKETS) == []


def test_every_command_is_in_the_matrix() -> None:
    assert missing_commands(COMMANDS) == []


def test_every_job_and_kind_of_work_is_in_the_matrix(settings: Settings, database: Database) -> None:
    letters = Letters(settings.templates_dir, settings.public_url)
    assert missing_jobs(jobs(letters), JOBS) == []
    assert missing_kinds([*inner_work(database, letters), mailing.KIND, files.UNSENT, files.SCAN], KINDS) == []
    assert missing_jobs(jobs(letters), []) == [
        "welcome_owner is not in the matrix: add Done(...) to JOBS in tests/tenancy/matrix.py"
    ]
    assert missing_kinds(["fax"], KINDS) != []


async def test_every_table_is_in_the_matrix(superuser: asyncpg.Connection) -> None:
    found = await superuser.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
    )
    assert missing_tables((row[0] for row in found), TENANT_TABLES + GLOBAL_TABLES) == []
    assert missing_sums(GLOBAL_TABLES, OF_TENANT) == []
    assert set(await tenant_tables(superuser)) <= set(TENANT_TABLES)


def test_what_has_no_entry_is_named_with_what_to_do(stack: Stack) -> None:
    class Kick(msgspec.Struct):
        pass

    assert missing_routes(stack.app, ROUTES[1:]) == [
        "GET / is not in the matrix: add Route(...) to ROUTES in tests/tenancy/matrix.py"
    ]
    assert missing_commands(COMMANDS, (*(asked.kind for asked in COMMANDS), Kick)) == [
        "Kick is not in the matrix: add Asked(...) to COMMANDS in tests/tenancy/matrix.py"
    ]
    assert missing_sockets(stack.app, []) != []
    assert missing_tables(["chat"], []) != []


async def test_without_membership_the_matrix_finds_gil_in_acmes_console(world, monkeypatch: pytest.MonkeyPatch) -> None:
    right, alice = chats_routes.at_console, world.cookies["Alice"]

    async def anybody(database, slug: str, cookie: str | None) -> AtConsole:
        return await right(database, slug, alice if cookie and slug == "acme" else cookie)

    monkeypatch.setattr(chats_routes, "at_console", anybody)
    leaks = await leaks_of_route(world, next(route for route in ROUTES if route.path == "/console/{slug:str}/inbox"))
    assert "Gil, owner of Globex with ['path.slug']: 200" in leaks
    assert "Gil, owner of Globex with ['path.slug']: canary-acme-house" in leaks
    assert "Gil, owner of Globex with ['path.slug']: another answer than for an id that nobody has" in leaks


async def test_without_parties_the_matrix_finds_colleagues_in_veras_chat(world, monkeypatch: pytest.MonkeyPatch) -> None:
    async def anybody(_self, tx, chat_id):
        party = await tx.session.scalar(select(Party).where(Party.chat_id == chat_id).limit(1))
        if party is None:
            raise NotFoundError
        return party

    monkeypatch.setattr(chats_socket.SeatedAgent, "party", anybody)
    leaks = await leaks_of_command(world, next(asked for asked in COMMANDS if asked.kind is Resume))
    assert "Cara, agent, not in the chat sees canary-acme-talk" in leaks
    assert "Cara, agent, not in the chat with chat: was told [], not no_chat" in leaks
    assert not any("Gil" in leak and "canary" in leak for leak in leaks)


async def test_a_sum_sees_one_changed_row(superuser: asyncpg.Connection, cast: Cast) -> None:
    before = await checksums(superuser, cast.acme.tenant_id)
    await superuser.execute("update room set name = 'x' where tenant_id = $1", cast.globex.tenant_id)
    assert changed(before, await checksums(superuser, cast.acme.tenant_id)) == []
    await superuser.execute("update room set name = 'x' where tenant_id = $1", cast.acme.tenant_id)
    assert changed(before, await checksums(superuser, cast.acme.tenant_id)) == ["room"]
