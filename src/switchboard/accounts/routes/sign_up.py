"""Sign-up: the form, the mailed link, the first sign-in."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.cookies import LINK_COOKIE, LinkPath, link_cookie, session_cookie, visit_of
from switchboard.accounts.routes.forms import NO_REFERRER, TO_NOBODY_ELSE, again
from switchboard.accounts.sign_up import ask_to_sign_up, confirm, waiting_business
from switchboard.accounts.sign_up_form import SignUpForm, checked, name_problem
from switchboard.errors import ConflictError, LinkEndedError, SignInNeededError, TooManyError, UnavailableError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.rate_limits import LINK_BY_ADDRESS, LINK_BY_TOKEN, MAIL_BY_ADDRESS, MAIL_TO_RECIPIENT, RateLimits
from switchboard.plans.price_list import PriceList
from switchboard.settings import Settings
from switchboard.tenancy.business import CURRENCIES, time_zones

AnyRequest = Request[Any, Any, Any]
FORM, SENT, CONFIRM, ENDED = (f"accounts/{name}.html" for name in ("sign_up", "look_into_mail", "confirm", "link_ended"))
NO_NAME = "Write the name that visitors will see when you answer."


class ConfirmForm(Struct):
    """`token` of the mailed link; `name` of the first agent."""

    token: str = ""
    name: str = ""
    password: str = ""


class SignUpController(Controller):
    """Pages of people who have no account yet."""

    path = LinkPath.SIGN_UP

    @get()
    async def sign_up_page(self, pages: NamedDependency[Pages]) -> Template:
        return pages.page(FORM, form=SignUpForm(), problem="", problems={}, zones=time_zones(), currencies=CURRENCIES)

    @post(status_code=200, responses=answers(422, 429, 503))
    async def sign_up(
        self,
        request: AnyRequest,
        data: Annotated[SignUpForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        settings: NamedDependency[Settings],
    ) -> Template:
        form: dict[str, Any] = {"form": data, "zones": time_zones(), "currencies": CURRENCIES}
        found = await checked(data)
        if found.problems:
            return pages.page(FORM, status=422, problem="", problems=found.problems, **form)
        try:
            await limits.take_by_address(MAIL_BY_ADDRESS, request)
            await limits.take(MAIL_TO_RECIPIENT, found.email)
        except (TooManyError, UnavailableError) as error:
            return again(pages, FORM, error, **form)
        secret = settings.secret_key
        await ask_to_sign_up(database, secret, email=found.email, password=data.password, business=found.business)
        return pages.page(SENT, email=found.email, lasts="24 hours", retry="/sign-up")

    @get("/confirm", responses=answers(410))
    async def confirm_page(
        self, request: AnyRequest, pages: NamedDependency[Pages], database: NamedDependency[Database]
    ) -> Template:
        token = request.cookies.get(LINK_COOKIE, "")
        try:
            email, business = await waiting_business(database, token)
        except LinkEndedError as error:
            return again(pages, ENDED, error, code=error.code, retry="/sign-up")
        context: dict[str, Any] = {"email": email, "business": business.name, "token": token, "name": _guessed(email)}
        return pages.page(CONFIRM, headers=TO_NOBODY_ELSE, problem="", problems={}, **context)

    @post("/confirm", status_code=303, responses=answers(409, 410, 422, 429, 503))
    async def confirm(
        self,
        request: AnyRequest,
        data: Annotated[ConfirmForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        settings: NamedDependency[Settings],
        price_list: NamedDependency[PriceList],
    ) -> Response[Any]:
        context: dict[str, Any] = {"token": data.token, "name": data.name}
        try:
            await limits.take_by_address(LINK_BY_ADDRESS, request)
            await limits.take(LINK_BY_TOKEN, data.token)
            email, business = await waiting_business(database, data.token)
            context |= {"email": email, "business": business.name}
            name = " ".join(data.name.split())
            if problem := name_problem(name, NO_NAME):
                return pages.page(
                    CONFIRM, status=422, headers=TO_NOBODY_ELSE, problem="", problems={"name": problem}, **context
                )
            done = await confirm(
                database, data.token, price_list.free, password=data.password, name=name, visit=visit_of(request)
            )
        except (LinkEndedError, ConflictError) as error:
            return again(pages, ENDED, error, code=error.code, retry="/sign-up")
        except (SignInNeededError, TooManyError, UnavailableError) as error:
            return again(pages, CONFIRM, error, **{"email": "", "business": "", **context})
        response = Redirect(f"/console/{done.slug}/inbox", status_code=303, headers=NO_REFERRER)
        response.set_cookie(session_cookie(settings, done.session))
        response.set_cookie(link_cookie(settings, LinkPath.SIGN_UP, None))
        return response

    @get("/{token:str}", status_code=303)
    async def mailed_link(self, token: FromPath[str], settings: NamedDependency[Settings]) -> Redirect:
        """Acts on nothing: out of the address bar, the history and every log, into a cookie for the page behind it."""
        response = Redirect(f"{LinkPath.SIGN_UP}/confirm", status_code=303, headers=NO_REFERRER | {"cache-control": "no-store"})
        response.set_cookie(link_cookie(settings, LinkPath.SIGN_UP, token))
        return response


def _guessed(email: str) -> str:
    """anna.lee@… is Anna Lee, perhaps."""
    return " ".join(word.capitalize() for word in email.partition("@")[0].replace(".", " ").replace("_", " ").split())
