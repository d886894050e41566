"""Reads of rooms."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from switchboard.accounts.models import Agent
from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.rooms.models import GENERAL, Assignment, Room


@dataclass(frozen=True, slots=True)
class StaffedRoom:
    """A room and who serves it, names in order."""

    id: UUID
    name: str
    token: str
    paused_by: str | None
    agents: dict[UUID, str]


async def room(tx: TenantTx, room_id: UUID) -> Room:
    """Raises NotFoundError for one that is deleted, too."""
    found = await tx.session.scalar(select(Room).where(Room.id == room_id, Room.gone_at.is_(None)))
    if found is None:
        raise NotFoundError
    return found


async def open_room_until_commit(tx: TenantTx, room_id: UUID) -> Room | None:
    """None while the room is paused or gone; otherwise it stays as it is until the transaction ends."""
    takes = select(Room).where(Room.id == room_id, Room.paused_by.is_(None), Room.gone_at.is_(None))
    return await tx.session.scalar(takes.with_for_update(read=True))


async def rooms_of(tx: TenantTx, agent_id: UUID) -> set[UUID]:
    """Ids of the rooms that this agent serves."""
    return set(await tx.session.scalars(select(Assignment.room_id).where(Assignment.agent_id == agent_id)))


async def agents_of(tx: TenantTx, room_id: UUID) -> list[UUID]:
    """Ids of the agents that serve this room."""
    return list(await tx.session.scalars(select(Assignment.agent_id).where(Assignment.room_id == room_id)))


async def room_count(tx: TenantTx) -> int:
    """How many rooms the tenant has, GENERAL among them."""
    return await tx.session.scalar(select(func.count()).select_from(Room).where(Room.gone_at.is_(None))) or 0


async def rooms_in_order(tx: TenantTx) -> list[Room]:
    """All of the tenant as its people ordered them; GENERAL is the first."""
    living = select(Room).where(Room.gone_at.is_(None))
    return list(await tx.session.scalars(living.order_by(Room.name != GENERAL, Room.place, Room.created_at, Room.id)))


async def room_names(tx: TenantTx, rooms: set[UUID]) -> dict[UUID, str]:
    """Also of those that are deleted."""
    return dict((await tx.session.execute(select(Room.id, Room.name).where(Room.id.in_(rooms)))).all())


async def staffed_rooms(tx: TenantTx) -> list[StaffedRoom]:
    """As `rooms_in_order`, with who serves them."""
    rooms = await rooms_in_order(tx)
    serving = select(Assignment.room_id, Agent.id, Agent.name)
    serving = serving.join(Agent, (Agent.tenant_id == Assignment.tenant_id) & (Agent.id == Assignment.agent_id))
    agents: dict[UUID, dict[UUID, str]] = {room.id: {} for room in rooms}
    for room_id, agent_id, name in await tx.session.execute(serving.order_by(Agent.name)):
        agents[room_id][agent_id] = name
    return [StaffedRoom(room.id, room.name, room.token, room.paused_by, agents[room.id]) for room in rooms]
