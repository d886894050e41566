"""Sign in, sign out, and the way to one's console."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE
from switchboard.accounts.actions import sign_in, sign_out
from switchboard.accounts.cookies import session_cookie, visit_of
from switchboard.accounts.queries import signed_in
from switchboard.accounts.routes.forms import again
from switchboard.accounts.sessions import end_sockets
from switchboard.errors import SignInNeededError, TooManyError, UnavailableError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.rate_limits import SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, RateLimits
from switchboard.realtime.hub import Hub
from switchboard.settings import Settings
from switchboard.tenancy.directory import memberships
from switchboard.tenancy.queries import tenants

AnyRequest = Request[Any, Any, Any]
PAGE = "accounts/sign_in.html"
NOTICES = {
    "reset": "Your password is changed, and you are signed out everywhere. Sign in with the new one.",
    "everywhere": "You are signed out on every device.",
}


class SignInForm(Struct):
    """`next`: a path of ours to go to afterwards."""

    email: str = ""
    password: str = ""
    next: str = ""


class SignInController(Controller):
    """Pages of people who are not in a console yet."""

    @get("/", status_code=302)
    async def home(self) -> Redirect:
        return Redirect("/console")

    @get("/sign-in")
    async def sign_in_page(
        self, pages: NamedDependency[Pages], next: FromQuery[str] = "", after: FromQuery[str] = ""
    ) -> Template:
        return pages.page(PAGE, email="", next=next, problem="", notice=NOTICES.get(after, ""))

    @post("/sign-in", status_code=303, responses=answers(422, 429, 503))
    async def sign_in(
        self,
        request: AnyRequest,
        data: Annotated[SignInForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        try:
            await limits.take_by_address(SIGN_IN_BY_ADDRESS, request)
            await limits.take(SIGN_IN_BY_ACCOUNT, data.email.strip().lower())
            made = await sign_in(database, data.email, data.password, visit_of(request))
        except (SignInNeededError, TooManyError, UnavailableError) as error:
            return again(pages, PAGE, error, email=data.email, next=data.next, notice="")
        response = Redirect(_own_path(data.next), status_code=303)
        response.set_cookie(session_cookie(settings, made))
        return response

    @post("/sign-out", status_code=303)
    async def sign_out(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        hub: NamedDependency[Hub],
        settings: NamedDependency[Settings],
    ) -> Redirect:
        token = request.cookies.get(SESSION_COOKIE)
        ended = await sign_out(database, token) if token else None
        if ended is not None:
            end_sockets(hub, [ended])
        response = Redirect("/sign-in", status_code=303)
        response.set_cookie(session_cookie(settings, None))
        return response

    @get("/console", status_code=302)
    async def own_console(
        self, request: AnyRequest, pages: NamedDependency[Pages], database: NamedDependency[Database]
    ) -> Response[Any]:
        async with database.global_tx() as tx:
            who = await signed_in(tx, request.cookies.get(SESSION_COOKIE))
            joined = await tenants(tx, [own.tenant_id for own in await memberships(tx, who.user_id)])
        if not joined:
            return pages.page("accounts/no_tenant.html", status=404, email=who.email)
        return Redirect(f"/console/{joined[0].slug}/inbox")


def _own_path(wanted: str) -> str:
    """Only into our console or to one's account: never to another site, whatever the address said."""
    ours = wanted == "/account" or wanted.startswith("/console/")
    return wanted if ours and "\\" not in wanted else "/console"
