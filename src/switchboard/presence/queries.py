"""Reads of presence."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from switchboard.infra.db import TenantTx
from switchboard.presence.models import Presence
from switchboard.protocol import AgentState, Availability


async def anyone_connected(tx: TenantTx, agents: Collection[UUID]) -> bool:
    """Is at least one of them ONLINE with a live lease? Whether they are below capacity decides only who rings."""
    online = select(func.count()).select_from(Presence)
    online = online.where(
        Presence.agent_id.in_(agents), Presence.availability == Availability.ONLINE, Presence.lease_until > tx.now
    )
    return bool(await tx.session.scalar(online))


async def presences(tx: TenantTx) -> dict[UUID, Presence]:
    """All of the tenant, by agent."""
    return {row.agent_id: row for row in await tx.session.scalars(select(Presence))}


def state(presence: Presence, now: datetime) -> AgentState:
    """What to show (SPEC 5)."""
    if presence.availability is Availability.OFFLINE:
        return AgentState.OFFLINE
    if presence.lease_until <= now:
        return AgentState.AWAY
    return AgentState.IN_CHAT if presence.used >= presence.capacity else AgentState.ONLINE
