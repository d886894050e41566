"""Sign in, sign out, and the way to one's console."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE
from switchboard.accounts.actions import SESSION_LASTS, sign_in, sign_out
from switchboard.accounts.queries import signed_in
from switchboard.errors import SignInNeededError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.realtime.hub import Hub
from switchboard.settings import Settings
from switchboard.tenancy.directory import memberships
from switchboard.tenancy.queries import tenants

AnyRequest = Request[Any, Any, Any]


class SignInForm(Struct):
    """`next`: a path of ours to go to afterwards."""

    email: str = ""
    password: str = ""
    next: str = ""


class AccountsController(Controller):
    """Pages of people who are not in a console yet."""

    @get("/", status_code=302)
    async def home(self) -> Redirect:
        return Redirect("/console")

    @get("/sign-in")
    async def sign_in_page(self, pages: NamedDependency[Pages], next: FromQuery[str] = "") -> Template:
        return pages.page("accounts/sign_in.html", email="", next=next, problem="")

    @post("/sign-in", status_code=303, responses=answers(422))
    async def sign_in(
        self,
        request: AnyRequest,
        data: Annotated[SignInForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        try:
            made = await sign_in(database, data.email, data.password, request.cookies.get(SESSION_COOKIE))
        except SignInNeededError as error:
            context = {"email": data.email, "next": data.next, "problem": error.message}
            return pages.page("accounts/sign_in.html", status=422, **context)
        response = Redirect(_own_path(data.next), status_code=303)
        response.set_cookie(_session_cookie(settings, made.token, int(SESSION_LASTS.total_seconds())))
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
            hub.session_ended(ended)
        response = Redirect("/sign-in", status_code=303)
        response.set_cookie(_session_cookie(settings, "", 0))
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


def _session_cookie(settings: Settings, token: str, lasts: int) -> Cookie:
    return Cookie(
        key=SESSION_COOKIE,
        value=token,
        max_age=lasts,
        path="/",
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )


def _own_path(wanted: str) -> str:
    """Only into our console: never to another site, whatever the address said."""
    return wanted if wanted.startswith("/console/") and "\\" not in wanted else "/console"
