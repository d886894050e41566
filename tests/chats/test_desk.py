"""The desk shows one moment, however many statements it is read with."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from switchboard.chats import desk
from switchboard.infra.db import Database, TenantTx
from switchboard.presence.actions import renew_leases
from switchboard.wiring.web import DatabaseSources
from tests.cast import Cast
from tests.chats.scene import a_waiting_chat, answered_by


@pytest.fixture
def answered_meanwhile(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Alice, who can hold one chat, answers it when the desk's chats have been read and its agents have not."""
    waiting: list[UUID] = []
    chats = desk._chats

    async def then_answered(tx: TenantTx) -> object:
        found = await chats(tx)
        monkeypatch.setattr(desk, "_chats", chats)
        (chat,) = waiting
        await asyncio.create_task(answered_by(database, cast.acme, "Alice", chat))
        return found

    monkeypatch.setattr(desk, "_chats", then_answered)
    return waiting


async def test_a_chat_that_is_being_answered_is_always_somewhere(
    database: Database, cast: Cast, superuser: asyncpg.Connection, answered_meanwhile: list[UUID]
) -> None:
    chat = await a_chat_for_one(database, cast, superuser, answered_meanwhile)
    sources = DatabaseSources(database, None)  # type: ignore[arg-type]
    for _ in range(2):  # while it is answered, and after that
        shown = await sources.read_desk(cast.acme.tenant_id)
        assert chat in shown.view(("inbox", cast.acme.agents["Alice"])).cards  # type: ignore[attr-defined]


async def test_read_statement_by_statement_it_would_be_nowhere(
    database: Database, cast: Cast, superuser: asyncpg.Connection, answered_meanwhile: list[UUID]
) -> None:
    """The control."""
    chat = await a_chat_for_one(database, cast, superuser, answered_meanwhile)
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        shown = await desk.read_desk(tx)
    assert chat not in shown.view(("inbox", cast.acme.agents["Alice"])).cards  # type: ignore[attr-defined]


async def a_chat_for_one(database: Database, cast: Cast, superuser: asyncpg.Connection, waiting: list[UUID]) -> UUID:
    await superuser.execute("update presence set capacity = 1")
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await renew_leases(tx, [cast.acme.agents["Alice"]])
    chat, _ = await a_waiting_chat(database, cast.acme)
    waiting.append(chat)
    return chat
