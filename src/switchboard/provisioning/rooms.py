"""Addresses of rooms, for the operator's command line."""

from sqlalchemy import select

from switchboard.errors import NotFoundError, SettingsError
from switchboard.infra.db import Database
from switchboard.rooms.models import Room
from switchboard.tenancy.queries import tenant_by_slug


async def room_address(database: Database, public_url: str, slug: str, room: str) -> str:
    """Raises SettingsError that says which of the two is not there."""
    try:
        async with database.global_tx() as tx:
            tenant = await tenant_by_slug(tx, slug)
    except NotFoundError:
        raise SettingsError(f"there is no tenant {slug}") from None
    async with database.tenant_tx(tenant.id, "operator") as tx:
        token = await tx.session.scalar(select(Room.token).where(Room.name == room, Room.gone_at.is_(None)))
    if token is None:
        raise SettingsError(f"tenant {slug} has no room {room}")
    return f"{public_url}/c/{token}"
