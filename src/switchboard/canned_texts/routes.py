"""Canned texts in the console: the page where they are kept, and the list that the composer asks for."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE, AtConsole, at_console
from switchboard.accounts.console_page import console_page
from switchboard.canned_texts.actions import Wanted, keep, remove, rewrite
from switchboard.canned_texts.queries import all_kept, usable
from switchboard.canned_texts.wording import LONGEST_SHORTCUT, LONGEST_TEXT, PLACEHOLDERS, CannedTextError
from switchboard.errors import SwitchboardError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.web_errors import wants_page
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit, Unlimited
from switchboard.tenancy.entitlements import entitlements

AnyRequest = Request[Any, Any, Any]
PAGE = "canned_texts/canned_texts.html"
NOTICES = {"kept": "The text is kept.", "removed": "The text is removed."}


class CannedTextForm(Struct):
    """What is typed. `whose`: "own", or "all" for everybody's; a text that is rewritten stays whose it is."""

    shortcut: str = ""
    text: str = ""
    whose: str = "own"


class Usable(Struct):
    """A text that this agent may insert, with its placeholders as they are."""

    shortcut: str
    text: str


class UsableTexts(Struct):
    """By shortcut."""

    texts: list[Usable]


FormData = Annotated[CannedTextForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


class CannedTextsController(Controller):
    """Everybody keeps their own; everybody's are kept by the owner and admins."""

    path = "/console/{slug:str}/canned-texts"

    @get()
    async def canned_texts_page(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
        after: FromQuery[str] = "",
    ) -> Template:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        return console_page(pages, here, PAGE, notice=NOTICES.get(after, ""), **await _shown(database, price_list, here))

    @get("/usable")
    async def usable_texts(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> UsableTexts:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            limit = (await entitlements(tx, price_list)).limit(Limit.CANNED_TEXTS)
            kept = usable(await all_kept(tx, limit), here.agent_id)
        return UsableTexts([Usable(one.shortcut, one.text) for one in kept])

    @post(status_code=303, responses=answers(422))
    async def keep_text(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        data: FormData,
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> Response[Any]:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        if data.whose == "all":
            here.require_configuring()
        try:
            async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
                owner = None if data.whose == "all" else here.agent_id
                await keep(tx, price_list, Wanted(data.shortcut, data.text), owner)
        except SwitchboardError as error:
            return await _again(request, pages, database, price_list, here, data, error, None)
        return Redirect(f"/console/{slug}/canned-texts?after=kept", status_code=303)

    @post("/{text_id:uuid}", status_code=303, responses=answers(422))
    async def rewrite_text(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        text_id: FromPath[UUID],
        data: FormData,
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> Response[Any]:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        try:
            async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
                await rewrite(tx, price_list, here, text_id, Wanted(data.shortcut, data.text))
        except CannedTextError as error:
            return await _again(request, pages, database, price_list, here, data, error, text_id)
        return Redirect(f"/console/{slug}/canned-texts?after=kept", status_code=303)

    @post("/{text_id:uuid}/remove", status_code=303)
    async def remove_text(
        self, request: AnyRequest, slug: FromPath[str], text_id: FromPath[UUID], database: NamedDependency[Database]
    ) -> Redirect:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            await remove(tx, here, text_id)
        return Redirect(f"/console/{slug}/canned-texts?after=removed", status_code=303)


async def _again(
    request: AnyRequest,
    pages: Pages,
    database: Database,
    price_list: PriceList,
    here: AtConsole,
    typed: CannedTextForm,
    error: SwitchboardError,
    text_id: UUID | None,
) -> Template:
    """The page with what was typed, and what to change. Programs get the error itself."""
    if not wants_page(request):
        raise error
    shown = await _shown(database, price_list, here)
    field = error.field if isinstance(error, CannedTextError) else ""
    context = {**shown, "typed": typed, "problem": error.message, "problem_field": field, "problem_of": text_id}
    return console_page(pages, here, PAGE, status=error.status, notice="", **context)


async def _shown(database: Database, price_list: PriceList, here: AtConsole) -> dict[str, Any]:
    async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
        may = await entitlements(tx, price_list)
        limit = may.limit(Limit.CANNED_TEXTS)
        kept = await all_kept(tx, limit)
    return {
        "own": [one for one in kept if one.agent_id == here.agent_id],
        "shared": [one for one in kept if one.agent_id is None],
        "used": len(kept),
        "limit": None if isinstance(limit, Unlimited) else limit,
        "may_keep": may.allows_another(Limit.CANNED_TEXTS, len(kept)),
        "unlocked_by": may.unlocks_another(Limit.CANNED_TEXTS, len(kept)),
        "placeholders": PLACEHOLDERS,
        "longest_shortcut": LONGEST_SHORTCUT,
        "longest_text": LONGEST_TEXT,
        "typed": CannedTextForm(),
        "problem": "",
        "problem_field": "",
        "problem_of": None,
    }
