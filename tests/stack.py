"""A real web process inside the test: uvicorn on a free port, as `switchboard web` starts it."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import uvicorn
from litestar import Litestar

from switchboard.app import create_app
from switchboard.realtime.line import Line
from switchboard.settings import Settings
from switchboard.wiring import Web
from tests.ports import free_port


class Served(Protocol):
    """A web process that answers under `origin`, in this process or another one."""

    @property
    def origin(self) -> str: ...


@dataclasses.dataclass
class Stack:
    """A served app: its origin, and what it is made of."""

    origin: str
    web: Web
    app: Litestar


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Stack]:
    """Serves until the block ends."""
    port = free_port()
    origin = f"http://localhost:{port}"
    app = create_app(dataclasses.replace(settings, public_url=origin, port=port))
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        ws=Line,
        ws_max_size=1 << 20,
        ws_per_message_deflate=False,
        log_config=None,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(0.01)
    try:
        yield Stack(origin, app.app.state["web"], app.app)
    finally:
        server.should_exit = True
        await task
