"""The only ways across tenants: exact match in, ids out (DESIGN 4.5)."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import column, delete, func, select

from switchboard.errors import NotFoundError
from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.infra.ids import token_hash
from switchboard.tenancy.models import DirectoryEntry


class Kind(StrEnum):
    """What a token stands for."""

    ROOM = "room"
    VISITOR = "visitor"


class Target(NamedTuple):
    """Where a token leads: `id` is the room's or the visitor's."""

    tenant_id: UUID
    id: UUID


class Membership(NamedTuple):
    """A user's agent in one tenant."""

    tenant_id: UUID
    agent_id: UUID


def enter(tx: TenantTx, kind: Kind, token: str, target: UUID) -> None:
    """Make the token lead to `target`; only its hash is stored."""
    tx.session.add(DirectoryEntry(kind=kind, token_hash=token_hash(token), target=target))


async def withdraw(tx: TenantTx, kind: Kind, target: UUID) -> None:
    """No token leads to `target` any more."""
    mine = (DirectoryEntry.kind == kind, DirectoryEntry.target == target)
    await tx.session.execute(delete(DirectoryEntry).where(*mine))


async def resolve(tx: GlobalTx, kind: Kind, token: str) -> Target:
    """Raises NotFoundError for a token that leads nowhere."""
    found = func.resolve(kind.value, token_hash(token)).table_valued(column("tenant_id"), column("target"))
    row = (await tx.session.execute(select(found.c.tenant_id, found.c.target))).one_or_none()
    if row is None:
        raise NotFoundError
    return Target(row[0], row[1])


async def memberships(tx: GlobalTx, user_id: UUID) -> list[Membership]:
    """In which tenants this user is an agent."""
    found = func.memberships(user_id).table_valued(column("tenant_id"), column("agent_id"))
    rows = await tx.session.execute(select(found.c.tenant_id, found.c.agent_id))
    return [Membership(tenant_id, agent_id) for tenant_id, agent_id in rows]
