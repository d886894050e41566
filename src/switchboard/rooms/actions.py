"""Verbs of rooms."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id, new_token
from switchboard.rooms.models import GENERAL, Assignment, Room
from switchboard.tenancy.directory import Kind, enter


async def open_general(tx: TenantTx) -> Room:
    """The room that every tenant has, made if absent, with its public address."""
    room = await tx.session.scalar(select(Room).where(Room.name == GENERAL))
    if room is None:
        room = Room(id=new_id(), name=GENERAL, token=new_token()[:22], created_at=tx.now)
        tx.session.add(room)
        enter(tx, Kind.ROOM, room.token, room.id)
        await tx.session.flush()
    return room


async def assign(tx: TenantTx, room_id: UUID, agent_id: UUID) -> None:
    """The agent serves this room from now on."""
    assignment = insert(Assignment).values(tenant_id=tx.tenant_id, room_id=room_id, agent_id=agent_id)
    await tx.session.execute(assignment.on_conflict_do_nothing())
