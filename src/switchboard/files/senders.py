"""Who stands at the other end of a file: a visitor by token, an agent by session. No cookie counts for visitors."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from switchboard.accounts.access import at_console
from switchboard.chats.models import Party
from switchboard.chats.queries import chat_of_visitor, party_of_agent, visitor_party
from switchboard.errors import NotFoundError
from switchboard.infra.db import Database, TenantTx
from switchboard.tenancy.directory import Kind, resolve

_SCHEME = "bearer"


@dataclass(frozen=True, slots=True)
class Sender:
    """`party`: theirs in a chat; raises NotFoundError for one that is not theirs."""

    tenant: UUID
    actor: str
    party: Callable[[TenantTx, UUID], Awaitable[Party]]


async def visitor_with(database: Database, authorization: str) -> Sender:
    """By `Authorization: Bearer <token>`. Raises NotFoundError."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != _SCHEME or not token:
        raise NotFoundError
    async with database.global_tx() as tx:
        target = await resolve(tx, Kind.VISITOR, token.strip())

    async def party(tx: TenantTx, chat_id: UUID) -> Party:
        await chat_of_visitor(tx, chat_id, target.id)
        return await visitor_party(tx, chat_id)

    return Sender(target.tenant_id, f"visitor:{target.id}", party)


async def agent_with(database: Database, slug: str, cookie: str | None) -> Sender:
    """Raises SignInNeededError, NotFoundError."""
    here = await at_console(database, slug, cookie)

    async def party(tx: TenantTx, chat_id: UUID) -> Party:
        return await party_of_agent(tx, chat_id, here.agent_id)

    return Sender(here.tenant.id, f"agent:{here.agent_id}", party)
