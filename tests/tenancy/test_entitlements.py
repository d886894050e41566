"""The one gate: what a plan has passes, what it has not is refused with the name of the cheapest plan that has."""

import dataclasses
from itertools import product

import msgspec
import pytest
import sqlalchemy.exc
from sqlalchemy import update

from switchboard.errors import PlanNeededError, SettingsError
from switchboard.infra.db import Database
from switchboard.plans.plan import Plan
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import FEATURE_NAMES, LIMIT_NAMES, UNLIMITED, Feature, Limit
from switchboard.tenancy.actions import put_on
from switchboard.tenancy.entitlements import Entitlements, entitlements
from switchboard.tenancy.models import Tenant
from tests.cast import PRICE_LIST, Cast

ON_SALE = PRICE_LIST.on_sale
FREE, PROFESSIONAL, BUSINESS, ENTERPRISE = ON_SALE


def has(plan: Plan) -> Entitlements:
    return Entitlements(plan, ON_SALE)


def refusal(attempt, *arguments: object) -> PlanNeededError:
    with pytest.raises(PlanNeededError) as refused:
        attempt(*arguments)
    assert (refused.value.status, refused.value.code) == (403, "plan_needed")
    return refused.value


@pytest.mark.parametrize(("plan", "feature"), list(product(ON_SALE, Feature)))
def test_a_feature_passes_or_the_refusal_names_the_cheapest_plan_that_has_it(plan: Plan, feature: Feature) -> None:
    if feature in plan.features:
        assert has(plan).allows(feature)
        has(plan).require(feature)
    else:
        assert not has(plan).allows(feature)
        cheapest = min((other for other in ON_SALE if feature in other.features), key=lambda other: other.price.amount)
        error = refusal(has(plan).require, feature)
        assert error.members == {"plan": cheapest.name}
        assert error.message.startswith(f"{FEATURE_NAMES[feature]} needs {cheapest.name}, ")


@pytest.mark.parametrize(
    ("plan", "used", "message"),
    [
        (FREE, 1, "A second room needs Professional, 19 USD a month. Compare the plans on the page Plan."),
        (FREE, 3, "More than 1 room needs Professional, 19 USD a month. Compare the plans on the page Plan."),
        (FREE, 5, "More than 1 room needs Business, 49 USD a month. Compare the plans on the page Plan."),
        (PROFESSIONAL, 5, "More than 5 rooms need Business, 49 USD a month. Compare the plans on the page Plan."),
        (BUSINESS, 25, "More than 25 rooms need Enterprise, 199 USD a month. Compare the plans on the page Plan."),
    ],
)
def test_one_more_than_the_limit_is_refused_by_the_name_of_the_plan_with_place(plan: Plan, used: int, message: str) -> None:
    assert not has(plan).allows_another(Limit.ROOMS, used)
    error = refusal(has(plan).require_another, Limit.ROOMS, used)
    assert error.message == message
    assert str(error.members["plan"]) in message


@pytest.mark.parametrize(("plan", "used"), [(FREE, 0), (PROFESSIONAL, 4), (BUSINESS, 24), (ENTERPRISE, 10_000)])
def test_up_to_the_limit_everything_passes(plan: Plan, used: int) -> None:
    assert has(plan).allows_another(Limit.ROOMS, used)
    has(plan).require_another(Limit.ROOMS, used)


def test_unlimited_is_said_explicitly() -> None:
    assert [has(plan).limit(Limit.ROOMS) for plan in ON_SALE] == [1, 5, 25, UNLIMITED]


def test_what_no_plan_on_sale_has_names_nobody() -> None:
    error = refusal(Entitlements(FREE, (FREE,)).require, Feature.METER)
    assert error.members == {"plan": None}
    assert "The taxi meter needs a plan that is not on sale" in error.message


def test_everything_that_can_be_refused_has_a_name() -> None:
    assert set(FEATURE_NAMES) == set(Feature)
    assert set(LIMIT_NAMES) == set(Limit)


async def test_everybody_is_born_on_forever_free(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        assert (await entitlements(tx, PRICE_LIST)).plan == PRICE_LIST.free


async def test_a_plan_counts_for_one_tenant_only(database: Database, cast: Cast) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, BUSINESS)
    for business, plan in ((cast.acme, BUSINESS), (cast.globex, FREE)):
        async with database.tenant_tx(business.tenant_id, "test") as tx:
            assert (await entitlements(tx, PRICE_LIST)).plan is plan


async def test_a_tenant_keeps_its_generation_when_another_one_goes_on_sale(database: Database, cast: Cast) -> None:
    dearer = tuple(msgspec.structs.replace(plan, generation="v2") for plan in ON_SALE)
    later = PriceList("v2", {"v1": ON_SALE, "v2": dearer})
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        found = await entitlements(tx, later)
    assert found.plan.generation == "v1"
    assert found.unlocks(Feature.METER) == dearer[1]


async def test_a_plan_without_its_file_is_the_operators_mistake_and_no_right(database: Database, cast: Cast) -> None:
    gone = dataclasses.replace(PRICE_LIST, generations={})
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        with pytest.raises(SettingsError, match=r"plans/v1/free.toml is missing"):
            await entitlements(tx, gone)


async def test_app_cannot_change_a_tenants_slug_or_id(database: Database, cast: Cast) -> None:
    async with database.global_tx() as tx:
        await tx.session.execute(update(Tenant).values(plan="free", name="Acme"))
    for column in ({"slug": "mine"}, {"id": cast.globex.tenant_id}, {"created_at": None}):
        with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
            async with database.global_tx() as tx:
                await tx.session.execute(update(Tenant).values(**column))
