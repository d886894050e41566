"""Verbs of rooms."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from switchboard.errors import ConflictError
from switchboard.facts import DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id, new_token
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.rooms.models import GENERAL, Assignment, Room
from switchboard.rooms.names import room_name
from switchboard.tenancy.directory import Kind, enter
from switchboard.tenancy.entitlements import entitlements_until_commit


async def open_general(tx: TenantTx) -> Room:
    """The room that every tenant has, made if absent, with its public address."""
    room = await tx.session.scalar(select(Room).where(Room.name == GENERAL))
    return room or await _opened(tx, GENERAL)


async def open_room(tx: TenantTx, price_list: PriceList, wanted: str) -> Room:
    """A further room with its public address. Raises PlanNeededError, RoomNameError, ConflictError for a name that is taken."""
    may = await entitlements_until_commit(tx, price_list)
    taken = {name.casefold(): name for name in await tx.session.scalars(select(Room.name))}
    may.require_another(Limit.ROOMS, len(taken))
    name = room_name(wanted)
    if name.casefold() in taken:
        raise ConflictError(f"There is already a room named {taken[name.casefold()]}. Choose another name.", code="name_taken")
    return await _opened(tx, name)


async def rename_room(tx: TenantTx, room_id: UUID, name: str) -> None:
    """The room is called so from now on; its address stays."""
    await tx.session.execute(update(Room).where(Room.id == room_id).values(name=name))


async def assign(tx: TenantTx, room_id: UUID, agent_id: UUID) -> None:
    """The agent serves this room from now on."""
    assignment = insert(Assignment).values(tenant_id=tx.tenant_id, room_id=room_id, agent_id=agent_id)
    await tx.session.execute(assignment.on_conflict_do_nothing())
    tx.happened(DeskChanged(tx.tenant_id))


async def relieve(tx: TenantTx, room_id: UUID, agent_id: UUID) -> None:
    """The agent serves this room no longer."""
    await tx.session.execute(delete(Assignment).where(Assignment.room_id == room_id, Assignment.agent_id == agent_id))
    tx.happened(DeskChanged(tx.tenant_id))


async def _opened(tx: TenantTx, name: str) -> Room:
    room = Room(id=new_id(), name=name, token=new_token()[:22], created_at=tx.now)
    tx.session.add(room)
    enter(tx, Kind.ROOM, room.token, room.id)
    await tx.session.flush()
    return room
