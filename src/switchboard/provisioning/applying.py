"""Makes what a tenants file names and is absent, and brings up to date what differs. Deletes nothing; twice changes nothing."""

from uuid import UUID

import msgspec

from switchboard.accounts.actions import join, register
from switchboard.accounts.founding import found_business
from switchboard.accounts.models import Role
from switchboard.accounts.passwords import hashed
from switchboard.accounts.queries import user_by_email
from switchboard.errors import NotFoundError, PlanNeededError, SettingsError
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.ids import new_id
from switchboard.plans.plan import Plan
from switchboard.plans.price_list import PriceList
from switchboard.presence.actions import introduce
from switchboard.provisioning.tenants_file import AgentEntry, TenantEntry, TenantsFile
from switchboard.rooms.actions import assign, fit_to_plan, open_general, open_room, relieve, rename_room
from switchboard.rooms.models import GENERAL
from switchboard.rooms.queries import staffed_rooms
from switchboard.tenancy.actions import describe, put_on
from switchboard.tenancy.business import Business
from switchboard.tenancy.entitlements import entitlements_until_commit
from switchboard.tenancy.queries import tenant_by_slug


async def apply(database: Database, price_list: PriceList, file: TenantsFile) -> None:
    """Raises SettingsError when a tenant has not the plan for its rooms; what stands before it in the file is applied."""
    for entry in file.tenants:
        users = [(await _user(database, agent), agent) for agent in entry.agents]
        tenant_id = await _tenant(database, price_list, entry) or await _found(database, price_list, entry, users)
        async with database.tenant_tx(tenant_id, "system:provisioning") as tx:
            rooms = await _rooms(tx, price_list, entry)
            for user_id, agent in users:
                await _agent(tx, user_id, agent, rooms)


async def _tenant(database: Database, price_list: PriceList, entry: TenantEntry) -> UUID | None:
    """Known by its slug. It keeps the generation of the plan that it has."""
    async with database.global_tx() as tx:
        try:
            tenant = await tenant_by_slug(tx, entry.slug)
        except NotFoundError:
            return None
        business = Business(
            name=tenant.name, account_type=tenant.account_type, time_zone=tenant.time_zone, currency=tenant.currency
        )
        wanted = msgspec.structs.replace(business, **entry.details)
        if wanted != business:
            await describe(tx, tenant.id, wanted)
    if entry.plan not in (None, tenant.plan):
        async with database.tenant_tx(tenant.id, "system:provisioning") as tx:
            await put_on(tx, tenant.id, _born_on(price_list, entry))
            await fit_to_plan(tx, await entitlements_until_commit(tx, price_list))
    return tenant.id


async def _found(database: Database, price_list: PriceList, entry: TenantEntry, users: list[tuple[UUID, AgentEntry]]) -> UUID:
    """As at sign-up, by the first agent who is an owner; but whether they serve GENERAL is said in the file."""
    user_id, owner = next((one for one in users if one[1].role is Role.OWNER), users[0])
    plan = _born_on(price_list, entry)
    async with database.tenant_tx(new_id(), "system:provisioning") as tx:
        business = msgspec.convert(entry.details, Business)
        _, agent = await found_business(tx, business, plan, slugs=[entry.slug], owner=user_id, owner_name=owner.name)
    if GENERAL not in owner.rooms:
        async with database.tenant_tx(tx.tenant_id, "system:provisioning") as again:
            await relieve(again, (await open_general(again)).id, agent.id)
    return tx.tenant_id


def _born_on(price_list: PriceList, entry: TenantEntry) -> Plan:
    return price_list.sold(entry.plan) if entry.plan else price_list.free


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
