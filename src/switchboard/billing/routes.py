"""The plan page: what the tenant has, how much of it is used, and what else is on sale."""

from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from switchboard.accounts.access import SESSION_COOKIE, at_console
from switchboard.accounts.console_page import console_page
from switchboard.infra.db import Database
from switchboard.infra.pages import Pages
from switchboard.plans.comparison import comparison, price
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit, Unlimited
from switchboard.rooms.queries import room_count
from switchboard.tenancy.entitlements import entitlements


class BillingController(Controller):
    """Nothing is bought here yet: the operator changes a plan."""

    @get("/console/{slug:str}/plan")
    async def plan_page(
        self,
        request: Request[Any, Any, Any],
        slug: FromPath[str],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> Template:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"user:{here.signed_in.user_id}") as tx:
            may = await entitlements(tx, price_list)
            rooms = await room_count(tx)
        limit = may.limit(Limit.ROOMS)
        context: dict[str, Any] = {
            "plan": may.plan,
            "price": price,
            "on_sale": price_list.on_sale,
            "rows": comparison(price_list.on_sale),
            "rooms": rooms,
            "limit": None if isinstance(limit, Unlimited) else limit,
            "own": comparison((may.plan,)),
        }
        return console_page(pages, here, "billing/plan.html", **context)
