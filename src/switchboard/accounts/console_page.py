"""Pages of the console that the server draws: the rail and who is signed in, around what a feature shows."""

from typing import Any

from litestar.response import Template

from switchboard.accounts.access import AtConsole
from switchboard.infra.pages import Pages


def console_page(pages: Pages, here: AtConsole, name: str, *, status: int = 200, **context: Any) -> Template:
    """`templates/<feature>/<name>.html`, which extends `console.html`, for this agent."""
    return pages.page(name, status=status, here=here, console=f"/console/{here.tenant.slug}", **context)
