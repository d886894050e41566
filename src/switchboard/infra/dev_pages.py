"""`/dev/ui`: every part and every state of both apps, drawn by themselves with made-up people. Served under `up` only."""

from typing import Literal

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from switchboard.infra.pages import Pages


@get("/dev/ui", include_in_schema=False)
async def stories(pages: NamedDependency[Pages], app: FromQuery[Literal["widget", "console"]] = "widget") -> Template:
    """What else stands in the query (story, theme, lang, dir, brand) is for the page itself."""
    return pages.page("app.html", app=f"{app}_stories", boot="{}", title="Every state")
