"""The web process: `switchboard web`, or any ASGI server with `switchboard.app:create_app` as factory."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template.config import TemplateConfig

from switchboard.errors import SwitchboardError
from switchboard.infra.assets import FOR_EVER, Assets, served
from switchboard.infra.dev_pages import stories
from switchboard.infra.front_door import FrontDoor
from switchboard.infra.openapi import OPENAPI, completed
from switchboard.infra.pages import Pages
from switchboard.infra.web_errors import WebErrors
from switchboard.languages.catalogues import Languages
from switchboard.mailing.writing import Letters
from switchboard.plans.files import read_price_list
from switchboard.realtime.farewell import say_farewell
from switchboard.settings import Settings, from_process
from switchboard.wiring import CONTROLLERS, Web, running


def create_app(settings: Settings | None = None) -> FrontDoor:
    """The app behind its front door. Raises SettingsError when the environment or the built browser code is not as needed."""
    settings = settings or from_process()
    # Around the app and not one of its middlewares: those do not see a path without a route.
    return FrontDoor(_app(settings, None), settings.public_url)


def describe(settings: Settings) -> dict[str, Any]:
    """Every route, as OpenAPI 3.1."""
    return completed(_app(settings, OPENAPI).openapi_schema.to_schema())


def _app(settings: Settings, openapi: OpenAPIConfig | None) -> Litestar:
    assets = Assets(settings.assets_dir)
    pages = Pages(assets, settings.public_url)
    errors = WebErrors(pages)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None]:
        async with running(settings) as web:
            app.state.update({"web": web})
            yield

    return Litestar(
        route_handlers=[*CONTROLLERS, asset, *([stories] if settings.dev_pages else [])],
        dependencies=_dependencies(settings, assets, pages),
        lifespan=[lifespan],
        csrf_config=_csrf(settings),
        template_config=TemplateConfig(directory=settings.templates_dir, engine=JinjaTemplateEngine),
        exception_handlers={SwitchboardError: errors.ours, HTTPException: errors.litestars, Exception: errors.bug},
        openapi_config=openapi,
        logging_config=None,
        request_max_body_size=1 << 20,
    )


async def drain(door: FrontDoor, over_s: float) -> None:
    """What a stop begins with, while HTTP is still served: no new work is sent here, and every socket comes back elsewhere."""
    web: Web = door.app.state["web"]
    web.readiness.is_stopping = True
    door.takes_sockets = False
    await say_farewell(web.hub.connections, over_s)


@get("/assets/{name:str}", include_in_schema=False)
async def asset(name: FromPath[str], request: Request[Any, Any, Any], assets: NamedDependency[Assets]) -> Response[bytes]:
    """A built file by its hashed name."""
    return served(request, assets.file(name), FOR_EVER)


def _csrf(settings: Settings) -> CSRFConfig:
    return CSRFConfig(
        secret=settings.secret_key,
        cookie_name="sb_csrf",
        cookie_secure=settings.secure_cookies,
        cookie_httponly=True,
        cookie_samesite="lax",
        # Room pages live in foreign frames, where there are no cookies; nothing there is done by cookie.
        # The others change nothing and are kept by caches, where a cookie has no business.
        exclude=["^/c/", "^/visitor/", "^/f/", "^/w[.]js$", "^/words/", "^/assets/", "^/healthz$", "^/readyz$"],
    )


def _dependencies(settings: Settings, assets: Assets, pages: Pages) -> dict[str, Provide]:
    def given(value: Any) -> Provide:
        return Provide(lambda: value, sync_to_thread=False)

    def of_web(part: str) -> Provide:
        def provided(state: State) -> Any:
            return getattr(state["web"], part)

        return Provide(provided, sync_to_thread=False)

    fixed = {"settings": given(settings), "assets": given(assets), "pages": given(pages)}
    fixed["letters"] = given(Letters(settings.templates_dir, settings.public_url))
    fixed["price_list"] = given(read_price_list(settings.plans_dir))
    fixed["languages"] = given(Languages(settings.languages_dir))
    return fixed | {
        part: of_web(part) for part in ("database", "readiness", "limits", "hub", "leases", "switch", "storage", "uploads")
    }
