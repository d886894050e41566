"""A visitor's token: asked for when the visitor first acts, by our own page, without cookies."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from switchboard.customers.actions import welcome
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.rate_limits import VISITOR_BY_ADDRESS, RateLimits
from switchboard.tenancy.directory import Kind, resolve


class Welcome(Struct):
    """Opaque; the first frame of the visitor's socket carries it."""

    token: str


class CustomersController(Controller):
    """Public."""

    @post("/c/{token:str}/visitor", responses=answers(429, 503))
    async def welcome_visitor(
        self,
        request: Request[Any, Any, Any],
        token: FromPath[str],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
    ) -> Welcome:
        await limits.take_by_address(VISITOR_BY_ADDRESS, request)
        async with database.global_tx() as tx:
            target = await resolve(tx, Kind.ROOM, token)
        async with database.tenant_tx(target.tenant_id, "visitor") as tx:
            return Welcome(welcome(tx))
