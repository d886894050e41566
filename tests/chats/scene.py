"""Chats made by the actions themselves, without sockets, for tests of the log and of answering."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlalchemy import select

from switchboard.accounts.queries import agent as agent_by_id
from switchboard.chats.actions import answer, open_chat
from switchboard.chats.models import Party
from switchboard.customers.actions import welcome
from switchboard.infra.db import Database
from switchboard.presence.actions import renew_leases
from switchboard.protocol import Open, Side
from switchboard.tenancy.directory import Kind, resolve
from tests.cast import Business, a_cid


@dataclass
class Scene:
    """A chat that one agent has answered."""

    tenant: UUID
    chat: UUID
    visitor: UUID
    visitor_party: UUID
    agent_party: UUID | None


async def a_visitor(database: Database, business: Business) -> UUID:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        token = welcome(tx)
    async with database.global_tx() as tx:
        return (await resolve(tx, Kind.VISITOR, token)).id


async def connect(database: Database, business: Business, *names: str) -> None:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        await renew_leases(tx, [business.agents[name] for name in names])


async def a_waiting_chat(database: Database, business: Business, name: str = "Vera") -> tuple[UUID, UUID]:
    """(chat, visitor)."""
    visitor = await a_visitor(database, business)
    await connect(database, business, *business.agents)
    wanted = Open(cid=a_cid(), name=name, question="Does an M fit me?", page=None)
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        return await open_chat(tx, business.room_id, visitor, wanted), visitor


async def answered_by(database: Database, business: Business, name: str, chat: UUID) -> None:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        await answer(tx, await agent_by_id(tx, business.agents[name]), chat)


async def a_scene(database: Database, business: Business, agent: str | None = None) -> Scene:
    chat, visitor = await a_waiting_chat(database, business)
    if agent:
        await answered_by(database, business, agent, chat)
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        parties = {party.side: party.id for party in await tx.session.scalars(select(Party).where(Party.chat_id == chat))}
    return Scene(business.tenant_id, chat, visitor, parties[Side.VISITOR], parties.get(Side.AGENT))


async def stored(superuser: asyncpg.Connection, chat: UUID) -> list[tuple[int, str]]:
    """(seq, text or kind) of the whole log, as the database has it."""
    rows = await superuser.fetch(
        "select seq, coalesce(body->>'text', body->>'kind') from message where chat_id = $1 order by seq", chat
    )
    return [(row[0], row[1]) for row in rows]
