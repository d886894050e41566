"""Waiting until a part answers, instead of for a time."""

import asyncio
import contextlib
import http.client
import time
from http import HTTPStatus
from urllib.parse import urlsplit

import asyncpg

from switchboard.settings import Settings, embedded_database_url
from switchboard.supervisor import CannotStartError
from switchboard.supervisor.parts import Part

_EMBEDDED_MAY_TAKE_S, _GIVEN_MAY_TAKE_S, _HTTP_MAY_TAKE_S = 60, 10, 60
_LOOK_EVERY_S = 0.05


def wait_for_embedded_postgres(postgres: Part, settings: Settings) -> None:
    """Return when the embedded Postgres takes connections. Raises CannotStartError when it ends instead."""
    deadline = time.monotonic() + _EMBEDDED_MAY_TAKE_S
    while True:
        url = embedded_database_url(settings.var_dir)
        problem = why_database_fails(url) if url else "it has not created its password yet"
        if problem is None:
            return
        _give_up_if(postgres.why_dead(), deadline, f"The embedded Postgres does not answer: {problem}\n{postgres.last_lines()}")


def wait_for_given_database(url: str) -> None:
    """Return when the database of DATABASE_URL takes connections. Raises CannotStartError after 10 s."""
    where = urlsplit(url)
    deadline = time.monotonic() + _GIVEN_MAY_TAKE_S
    while problem := why_database_fails(url):
        _give_up_if(
            None,
            deadline,
            f"The database of DATABASE_URL ({where.hostname}, port {where.port or 5432}) does not answer: {problem}\n"
            "Start it or correct the address; without DATABASE_URL an embedded Postgres is used.",
        )


def why_database_fails(url: str) -> str | None:
    """Why no connection can be made, in one line; None when it can."""
    try:
        asyncio.run(_connect(url))
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as problem:
        return str(problem) or type(problem).__name__
    return None


def wait_for_http(part: Part, host: str, port: int, path: str) -> None:
    """Return when GET `path` gives 200. Raises CannotStartError when the part ends instead."""
    deadline = time.monotonic() + _HTTP_MAY_TAKE_S
    while problem := why_http_fails(host, port, path):
        _give_up_if(part.why_dead(), deadline, f"{part.name} does not answer: {problem}\n{part.last_lines()}")


def why_http_fails(host: str, port: int, path: str) -> str | None:
    """Why GET `path` does not give 200; None when it does."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        return str(problem) or type(problem).__name__
    finally:
        connection.close()
    return None if status == HTTPStatus.OK else f"GET {path} gives {status}"


async def _connect(url: str) -> None:
    # A missing database is no failure of the server: `switchboard migrate` creates it.
    with contextlib.suppress(asyncpg.InvalidCatalogNameError):
        connection = await asyncpg.connect(url, timeout=5)
        await connection.close()


def _give_up_if(dead: str | None, deadline: float, too_late: str) -> None:
    if dead:
        raise CannotStartError(dead)
    if time.monotonic() > deadline:
        raise CannotStartError(too_late)
    time.sleep(_LOOK_EVERY_S)
