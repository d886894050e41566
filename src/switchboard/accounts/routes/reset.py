"""A forgotten password: the form, the mailed link, the new password."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.cookies import LINK_COOKIE, LinkPath, link_cookie, session_cookie
from switchboard.accounts.password_rules import problem_with
from switchboard.accounts.resetting import ask_to_reset, reset, whose_reset
from switchboard.accounts.routes.forms import NO_REFERRER, TO_NOBODY_ELSE, again
from switchboard.accounts.sessions import end_sockets
from switchboard.accounts.sign_up_form import address_problem
from switchboard.errors import LinkEndedError, TooManyError, UnavailableError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.rate_limits import LINK_BY_ADDRESS, LINK_BY_TOKEN, MAIL_BY_ADDRESS, MAIL_TO_RECIPIENT, RateLimits
from switchboard.realtime.hub import Hub
from switchboard.settings import Settings

AnyRequest = Request[Any, Any, Any]
FORM, SENT, NEW, ENDED = (f"accounts/{name}.html" for name in ("forgot", "look_into_mail", "reset", "link_ended"))


class ForgotForm(Struct):
    """Whose password."""

    email: str = ""


class ResetForm(Struct):
    """`token` of the mailed link."""

    token: str = ""
    password: str = ""


class ResetController(Controller):
    """Pages of people who cannot sign in."""

    @get("/forgot")
    async def forgot_page(self, pages: NamedDependency[Pages]) -> Template:
        return pages.page(FORM, email="", problem="", problems={})

    @post("/forgot", status_code=200, responses=answers(422, 429, 503))
    async def forgot(
        self,
        request: AnyRequest,
        data: Annotated[ForgotForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        settings: NamedDependency[Settings],
    ) -> Template:
        email = data.email.strip().lower()
        if problem := address_problem(email):
            return pages.page(FORM, status=422, email=data.email, problem="", problems={"email": problem})
        try:
            await limits.take_by_address(MAIL_BY_ADDRESS, request)
            await limits.take(MAIL_TO_RECIPIENT, email)
        except (TooManyError, UnavailableError) as error:
            return again(pages, FORM, error, email=data.email)
        await ask_to_reset(database, settings.secret_key, email)
        return pages.page(SENT, email=email, lasts="an hour", retry="/forgot")

    @get("/reset", responses=answers(410))
    async def reset_page(
        self, request: AnyRequest, pages: NamedDependency[Pages], database: NamedDependency[Database]
    ) -> Template:
        token = request.cookies.get(LINK_COOKIE, "")
        try:
            email = await whose_reset(database, token)
        except LinkEndedError as error:
            return again(pages, ENDED, error, code=error.code, retry="/forgot")
        return pages.page(NEW, headers=TO_NOBODY_ELSE, email=email, token=token, problem="", problems={})

    @post("/reset", status_code=303, responses=answers(410, 422, 429, 503))
    async def reset(
        self,
        request: AnyRequest,
        data: Annotated[ResetForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        hub: NamedDependency[Hub],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        email = ""
        try:
            await limits.take_by_address(LINK_BY_ADDRESS, request)
            await limits.take(LINK_BY_TOKEN, data.token)
            email = await whose_reset(database, data.token)
            if problem := await problem_with(data.password, [email]):
                context: dict[str, Any] = {
                    "email": email,
                    "token": data.token,
                    "problem": "",
                    "problems": {"password": problem},
                }
                return pages.page(NEW, status=422, headers=TO_NOBODY_ELSE, **context)
            ended = await reset(database, data.token, data.password)
        except LinkEndedError as error:
            return again(pages, ENDED, error, code=error.code, retry="/forgot")
        except (TooManyError, UnavailableError) as error:
            return again(pages, NEW, error, email=email, token=data.token)
        end_sockets(hub, ended)
        response = Redirect("/sign-in?after=reset", status_code=303, headers=NO_REFERRER)
        response.set_cookie(session_cookie(settings, None))
        response.set_cookie(link_cookie(settings, LinkPath.RESET, None))
        return response

    @get("/reset/{token:str}", status_code=303)
    async def mailed_link(self, token: FromPath[str], settings: NamedDependency[Settings]) -> Redirect:
        """Acts on nothing: out of the address bar, the history and every log, into a cookie for the page behind it."""
        response = Redirect(LinkPath.RESET, status_code=303, headers=NO_REFERRER | {"cache-control": "no-store"})
        response.set_cookie(link_cookie(settings, LinkPath.RESET, token))
        return response
