"""Verbs of rooms."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from switchboard.errors import ConflictError
from switchboard.facts import DeskChanged, RoomGoes
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id, new_token
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.rooms.models import GENERAL, Assignment, PausedBy, Room
from switchboard.rooms.names import room_name
from switchboard.rooms.order import Step, moved, paused_by
from switchboard.rooms.queries import room, rooms_in_order
from switchboard.tenancy.directory import Kind, enter, withdraw
from switchboard.tenancy.entitlements import Entitlements, entitlements_until_commit

GENERAL_STAYS = "GENERAL is the room that every business has: it keeps its name and its place. Pause it instead."


async def open_general(tx: TenantTx) -> Room:
    """The room that every tenant has, made if absent, with its public address."""
    found = await tx.session.scalar(select(Room).where(Room.name == GENERAL, Room.gone_at.is_(None)))
    return found or await _opened(tx, GENERAL, place=0)


async def open_room(tx: TenantTx, price_list: PriceList, wanted: str) -> Room:
    """A further room with its public address. Raises PlanNeededError, RoomNameError, ConflictError for a name that is taken."""
    may = await entitlements_until_commit(tx, price_list)
    others = await rooms_in_order(tx)
    may.require_another(Limit.ROOMS, len(others))
    name = _free_name(wanted, others)
    return await _opened(tx, name, place=others[-1].place + 1 if others else 0)


async def rename_room(tx: TenantTx, room_id: UUID, wanted: str) -> None:
    """The room is called so from now on; its address stays. Raises NotFoundError, RoomNameError, ConflictError."""
    renamed = await _not_general(tx, room_id)
    renamed.name = _free_name(wanted, [other for other in await rooms_in_order(tx) if other.id != room_id])
    tx.happened(DeskChanged(tx.tenant_id))


async def move_room(tx: TenantTx, price_list: PriceList, room_id: UUID, step: Step) -> None:
    """One place up or down; at the end it stays. When the plan has fewer rooms, those that stand last are paused."""
    may = await entitlements_until_commit(tx, price_list)
    await _not_general(tx, room_id)
    rooms = {each.id: each for each in await rooms_in_order(tx)}
    for place, each in enumerate(moved(list(rooms), room_id, step)):
        rooms[each].place = place
    await fit_to_plan(tx, may)


async def pause_room(tx: TenantTx, room_id: UUID) -> None:
    """No new chats until it is resumed; those that wait or run go on. Raises NotFoundError."""
    (await room(tx, room_id)).paused_by = PausedBy.TEAM
    tx.happened(DeskChanged(tx.tenant_id))


async def resume_room(tx: TenantTx, price_list: PriceList, room_id: UUID) -> None:
    """It takes chats again. Raises NotFoundError, PlanNeededError while the plan has fewer rooms."""
    may = await entitlements_until_commit(tx, price_list)
    resumed = await room(tx, room_id)
    place = [each.id for each in await rooms_in_order(tx)].index(room_id)
    may.require_another(Limit.ROOMS, place)
    resumed.paused_by = None
    tx.happened(DeskChanged(tx.tenant_id))


async def delete_room(tx: TenantTx, price_list: PriceList, room_id: UUID) -> None:
    """Its address leads nowhere from now on; the chats of the past stay. Raises NotFoundError, ConflictError for open ones."""
    may = await entitlements_until_commit(tx, price_list)
    going = await _not_general(tx, room_id)
    tx.happened(RoomGoes(tx.tenant_id, room_id))
    going.gone_at = tx.now
    await withdraw(tx, Kind.ROOM, room_id)
    await tx.session.execute(delete(Assignment).where(Assignment.room_id == room_id))
    await fit_to_plan(tx, may)


async def fit_to_plan(tx: TenantTx, may: Entitlements) -> None:
    """Pauses the rooms beyond the plan's number, and brings back those that it has place for. Nothing is deleted (SPEC 2)."""
    await tx.session.flush()
    for place, each in enumerate(await rooms_in_order(tx)):
        each.paused_by = paused_by(each.paused_by, has_place=may.allows_another(Limit.ROOMS, place))
    tx.happened(DeskChanged(tx.tenant_id))


async def assign(tx: TenantTx, room_id: UUID, agent_id: UUID) -> None:
    """The agent serves this room from now on."""
    assignment = insert(Assignment).values(tenant_id=tx.tenant_id, room_id=room_id, agent_id=agent_id)
    await tx.session.execute(assignment.on_conflict_do_nothing())
    tx.happened(DeskChanged(tx.tenant_id))


async def relieve(tx: TenantTx, room_id: UUID, agent_id: UUID) -> None:
    """The agent serves this room no longer."""
    await tx.session.execute(delete(Assignment).where(Assignment.room_id == room_id, Assignment.agent_id == agent_id))
    tx.happened(DeskChanged(tx.tenant_id))


def _free_name(wanted: str, others: list[Room]) -> str:
    name = room_name(wanted)
    for other in others:
        if other.name.casefold() == name.casefold():
            raise ConflictError(f"There is already a room named {other.name}. Choose another name.", code="name_taken")
    return name


async def _not_general(tx: TenantTx, room_id: UUID) -> Room:
    found = await room(tx, room_id)
    if found.name == GENERAL:
        raise ConflictError(GENERAL_STAYS, code="general_stays")
    return found


async def _opened(tx: TenantTx, name: str, place: int) -> Room:
    opened = Room(id=new_id(), name=name, token=new_token()[:22], created_at=tx.now, place=place)
    tx.session.add(opened)
    enter(tx, Kind.ROOM, opened.token, opened.id)
    await tx.session.flush()
    return opened
