"""The customer panel of the console over HTTP: the record, earlier chats, tags."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE, AtConsole, at_console
from switchboard.chats.records import Reader, customer_record, earlier_entries
from switchboard.chats.tags import known_tags, tag, untag
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.protocol import CustomerRecord, EarlierEntries, KnownTags

AnyRequest = Request[Any, Any, Any]
MOST_SEQ = 2**31 - 1


class TagForm(Struct):
    """A tag to put or to take off, as somebody types it."""

    name: str = ""


TagData = Annotated[TagForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


class PanelController(Controller):
    """Only for who is in the chat: to all others there is nothing."""

    path = "/console/{slug:str}"

    @get("/tags")
    async def known_tags(self, request: AnyRequest, slug: FromPath[str], database: NamedDependency[Database]) -> KnownTags:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            return KnownTags(names=await known_tags(tx))

    @get("/chats/{chat_id:uuid}/customer")
    async def customer_record(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        database: NamedDependency[Database],
        before: FromQuery[UUID | None] = None,
    ) -> CustomerRecord:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            return await customer_record(tx, _reader(here), chat_id, before)

    @get("/chats/{chat_id:uuid}/earlier/{earlier_id:uuid}")
    async def earlier_entries(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        earlier_id: FromPath[UUID],
        database: NamedDependency[Database],
        after: FromQuery[int] = 0,
    ) -> EarlierEntries:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            return await earlier_entries(tx, _reader(here), chat_id, earlier_id, min(max(0, after), MOST_SEQ))

    @post("/chats/{chat_id:uuid}/tags", responses=answers(409, 422))
    async def tag(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        data: TagData,
        database: NamedDependency[Database],
    ) -> KnownTags:
        """Answers with the tag as the tenant spells it."""
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            return KnownTags(names=[await tag(tx, here.agent_id, chat_id, data.name)])

    @post("/chats/{chat_id:uuid}/tags/remove", status_code=204, responses=answers(422))
    async def untag(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        data: TagData,
        database: NamedDependency[Database],
    ) -> None:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        async with database.tenant_tx(here.tenant.id, f"agent:{here.agent_id}") as tx:
            await untag(tx, here.agent_id, chat_id, data.name)


def _reader(here: AtConsole) -> Reader:
    return Reader(here.agent_id, here.role)
