"""Reads of rooms."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from switchboard.accounts.models import Agent
from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.rooms.models import Assignment, Room


@dataclass(frozen=True, slots=True)
class StaffedRoom:
    """A room and who serves it, names in order."""

    id: UUID
    name: str
    token: str
    agents: dict[UUID, str]


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


async def room_count(tx: TenantTx) -> int:
    """How many rooms the tenant has, GENERAL among them."""
    return await tx.session.scalar(select(func.count()).select_from(Room)) or 0


async def staffed_rooms(tx: TenantTx) -> list[StaffedRoom]:
    """All of the tenant, the oldest first, which is GENERAL."""
    rooms = list(await tx.session.scalars(select(Room).order_by(Room.created_at, Room.id)))
    serving = select(Assignment.room_id, Agent.id, Agent.name)
    serving = serving.join(Agent, (Agent.tenant_id == Assignment.tenant_id) & (Agent.id == Assignment.agent_id))
    agents: dict[UUID, dict[UUID, str]] = {room.id: {} for room in rooms}
    for room_id, agent_id, name in await tx.session.execute(serving.order_by(Agent.name)):
        agents[room_id][agent_id] = name
    return [StaffedRoom(room.id, room.name, room.token, agents[room.id]) for room in rooms]
