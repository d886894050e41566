"""Our two cookies: the session, and the token of a mailed link on its way from the address bar to the page."""

import re
from enum import StrEnum
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from switchboard.accounts.access import SESSION_COOKIE
from switchboard.accounts.device import device_of
from switchboard.accounts.sessions import SESSION_LASTS, NewSession, Visit
from switchboard.settings import Settings

LINK_COOKIE = "sb_link"
LINK_LASTS_S = 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class LinkPath(StrEnum):
    """Pages behind mailed links; the cookie goes to this one only."""

    SIGN_UP = "/sign-up"
    RESET = "/reset"


def session_cookie(settings: Settings, made: NewSession | None) -> Cookie:
    """None takes it away."""
    lasts = int(SESSION_LASTS.total_seconds()) if made else 0
    return _cookie(settings, SESSION_COOKIE, made.token if made else "", lasts, "/")


def link_cookie(settings: Settings, path: LinkPath, token: str | None) -> Cookie:
    """None takes it away, and so does what cannot be a token."""
    if token and not _TOKEN.fullmatch(token):
        token = None
    return _cookie(settings, LINK_COOKIE, token or "", LINK_LASTS_S if token else 0, path)


def visit_of(request: "Request[Any, Any, Any]") -> Visit:
    """The browser that asks."""
    return Visit(request.cookies.get(SESSION_COOKIE), device_of(request.headers.get("user-agent", "")))


def _cookie(settings: Settings, name: str, value: str, lasts: int, path: str) -> Cookie:
    # Lax: a mailed link, and a link to the console, are followed from another site.
    return Cookie(
        key=name, value=value, max_age=lasts, path=path, httponly=True, secure=settings.secure_cookies, samesite="lax"
    )
