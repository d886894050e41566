"""A room by its public address."""

from dataclasses import dataclass

from switchboard.infra.db import Database
from switchboard.rooms.models import Room
from switchboard.rooms.queries import room
from switchboard.tenancy.directory import Kind, resolve
from switchboard.tenancy.models import Tenant
from switchboard.tenancy.queries import tenant


@dataclass(frozen=True, slots=True)
class AddressedRoom:
    """Where a room's token leads."""

    tenant: Tenant
    room: Room


async def room_at(database: Database, token: str) -> AddressedRoom:
    """Raises NotFoundError."""
    async with database.global_tx() as tx:
        target = await resolve(tx, Kind.ROOM, token)
        owner = await tenant(tx, target.tenant_id)
    async with database.tenant_tx(target.tenant_id, "visitor") as tx:
        return AddressedRoom(owner, await room(tx, target.id))
