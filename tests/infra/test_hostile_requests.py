"""Hostile Origins, hosts and tokens on everything that changes state or opens a socket: refused before any work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute, WebSocketRoute
from sqlalchemy import event

from switchboard.infra import front_door
from switchboard.infra.front_door import SAFE_METHODS
from tests.cast import Cast
from tests.infra.hostile import FORGERY_TOKENS, Headers, Ours, hosts, origins
from tests.infra.raw_http import UPGRADE, answered
from tests.stack import Stack

REFUSED = {400, 403, 421}
# A visitor brings a token and no cookie: nothing that another site could make a browser send along.
COOKIELESS = re.compile("POST /(c|visitor)/")


@dataclass
class Work:
    """What was done since: requests that got past the door, statements that reached the database."""

    requests: list[str] = field(default_factory=list[str])
    statements: list[str] = field(default_factory=list[str])

    def __bool__(self) -> bool:
        return bool(self.requests or self.statements)


@pytest.fixture
def work(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work, call = Work(), Litestar.__call__

    async def counted(self: Litestar, scope: Any, receive: Any, send: Any) -> None:
        work.requests.append(scope.get("path", ""))
        await call(self, scope, receive, send)

    def spoken(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        work.statements.append(statement)

    engine = stack.web.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", spoken)
    monkeypatch.setattr(Litestar, "__call__", counted)
    yield work
    event.remove(engine, "before_cursor_execute", spoken)


def doors(stack: Stack, cast: Cast) -> list[tuple[str, Headers]]:
    """(method and target, headers) of everything that changes state or opens a socket, from the routes themselves."""
    found: list[tuple[str, Headers]] = []
    for route in stack.app.routes:
        target = route.path.replace("{slug:str}", "acme").replace("{token:str}", cast.acme.room_token)
        target = re.sub(r"{\w+:uuid}", str(cast.acme.room_id), target)
        if isinstance(route, WebSocketRoute):
            found.append((f"GET {target}", UPGRADE))
        elif isinstance(route, HTTPRoute):
            found += [(f"{method} {target}", []) for method in sorted(set(route.methods) - SAFE_METHODS)]
    return found


def test_there_are_sixty_and_more() -> None:
    ours = Ours("localhost:8000")
    assert len(origins(ours)) + len(hosts(ours)) + len(FORGERY_TOKENS) >= 60


async def came_through(stack: Stack, cast: Cast, work: Work, requests: dict[str, Headers]) -> list[str]:
    """One sentence per request that was not refused, or only after work."""
    session = ("cookie", f"sb_session={await cast.cookie('Alice')}".encode())
    found: list[str] = []
    for start, upgrade in doors(stack, cast):
        for name, headers in requests.items():
            status, _ = await answered(stack.origin, start, [*headers, session, *upgrade])
            if status not in REFUSED or work:
                found.append(f"{start} with {name}: {status}, {work}")
                work.requests.clear()
                work.statements.clear()
    return found


async def test_a_request_from_another_origin_is_refused_before_any_work(stack: Stack, cast: Cast, work: Work) -> None:
    assert await came_through(stack, cast, work, origins(Ours(stack.origin.removeprefix("http://")))) == []


async def test_a_request_to_another_host_is_refused_before_any_work(stack: Stack, cast: Cast, work: Work) -> None:
    assert await came_through(stack, cast, work, hosts(Ours(stack.origin.removeprefix("http://")))) == []


async def test_our_own_origin_at_our_own_host_is_let_in(stack: Stack, cast: Cast, work: Work) -> None:
    right = {"ours": [("host", stack.origin.removeprefix("http://").encode()), ("origin", stack.origin.encode())]}
    assert len(await came_through(stack, cast, work, right)) == len(doors(stack, cast))


async def test_with_the_door_ajar_the_tests_above_fail(
    stack: Stack, cast: Cast, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "_needs_origin", lambda _scope: False)
    assert len(await came_through(stack, cast, work, origins(Ours(stack.origin.removeprefix("http://"))))) > 100


async def test_a_forged_form_is_refused_before_any_query(stack: Stack, cast: Cast, work: Work) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        theirs = (await client.get("/sign-in")).cookies["sb_csrf"]
    session = await cast.cookie("Alice")
    work.statements.clear()
    own = [("host", stack.origin.removeprefix("http://").encode()), ("origin", stack.origin.encode())]
    forms = [start for start, upgrade in doors(stack, cast) if not upgrade and not COOKIELESS.match(start)]
    for start in forms:
        for name, (cookie, header) in FORGERY_TOKENS.items():
            made = {"t": theirs, "T": theirs.upper(), "c": theirs[:-1]}
            cookies = f"sb_session={session}" + (f"; sb_csrf={cookie.format_map(made)}" if cookie is not None else "")
            headers: Headers = [*own, ("cookie", cookies.encode())]
            headers += [("x-csrftoken", header.format_map(made).encode())] if header is not None else []
            status, _ = await answered(stack.origin, start, headers)
            assert (status, work.statements) == (403, []), f"{start} with {name}"


async def test_no_answer_repeats_a_host_that_is_not_ours(stack: Stack, cast: Cast) -> None:
    ours = Ours(stack.origin.removeprefix("http://"))
    right: Headers = [("host", ours.host.encode())]
    evil: dict[str, tuple[str, Headers]] = {
        "absolute target": ("GET http://evil.example/sign-in", right),
        "absolute target and Host": ("GET http://evil.example/sign-in", [("host", b"evil.example")]),
        "no slash": ("GET @evil.example/", [("host", b"evil.example")]),
        "two slashes": ("GET //evil.example/", right),
        "backslash": ("GET /\\evil.example/", right),
        **{f"{name}": ("GET /sign-in", [*right, (name, b"evil.example")]) for name in ("x-forwarded-host", "x-host")},
        "forwarded": ("GET /sign-in", [*right, ("forwarded", b"host=evil.example")]),
        **{name: ("GET /console", headers) for name, headers in hosts(ours).items()},
    }
    for name, (start, headers) in evil.items():
        status, raw = await answered(stack.origin, start, headers)
        assert status < 500, name
        head, _, body = raw.partition(b"\r\n\r\n")
        location = next((line for line in head.split(b"\r\n") if line.lower().startswith(b"location:")), b"")
        assert location == b"" or location.split()[1].startswith((f"{ours.origin}/".encode(), b"/c", b"/s")), (name, location)
        assert b"evil" not in body, name
