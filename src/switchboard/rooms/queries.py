"""Reads of rooms."""

from uuid import UUID

from sqlalchemy import select

from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.rooms.models import Assignment, Room


async def room(tx: TenantTx, room_id: UUID) -> Room:
    """Raises NotFoundError."""
    found = await tx.session.scalar(select(Room).where(Room.id == room_id))
    if found is None:
        raise NotFoundError
    return found


async def rooms_of(tx: TenantTx, agent_id: UUID) -> set[UUID]:
    """Ids of the rooms that this agent serves."""
    return set(await tx.session.scalars(select(Assignment.room_id).where(Assignment.agent_id == agent_id)))


async def agents_of(tx: TenantTx, room_id: UUID) -> list[UUID]:
    """Ids of the agents that serve this room."""
    return list(await tx.session.scalars(select(Assignment.agent_id).where(Assignment.room_id == room_id)))
