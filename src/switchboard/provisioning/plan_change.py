"""The operator puts a tenant on another plan. What is over the new limit is listed before and kept after (SPEC 2)."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.errors import NotFoundError, SettingsError
from switchboard.infra.db import Database
from switchboard.plans.plan import Plan
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.rooms.actions import fit_to_plan
from switchboard.rooms.queries import staffed_rooms
from switchboard.tenancy.actions import put_on
from switchboard.tenancy.entitlements import entitlements_until_commit
from switchboard.tenancy.queries import tenant_by_slug


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What would happen. `over`: names of the rooms beyond the limit, those that stand last."""

    tenant_id: UUID
    tenant_name: str
    before: Plan
    after: Plan
    over: list[str]


async def planned(database: Database, price_list: PriceList, slug: str, key: str) -> PlanChange:
    """Changes nothing. Who has a plan of this name keeps its generation. Raises SettingsError for what is not there."""
    after = price_list.sold(key)
    try:
        async with database.global_tx() as tx:
            tenant = await tenant_by_slug(tx, slug)
    except NotFoundError:
        raise SettingsError(f"there is no tenant {slug}") from None
    before = price_list.plan(tenant.generation, tenant.plan)
    if before.key == key:
        after = before
    async with database.tenant_tx(tenant.id, "operator") as tx:
        rooms = [room.name for room in await staffed_rooms(tx)]
    over = [name for place, name in enumerate(rooms) if not after.has_more_than(Limit.ROOMS, place)]
    return PlanChange(tenant.id, tenant.name, before, after, over)


async def carry_out(database: Database, price_list: PriceList, change: PlanChange) -> None:
    """Deletes nothing: rooms over the limit pause, and those that have a place again come back."""
    async with database.tenant_tx(change.tenant_id, "operator") as tx:
        await put_on(tx, change.tenant_id, change.after)
        await fit_to_plan(tx, await entitlements_until_commit(tx, price_list))
