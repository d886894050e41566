"""One room in the console: its name, its place among the others, pausing and deleting it."""

from collections.abc import Awaitable, Callable
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
from switchboard.errors import SwitchboardError
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.web_errors import wants_page
from switchboard.plans.price_list import PriceList
from switchboard.rooms.actions import delete_room, move_room, pause_room, rename_room, resume_room
from switchboard.rooms.models import GENERAL
from switchboard.rooms.names import LONGEST_NAME
from switchboard.rooms.order import Step
from switchboard.rooms.queries import room, staffed_rooms
from switchboard.settings import Settings

AnyRequest = Request[Any, Any, Any]
PAGE = "rooms/room.html"
NOTICES = {"renamed": "The room is renamed.", "paused": "The room is paused.", "resumed": "The room takes chats again."}


class RenameForm(Struct):
    """What is typed to rename a room."""

    name: str = ""


class MoveForm(Struct):
    """Which of the two buttons was pressed."""

    step: Step


class RoomConsoleController(Controller):
    """Everybody reads it; the owner and admins change it."""

    path = "/console/{slug:str}/rooms/{room_id:uuid}"

    @get()
    async def room_page(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        room_id: FromPath[UUID],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
        after: FromQuery[str] = "",
    ) -> Template:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        return await _page(pages, database, settings, here, room_id, notice=NOTICES.get(after, ""))

    @post("/rename", status_code=303, responses=answers(409, 422))
    async def rename(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        room_id: FromPath[UUID],
        data: Annotated[RenameForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        here = await _configuring(request, database, slug)
        try:
            await _carry_out(database, here, lambda tx: rename_room(tx, room_id, data.name))
        except SwitchboardError as error:
            return await _again(request, pages, database, settings, here, room_id, error, typed=data.name)
        return Redirect(f"/console/{slug}/rooms/{room_id}?after=renamed", status_code=303)

    @post("/move", status_code=303, responses=answers(409))
    async def move(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        room_id: FromPath[UUID],
        data: Annotated[MoveForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> Redirect:
        here = await _configuring(request, database, slug)
        await _carry_out(database, here, lambda tx: move_room(tx, price_list, room_id, data.step))
        return Redirect(f"/console/{slug}/rooms#room-{room_id}", status_code=303)

    @post("/pause", status_code=303)
    async def pause(
        self, request: AnyRequest, slug: FromPath[str], room_id: FromPath[UUID], database: NamedDependency[Database]
    ) -> Redirect:
        here = await _configuring(request, database, slug)
        await _carry_out(database, here, lambda tx: pause_room(tx, room_id))
        return Redirect(f"/console/{slug}/rooms/{room_id}?after=paused", status_code=303)

    @post("/resume", status_code=303)
    async def resume(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        room_id: FromPath[UUID],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
    ) -> Redirect:
        here = await _configuring(request, database, slug)
        await _carry_out(database, here, lambda tx: resume_room(tx, price_list, room_id))
        return Redirect(f"/console/{slug}/rooms/{room_id}?after=resumed", status_code=303)

    @post("/delete", status_code=303, responses=answers(409))
    async def delete(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        room_id: FromPath[UUID],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
        price_list: NamedDependency[PriceList],
    ) -> Response[Any]:
        here = await _configuring(request, database, slug)
        try:
            await _carry_out(database, here, lambda tx: delete_room(tx, price_list, room_id))
        except SwitchboardError as error:
            return await _again(request, pages, database, settings, here, room_id, error)
        return Redirect(f"/console/{slug}/rooms?after=deleted", status_code=303)


async def _configuring(request: AnyRequest, database: Database, slug: str) -> AtConsole:
    here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
    here.require_configuring()
    return here


async def _carry_out(database: Database, here: AtConsole, change: Callable[[TenantTx], Awaitable[None]]) -> None:
    async with database.tenant_tx(here.tenant.id, f"user:{here.signed_in.user_id}") as tx:
        await change(tx)


async def _again(
    request: AnyRequest,
    pages: Pages,
    database: Database,
    settings: Settings,
    here: AtConsole,
    room_id: UUID,
    error: SwitchboardError,
    typed: str | None = None,
) -> Template:
    """The page with what was typed, and what to change. Programs get the error itself."""
    if not wants_page(request):
        raise error
    return await _page(pages, database, settings, here, room_id, problem=error.message, typed=typed, status=error.status)


async def _page(
    pages: Pages,
    database: Database,
    settings: Settings,
    here: AtConsole,
    room_id: UUID,
    *,
    notice: str = "",
    problem: str = "",
    typed: str | None = None,
    status: int = 200,
) -> Template:
    async with database.tenant_tx(here.tenant.id, f"user:{here.signed_in.user_id}") as tx:
        wanted = (await room(tx, room_id)).id
        shown = next(each for each in await staffed_rooms(tx) if each.id == wanted)
    return console_page(
        *(pages, here, PAGE),
        status=status,
        section="Rooms",
        room=shown,
        is_general=shown.name == GENERAL,
        typed=shown.name if typed is None else typed,
        problem=problem,
        problem_is_name=typed is not None,
        notice=notice,
        address=f"{settings.public_url}/c/{shown.token}",
        longest_name=LONGEST_NAME,
    )
