"""Errors as HTTP: problem+json for programs, a page for people (DESIGN 4.14). What is not ours is a bug: 500, logged."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from switchboard.errors import SignInNeededError, SwitchboardError, TooManyError, UnavailableError
from switchboard.infra.pages import Pages

BUG = "Something broke on our side. It is logged; try again in a minute."
_PLAIN = {
    403: "This was refused. Go back, load the page again, and repeat what you did.",
    404: "There is nothing here. The address may be old; ask for a new one.",
    405: "This address does not take that. Go back and load the page again.",
}

log = logging.getLogger(__name__)


class WebErrors:
    """Exception handlers of the app."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def ours(self, request: "Request[Any, Any, Any]", error: SwitchboardError) -> "Response[Any]":
        if isinstance(error, SignInNeededError) and wants_page(request) and request.method == "GET":
            return Redirect("/sign-in?next=" + quote(request.url.path, safe="/"))
        answer = self._answer(request, error.status, error.code, error.message, **error.members)
        if isinstance(error, TooManyError | UnavailableError):
            answer.headers["retry-after"] = str(error.retry_after)
        return answer

    def litestars(self, request: "Request[Any, Any, Any]", error: HTTPException) -> "Response[Any]":
        status = error.status_code
        message = _PLAIN.get(status) or (BUG if status >= 500 else "This request cannot be read. Check it and try again.")
        if status >= 500:
            log.error("request failed", exc_info=error)
        return self._answer(request, status, HTTPStatus(status).name.lower(), message)

    def bug(self, request: "Request[Any, Any, Any]", error: Exception) -> "Response[Any]":
        log.error("request failed", exc_info=error)
        return self._answer(request, 500, "internal_error", BUG)

    def _answer(
        self, request: "Request[Any, Any, Any]", status: int, code: str, message: str, **members: str | None
    ) -> "Response[Any] | Template":
        if wants_page(request):
            return self._pages.page("error.html", status=status, title=HTTPStatus(status).phrase, message=message)
        problem = {"type": "about:blank", "status": status, "code": code, "detail": message, **members}
        return Response(msgspec.json.encode(problem), status_code=status, media_type="application/problem+json")


def wants_page(request: "Request[Any, Any, Any]") -> bool:
    """Does a person look at the answer, or a program?"""
    return MediaType.HTML in request.headers.get("accept", "")
