"""Makes what a tenants file names and is absent, and brings up to date what differs. Deletes nothing; twice changes nothing."""

from uuid import UUID

from switchboard.accounts.actions import join, register
from switchboard.accounts.passwords import hashed
from switchboard.accounts.queries import user_by_email
from switchboard.errors import NotFoundError, PlanNeededError, SettingsError
from switchboard.infra.db import Database, TenantTx
from switchboard.plans.price_list import PriceList
from switchboard.presence.actions import introduce
from switchboard.provisioning.tenants_file import AgentEntry, TenantEntry, TenantsFile
from switchboard.rooms.actions import assign, open_general, open_room, rename_room
from switchboard.rooms.queries import staffed_rooms
from switchboard.tenancy.actions import found, put_on, rename
from switchboard.tenancy.queries import tenant_by_slug


async def apply(database: Database, price_list: PriceList, file: TenantsFile) -> None:
    """Raises SettingsError when a tenant has not the plan for its rooms; what stands before it in the file is applied."""
    for entry in file.tenants:
        tenant_id = await _tenant(database, price_list, entry)
        users = [(await _user(database, agent), agent) for agent in entry.agents]
        async with database.tenant_tx(tenant_id, "system:provisioning") as tx:
            rooms = await _rooms(tx, price_list, entry)
            for user_id, agent in users:
                await _agent(tx, user_id, agent, rooms)


async def _tenant(database: Database, price_list: PriceList, entry: TenantEntry) -> UUID:
    """A tenant keeps the generation of the plan that it has."""
    born_on = price_list.sold(entry.plan) if entry.plan else price_list.free
    async with database.global_tx() as tx:
        try:
            tenant = await tenant_by_slug(tx, entry.slug)
        except NotFoundError:
            return (await found(tx, entry.slug, entry.name, born_on)).id
        if tenant.name != entry.name:
            await rename(tx, tenant.id, entry.name)
        if entry.plan not in (None, tenant.plan):
            await put_on(tx, tenant.id, born_on)
    return tenant.id


async def _rooms(tx: TenantTx, price_list: PriceList, entry: TenantEntry) -> dict[str, UUID]:
    """Ids by name as the file spells it."""
    await open_general(tx)
    there = {room.name.casefold(): room for room in await staffed_rooms(tx)}
    ids: dict[str, UUID] = {}
    for name in entry.all_rooms:
        room = there.get(name.casefold())
        try:
            ids[name] = room.id if room else (await open_room(tx, price_list, name)).id
        except PlanNeededError as error:
            raise SettingsError(f"tenant {entry.slug}, room {name}: {error.message}") from error
        if room and room.name != name:
            await rename_room(tx, room.id, name)
    return ids


async def _agent(tx: TenantTx, user_id: UUID, wanted: AgentEntry, rooms: dict[str, UUID]) -> None:
    agent = await join(tx, user_id, wanted.name, wanted.role)
    await introduce(tx, agent.id)
    for name in wanted.rooms:
        await assign(tx, rooms[name], agent.id)


async def _user(database: Database, entry: AgentEntry) -> UUID:
    async with database.global_tx() as tx:
        known = await user_by_email(tx, entry.email)
    if known is not None:
        return known.id
    password = await hashed(entry.password)
    async with database.global_tx() as tx:
        return (await register(tx, entry.email, password)).id
