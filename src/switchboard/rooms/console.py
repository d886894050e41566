"""Rooms in the console: all of them with their addresses, and the form that makes another."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE, AtConsole, at_console
from switchboard.accounts.console_page import console_page
from switchboard.errors import SwitchboardError
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages
from switchboard.infra.web_errors import wants_page
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.rooms.actions import assign, open_room
from switchboard.rooms.names import LONGEST_NAME
from switchboard.rooms.queries import staffed_rooms
from switchboard.settings import Settings
from switchboard.tenancy.entitlements import entitlements

AnyRequest = Request[Any, Any, Any]


class RoomForm(Struct):
    """What is typed to make a room."""

    name: str = ""


class RoomsConsoleController(Controller):
    """Everybody sees the rooms; the owner and admins make them."""

    path = "/console/{slug:str}/rooms"

    @get()
    async def rooms_page(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
        settings: NamedDependency[Settings],
        made: FromQuery[str] = "",
        after: FromQuery[str] = "",
    ) -> Template:
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        shown = await _shown(database, price_list, settings, here)
        return console_page(pages, here, "rooms/rooms.html", **shown, made=made, after=after, typed="", problem="")

    @post(status_code=303, responses=answers(409, 422))
    async def open_room(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        data: Annotated[RoomForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        price_list: NamedDependency[PriceList],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        """The one who makes a room serves it."""
        here = await at_console(database, slug, request.cookies.get(SESSION_COOKIE))
        here.require_configuring()
        try:
            async with database.tenant_tx(here.tenant.id, f"user:{here.signed_in.user_id}") as tx:
                room = await open_room(tx, price_list, data.name)
                await assign(tx, room.id, here.agent_id)
        except SwitchboardError as error:
            if not wants_page(request):
                raise
            shown = await _shown(database, price_list, settings, here)
            context = {**shown, "made": "", "after": "", "typed": data.name, "problem": error.message}
            return console_page(pages, here, "rooms/rooms.html", status=error.status, **context)
        return Redirect(f"/console/{slug}/rooms?made={room.id}", status_code=303)


async def _shown(database: Database, price_list: PriceList, settings: Settings, here: AtConsole) -> dict[str, Any]:
    async with database.tenant_tx(here.tenant.id, f"user:{here.signed_in.user_id}") as tx:
        rooms = await staffed_rooms(tx)
        may = await entitlements(tx, price_list)
    return {
        "rooms": rooms,
        "limit": may.limit(Limit.ROOMS),
        "may_open": may.allows_another(Limit.ROOMS, len(rooms)),
        "unlocked_by": may.unlocks_another(Limit.ROOMS, len(rooms)),
        "public_url": settings.public_url,
        "longest_name": LONGEST_NAME,
    }
