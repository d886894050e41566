"""A command's own way to the database."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from switchboard.settings import from_process

if TYPE_CHECKING:
    from switchboard.infra.db import Database


@asynccontextmanager
async def a_database() -> AsyncGenerator["Database"]:
    """The pool of role `app`, for one command; facts have the same listeners as in every process."""
    from switchboard.wiring import listening_database

    database = listening_database(from_process().as_app)
    try:
        yield database
    finally:
        await database.engine.dispose()
