"""A short text answer at the ASGI level; a socket's handshake is answered over HTTP, before it is accepted."""

from typing import Any

from litestar.types import Receive, Scope

TEXT = [(b"content-type", b"text/plain; charset=utf-8")]
Headers = list[tuple[bytes, bytes]]


async def answer_plainly(scope: Scope, receive: Receive, send: Any, status: int, text: str, headers: Headers = TEXT) -> None:
    """Ends the request, or refuses the socket, with this status and text."""
    kind = "http.response"
    if scope["type"] == "websocket":
        kind = "websocket.http.response"
        await receive()
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": text.encode(), "more_body": False})
