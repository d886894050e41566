"""What the world sees of a room: its page (also inside the widget's frame), and the loader for the tenant's site."""

import gzip
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from switchboard.errors import NotFoundError
from switchboard.infra.assets import Asset, Assets, served
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.pages import EVERYBODY, Pages, as_boot
from switchboard.infra.web_errors import wants_page
from switchboard.languages.catalogues import Languages
from switchboard.rooms.addresses import room_at
from switchboard.rooms.loader import script_for
from switchboard.rooms.words import spoken
from switchboard.settings import Settings

LOADER_KEPT = "public, max-age=60"


class RoomsController(Controller):
    """Public: no session, no cookie."""

    @get("/c/{token:str}")
    async def room_page(
        self,
        request: Request[Any, Any, Any],
        token: FromPath[str],
        pages: NamedDependency[Pages],
        database: NamedDependency[Database],
        languages: NamedDependency[Languages],
        assets: NamedDependency[Assets],
        frame: FromQuery[int] = 0,
        lang: FromQuery[str] = "",
    ) -> Template:
        """Any site may frame it: which sites a room allows is not yet a setting. `lang`: what the page around it wants."""
        language = spoken(languages, request, *lang.split(","))
        try:
            there = await room_at(database, token)
        except NotFoundError:
            if not wants_page(request):
                raise
            return pages.page("rooms/gone.html", status=404, framed_by=EVERYBODY, language=language)
        words = assets.url(f"{language.tag}.js")
        boot: dict[str, Any] = {
            "room": {"token": token, "name": there.room.name},
            "business": there.tenant.name,
            "socket": f"/c/{token}/socket",
            "frame": bool(frame),
            "words": words,
            "later": assets.url("later.css"),
        }
        context: dict[str, Any] = {"boot": as_boot(boot), "title": f"{there.room.name} · {there.tenant.name}", "module": words}
        return pages.page("app.html", app="customer", framed_by=EVERYBODY, language=language, **context)

    @get("/w.js", media_type="text/javascript", responses=answers(404))
    async def loader(
        self,
        request: Request[Any, Any, Any],
        database: NamedDependency[Database],
        assets: NamedDependency[Assets],
        settings: NamedDependency[Settings],
        languages: NamedDependency[Languages],
        r: FromQuery[str] = "",
    ) -> Response[bytes]:
        """The loader with the room's public facts in it: one request, and the site's CSP needs no connect-src.

        Further parameters say how the launcher looks (docs/embedding.md).
        """
        there = await room_at(database, r)
        language = spoken(languages, request)
        script = script_for(settings.public_url, there, language, request.query_params.multi_items(), assets).encode()
        asset = Asset("text/javascript", script, gzip.compress(script, 9, mtime=0))
        return served(request, asset, LOADER_KEPT, varies_by="accept-language")
