"""What the world sees of a room: its page (also inside the widget's frame), and the loader for the tenant's site."""

import gzip
import json
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from switchboard.infra.assets import Asset, Assets, served
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import Pages, as_boot
from switchboard.rooms.addresses import AddressedRoom, room_at
from switchboard.settings import Settings

LOADER_KEPT = "public, max-age=60"


class RoomsController(Controller):
    """Public: no session, no cookie."""

    @get("/c/{token:str}")
    async def room_page(
        self,
        token: FromPath[str],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        frame: FromQuery[int] = 0,
    ) -> Template:
        """Any site may frame it: which sites a room allows is not yet a setting."""
        there = await room_at(database, token)
        boot: dict[str, Any] = {
            "room": {"token": token, "name": there.room.name},
            "business": there.tenant.name,
            "socket": f"/c/{token}/socket",
            "frame": bool(frame),
        }
        title = f"{there.room.name} · {there.tenant.name}"
        return pages.page("app.html", app="customer", framed_by="*", boot=as_boot(boot), title=title)

    @get("/w.js", media_type="text/javascript", responses=answers(404))
    async def loader(
        self,
        request: Request[Any, Any, Any],
        database: NamedDependency[Database],
        assets: NamedDependency[Assets],
        settings: NamedDependency[Settings],
        r: FromQuery[str] = "",
    ) -> Response[bytes]:
        """The loader with the room's public facts in it: one request, and the site's CSP needs no connect-src."""
        there = await room_at(database, r)
        script = f"window.__switchboard={_facts(settings, there)};\n{assets.text('w.js')}".encode()
        return served(request, Asset("text/javascript", script, gzip.compress(script, 6, mtime=0)), LOADER_KEPT)


def _facts(settings: Settings, there: AddressedRoom) -> str:
    facts = {
        "origin": settings.public_url,
        "room": there.room.token,
        "business": there.tenant.name,
    }
    return json.dumps(facts, separators=(",", ":"))
