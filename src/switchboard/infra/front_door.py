"""What is checked before any route: the host, and the Origin of everything that changes state or opens a socket.

Litestar's CSRF and CORS do not cover WebSockets (reference/stack.md), and a cookie alone must not open one from a foreign page.
"""

from urllib.parse import urlsplit

from litestar import Litestar
from litestar.types import Message, Receive, Scope, Send

from switchboard.infra.plain_answer import TEXT, answer_plainly
from switchboard.infra.watch import Watch

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = "This was sent from another site. Open the page itself and try again."
STOPPING = "This server is about to stop. Connect again in a second: another one takes over."
ANY_HOST = ("/healthz", "/readyz")
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), geolocation=(), payment=()"),
]


class FrontDoor:
    """ASGI middleware. `public_url` is the only origin that we answer under."""

    def __init__(self, app: Litestar, public_url: str) -> None:
        self.app = app
        self._origin = public_url
        self._host = urlsplit(public_url).netloc
        self.takes_sockets = True
        self._watch = Watch(self._admit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._watch(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if _only(scope, b"host") != self._host and path not in ANY_HOST:
            await self._wrong_host(scope, receive, send)
        elif _needs_origin(scope) and _only(scope, b"origin") != self._origin:
            await answer_plainly(scope, receive, send, 403, FOREIGN, [*TEXT, *HEADERS])
        elif scope["type"] == "websocket" and not self.takes_sockets:
            await answer_plainly(scope, receive, send, 503, STOPPING, [*TEXT, *HEADERS, (b"retry-after", b"1")])
        else:
            await self.app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)

    async def _wrong_host(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            query = scope["query_string"].decode("latin-1")
            location = self._origin + scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
            headers = [*TEXT, *HEADERS, (b"location", location.encode("latin-1", "replace"))]
            await answer_plainly(scope, receive, send, 307, f"Use {self._origin}", headers)
        else:
            text = f"This is {self._origin}. Use that address, or set PUBLIC_URL."
            await answer_plainly(scope, receive, send, 421, text, [*TEXT, *HEADERS])


def _only(scope: Scope, header: bytes) -> str | None:
    """None also where it stands twice: somebody between us and the sender may have looked at the other one."""
    values = [value for name, value in scope["headers"] if name == header]
    return values[0].decode("latin-1") if len(values) == 1 else None


def _needs_origin(scope: Scope) -> bool:
    return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in SAFE_METHODS)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [(name, value) for name, value in HEADERS if name not in present]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
