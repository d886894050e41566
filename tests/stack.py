"""A real web process inside the test: uvicorn on a free port, as `switchboard web` starts it."""

import asyncio
import dataclasses
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import uvicorn
from litestar import Litestar

from switchboard.app import create_app
from switchboard.infra.front_door import FrontDoor
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


_idle: defaultdict[Settings, list[tuple[int, Litestar]]] = defaultdict(list)
"""Apps that no test uses now, with their ports. What lives in one is made when it starts; building it takes 70 ms."""


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Stack]:
    """Serves until the block ends."""
    port, app = _idle[settings].pop() if _idle[settings] else _built(settings)
    origin = f"http://localhost:{port}"
    config = uvicorn.Config(
        FrontDoor(app, origin),
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
        yield Stack(origin, app.state["web"], app)
    finally:
        server.should_exit = True
        await task
        _idle[settings].append((port, app))


def _built(settings: Settings) -> tuple[int, Litestar]:
    port = free_port()
    return port, create_app(dataclasses.replace(settings, public_url=f"http://localhost:{port}", port=port)).app
