"""One's own account: where one is signed in, and the password."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE
from switchboard.accounts.cookies import session_cookie
from switchboard.accounts.models import UserSession
from switchboard.accounts.password_rules import problem_with
from switchboard.accounts.queries import SignedIn, signed_in
from switchboard.accounts.resetting import change
from switchboard.accounts.routes.forms import again
from switchboard.accounts.sessions import end_of, end_sockets, sessions_of
from switchboard.errors import NotFoundError, SignInNeededError, TooManyError, UnavailableError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.rate_limits import SIGN_IN_BY_ACCOUNT, RateLimits
from switchboard.realtime.hub import Hub
from switchboard.settings import Settings

AnyRequest = Request[Any, Any, Any]
PAGE = "accounts/account.html"
NOTICES = {"password": "Your password is changed. Your other devices are signed out.", "ended": "That device is signed out."}


class PasswordForm(Struct):
    """A change of password."""

    old: str = ""
    new: str = ""


class AccountController(Controller):
    """For whoever is signed in; which business does not matter here."""

    path = "/account"

    @get()
    async def account_page(
        self,
        request: AnyRequest,
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        after: FromQuery[str] = "",
    ) -> Template:
        who, sessions = await _own(database, request)
        context = _context(who, sessions)
        return pages.page(PAGE, problem="", problems={}, notice=NOTICES.get(after, ""), **context)

    @post("/password", status_code=303, responses=answers(422, 429, 503))
    async def change_password(
        self,
        request: AnyRequest,
        data: Annotated[PasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        hub: NamedDependency[Hub],
    ) -> Response[Any]:
        who, sessions = await _own(database, request)
        context: dict[str, Any] = {"notice": "", **_context(who, sessions)}
        try:
            await limits.take(SIGN_IN_BY_ACCOUNT, who.email)
            if problem := await problem_with(data.new, [who.email]):
                return pages.page(PAGE, status=422, problem="", problems={"new": problem}, **context)
            ended = await change(database, who, old=data.old, new=data.new)
        except SignInNeededError as error:
            return pages.page(PAGE, status=422, problem="", problems={"old": error.message}, **context)
        except (TooManyError, UnavailableError) as error:
            return again(pages, PAGE, error, **context)
        end_sockets(hub, ended)
        return Redirect("/account?after=password", status_code=303)

    @post("/sessions/{session_id:uuid}/end", status_code=303)
    async def end_session(
        self,
        request: AnyRequest,
        session_id: FromPath[UUID],
        database: NamedDependency[Database],
        hub: NamedDependency[Hub],
    ) -> Redirect:
        async with database.global_tx() as tx:
            who = await signed_in(tx, request.cookies.get(SESSION_COOKIE))
            ended = await end_of(tx, who.user_id, only=session_id)
        if not ended:
            raise NotFoundError
        end_sockets(hub, ended)
        return Redirect("/account?after=ended", status_code=303)

    @post("/sign-out-everywhere", status_code=303)
    async def sign_out_everywhere(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        hub: NamedDependency[Hub],
        settings: NamedDependency[Settings],
    ) -> Redirect:
        async with database.global_tx() as tx:
            who = await signed_in(tx, request.cookies.get(SESSION_COOKIE))
            ended = await end_of(tx, who.user_id)
        end_sockets(hub, ended)
        response = Redirect("/sign-in?after=everywhere", status_code=303)
        response.set_cookie(session_cookie(settings, None))
        return response


async def _own(database: Database, request: AnyRequest) -> tuple[SignedIn, list[UserSession]]:
    async with database.global_tx() as tx:
        who = await signed_in(tx, request.cookies.get(SESSION_COOKIE))
        return who, await sessions_of(tx, who.user_id)


def _context(who: SignedIn, sessions: list[UserSession]) -> dict[str, Any]:
    """This session first."""
    mine = [session for session in sessions if session.id == who.session_id]
    return {"email": who.email, "here": mine, "others": [session for session in sessions if session not in mine]}
