"""The one gate of plans, for server and screens: what this tenant has, and which plan would unlock more (SPEC 2)."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from switchboard.errors import PlanNeededError
from switchboard.infra.db import TenantTx
from switchboard.plans.comparison import price
from switchboard.plans.plan import Plan
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import FEATURE_NAMES, LIMIT_NAMES, Feature, Limit, Unlimited
from switchboard.tenancy.models import Tenant

WHERE_TO = "Compare the plans on the page Plan."


@dataclass(frozen=True, slots=True)
class Entitlements:
    """What a tenant's own plan has, of whatever generation; what it would need is looked for among the plans on sale."""

    plan: Plan
    on_sale: tuple[Plan, ...]

    def allows(self, feature: Feature) -> bool:
        """For screens, which show what is locked in its place."""
        return feature in self.plan.features

    def require(self, feature: Feature) -> None:
        """Raises PlanNeededError that names the cheapest plan with this feature."""
        if not self.allows(feature):
            raise _needed(f"{FEATURE_NAMES[feature]} needs", self.unlocks(feature))

    def limit(self, limit: Limit) -> int | Unlimited:
        """How many of these the plan has."""
        return self.plan.amount(limit)

    def allows_another(self, limit: Limit, used: int) -> bool:
        """Is there place for one more when `used` are there?"""
        return self.plan.has_more_than(limit, used)

    def require_another(self, limit: Limit, used: int) -> None:
        """Raises PlanNeededError that names the cheapest plan with place for one more."""
        if not self.allows_another(limit, used):
            one, many = LIMIT_NAMES[limit]
            amount = self.limit(limit)
            wanted = f"More than {amount} {many} need"
            if amount == 1:
                wanted = f"A second {one} needs" if used == 1 else f"More than 1 {one} needs"
            raise _needed(wanted, self.unlocks_another(limit, used))

    def unlocks(self, feature: Feature) -> Plan | None:
        """The cheapest plan on sale with this feature."""
        return next((plan for plan in self.on_sale if feature in plan.features), None)

    def unlocks_another(self, limit: Limit, used: int) -> Plan | None:
        """The cheapest plan on sale with place for one more when `used` are there."""
        return next((plan for plan in self.on_sale if plan.has_more_than(limit, used)), None)


async def entitlements(tx: TenantTx, price_list: PriceList) -> Entitlements:
    """Of the transaction's tenant. Raises SettingsError when the files lack its plan."""
    return await _read(tx, price_list, _plan_of(tx))


async def entitlements_until_commit(tx: TenantTx, price_list: PriceList) -> Entitlements:
    """For who counts against a limit: the tenant is locked, so that two who count at once do not both find the last place."""
    return await _read(tx, price_list, _plan_of(tx).with_for_update(key_share=True))


def _plan_of(tx: TenantTx) -> Select[str, str]:
    return select(Tenant.generation, Tenant.plan).where(Tenant.id == tx.tenant_id)


async def _read(tx: TenantTx, price_list: PriceList, wanted: Select[str, str]) -> Entitlements:
    generation, plan = (await tx.session.execute(wanted)).one()
    return Entitlements(price_list.plan(generation, plan), price_list.on_sale)


def _needed(wanted: str, plan: Plan | None) -> PlanNeededError:
    if plan is None:
        return PlanNeededError(f"{wanted} a plan that is not on sale. Ask whoever runs this Switchboard.", plan=None)
    return PlanNeededError(f"{wanted} {plan.name}, {price(plan)} a month. {WHERE_TO}", plan=plan.name)
