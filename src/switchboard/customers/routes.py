"""A visitor's token: asked for when the visitor first acts, by our own page, without cookies."""

from typing import Annotated, Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from msgspec import Struct

from switchboard.customers.actions import welcome
from switchboard.customers.windows import let_in
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.rate_limits import VISITOR_BY_ADDRESS, WINDOW_BY_ADDRESS, RateLimits
from switchboard.tenancy.directory import Kind, resolve


class Welcome(Struct):
    """Opaque; the first frame of the visitor's socket carries it."""

    token: str


class WindowForm(Struct):
    """The code that the window was opened with."""

    code: str = ""


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

    @post("/c/{token:str}/window", responses=answers(429, 503))
    async def let_window_in(
        self,
        request: Request[Any, Any, Any],
        token: FromPath[str],
        data: Annotated[WindowForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
    ) -> Welcome:
        await limits.take_by_address(WINDOW_BY_ADDRESS, request)
        async with database.global_tx() as tx:
            target = await resolve(tx, Kind.ROOM, token)
        async with database.tenant_tx(target.tenant_id, "visitor") as tx:
            return Welcome(await let_in(tx, data.code))
