"""A form that comes back: with what was typed, with what to do next, and with the status that programs understand."""

from typing import Any

from litestar.response import Template

from switchboard.errors import SwitchboardError, TooManyError, UnavailableError
from switchboard.infra.pages import Pages

NO_REFERRER = {"referrer-policy": "no-referrer"}
# For a page with a form: under no-referrer browsers send its POST with `Origin: null`, which the front door refuses.
TO_NOBODY_ELSE = {"referrer-policy": "same-origin"}


def again(pages: Pages, name: str, error: SwitchboardError, /, **context: Any) -> Template:
    """The form once more, with the error above it. A wrong password is 422: the form was understood."""
    headers = dict(TO_NOBODY_ELSE)
    if isinstance(error, TooManyError | UnavailableError):
        headers["retry-after"] = str(error.retry_after)
    status = error.status if error.status in (409, 410, 429, 503) else 422
    context.setdefault("problems", {})
    return pages.page(name, status=status, headers=headers, problem=error.message, **context)
