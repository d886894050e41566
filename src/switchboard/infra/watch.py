"""Around every request and socket: an id, a line in the log, a place in the metrics."""

import logging
import time
from typing import Any, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from switchboard.infra import metrics
from switchboard.infra.trace import Trace, new_request_id, traced

HEADER = b"x-request-id"
# Load balancers ask every second; that they did is in the metrics.
NOT_LOGGED = frozenset({"/healthz", "/readyz"})
_SWITCHED = 101

log = logging.getLogger("switchboard.access")


class Watch:
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == HEADER), "")
        trace = Trace(new_request_id(given), cast("dict[str, Any]", scope))
        seen = _Answer(send, trace.request)
        began = time.perf_counter()
        with traced(trace):
            try:
                await self._app(scope, receive, seen.send)
            finally:
                _record(scope, trace, seen.status, time.perf_counter() - began)


class _Answer:
    """Passes on what is sent; notes the status and adds the id."""

    __slots__ = ("_request", "_send", "status")

    def __init__(self, send: Send, request: str) -> None:
        self._send = send
        self._request = request
        self.status = 0

    async def send(self, message: Message) -> None:
        kind = message["type"]
        if kind in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
            start = cast("dict[str, Any]", message)
            self.status = start.get("status", _SWITCHED)
            start["headers"] = [*start.get("headers", ()), (HEADER, self._request.encode())]
        await self._send(message)


def _record(scope: Scope, trace: Trace, status: int, seconds: float) -> None:
    method = scope["method"] if scope["type"] == "http" else "SOCKET"
    metrics.answered(trace.template, method, status, seconds if scope["type"] == "http" else None)
    if trace.template not in NOT_LOGGED or status >= 400:
        fields = {"method": method, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("answered" if scope["type"] == "http" else "socket ended", extra={"fields": fields})
