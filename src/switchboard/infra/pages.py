"""Server-rendered pages: a nonce per page, and the Content-Security-Policy that names it (DESIGN 10)."""

import json
import secrets
from typing import Any

from litestar.response import Template
from markupsafe import Markup

from switchboard.infra.assets import Assets

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
EVERYBODY = ""
"""May frame it. Not `*`: that leaves out sandboxed frames, whose origin is opaque, and frames around them."""


class Pages:
    """Renders `templates/<feature>/<name>.html`. `sockets` is our own origin with ws: or wss:."""

    def __init__(self, assets: Assets, public_url: str) -> None:
        self._assets = assets
        self._sockets = public_url.replace("http", "ws", 1)

    def page(
        self,
        name: str,
        /,
        *,
        status: int = 200,
        framed_by: str = "'none'",
        headers: dict[str, str] | None = None,
        **context: Any,
    ) -> Template:
        """`framed_by`: a CSP source list, EVERYBODY or none; only widget pages may be framed. `headers`: further ones."""
        nonce = secrets.token_urlsafe(16)
        policy = _POLICY.format(nonce=nonce, sockets=self._sockets)
        if framed_by != EVERYBODY:
            policy += f"; frame-ancestors {framed_by}"
        return Template(
            name,
            status_code=status,
            headers={"content-security-policy": policy, "cache-control": "no-store", **(headers or {})},
            context={**context, "nonce": nonce, "asset": self._assets.url},
        )


def as_boot(value: dict[str, Any]) -> Markup:
    """JSON for a data block: no sequence in it can end the script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped on the lines above
