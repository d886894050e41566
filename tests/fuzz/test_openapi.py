"""Every route as OpenAPI describes it, asked for in thousands of ways: no 5xx, no answer that is not described."""

import asyncio
import contextlib
import dataclasses
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from switchboard.accounts.models import Purpose
from switchboard.accounts.sessions import NewSession
from switchboard.app import describe
from switchboard.canned_texts.actions import Wanted, keep
from switchboard.customers.windows import admit
from switchboard.infra.ids import new_id, new_token
from switchboard.protocol import Answered, Message, Status
from switchboard.rooms.actions import open_room
from switchboard.settings import Settings
from switchboard.tenancy.actions import put_on
from tests.accounts.forms import ROWAN, mailed_link
from tests.cast import PASSWORD, PRICE_LIST, Cast, a_cid, email
from tests.files.scene import as_visitor, say_file
from tests.peers import agent, visitor, visitor_token
from tests.stack import Stack
from tests.tenancy.completeness import offered_routes
from tests.tenancy.earlier import a_file_in, an_earlier_chat

CHECKS = [
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_headers_conformance, response_schema_conformance),
]
NOT_DESCRIBED = {"GET /assets/{name}"}  # built files, by their hashed names
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
ENDS_THE_SESSION = {"/sign-in", "/sign-out", "/sign-up/confirm", "/account/sign-out-everywhere"}
# What Alice would type, so that every route is also seen to succeed.
TYPED = {
    "/sign-in": {"email": email("Alice"), "password": PASSWORD},
    "/console/{slug}/rooms": {"name": "Sales"},
    "/console/{slug}/rooms/{room_id}/rename": {"name": "Repairs"},
    "/console/{slug}/rooms/{room_id}/move": {"step": "up"},
    "/console/{slug}/canned-texts": {"shortcut": "/hello", "text": "Hello {customer}"},
    "/console/{slug}/canned-texts/{text_id}": {"shortcut": "thanks", "text": "Thank you"},
    "/console/{slug}/chats/{chat_id}/tags": {"name": "repair"},
    "/console/{slug}/chats/{chat_id}/tags/remove": {"name": "repair"},
    "/sign-up": ROWAN,
    "/sign-up/confirm": {"name": "Rowan", "password": PASSWORD},
    "/forgot": {"email": email("Alice")},
    "/reset": {"password": PASSWORD},
    "/account/password": {"old": PASSWORD, "new": PASSWORD},
}


@dataclass
class Talk:
    """Of Alice and a visitor, who has sent a file and has been here before."""

    visitor_token: str
    chat: UUID
    file: UUID
    file_address: str
    earlier: UUID
    earlier_file: UUID


@dataclass
class Asked:
    """Runs in a thread of its own, beside the server's loop."""

    stack: Stack
    cast: Cast
    new_session: Callable[[], NewSession]
    seed: int
    cookie: str
    forgery_token: str
    links: dict[str, str]
    talk: "Talk"
    new_text: Callable[[], UUID]
    new_code: Callable[[], str]
    new_room: Callable[[], UUID]
    failures: dict[str, str] = field(default_factory=dict[str, str])
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def every_route(self, schema: dict[str, Any], examples: int) -> None:
        """Fills `statuses` and `failures`."""
        loaded = schemathesis.openapi.from_dict(schema)
        for result in loaded.get_all_operations():
            operation = result.ok()  # type: ignore[union-attr]
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._operation(operation, mode, examples)

    def _operation(self, operation: Any, mode: GenerationMode, examples: int) -> None:
        turns = itertools.count()

        @hypothesis.seed(self.seed)
        @hypothesis.settings(max_examples=examples, deadline=None, database=None, suppress_health_check=UNHURRIED)
        @hypothesis.given(operation.as_strategy(generation_mode=mode))
        def asked(case: Any) -> None:
            self._ask(case, is_real=next(turns) % 2 == 0)

        with contextlib.suppress(Unsatisfiable):  # nothing about this route can be wrong
            asked()

    def _ask(self, case: Any, *, is_real: bool) -> None:
        path = case.operation.path
        if is_real:
            self._make_real(case, path)
        cookies = {"sb_session": self.cookie, "sb_csrf": self.forgery_token, "sb_link": self.links.get(f"GET {path}", "")}
        headers = {"Origin": self.stack.origin, "x-csrftoken": self.forgery_token}
        if path.startswith("/visitor/"):
            headers["authorization"] = f"Bearer {self.talk.visitor_token}"
        url, within = self.stack.origin, 30
        response = case.call(url, headers=headers, cookies=cookies, allow_redirects=False, timeout=within)
        self.statuses[f"{case.method} {path}"][response.status_code] += 1
        try:
            # The cookie stays right; where it is the only input, nothing sent was wrong.
            has_input = bool(case.path_parameters or case.operation.body or (case.query and not path.startswith("/account")))
            checks = [*CHECKS, negative_data_rejection] if has_input and not is_real else CHECKS
            case.validate_response(response, checks=checks)
        except FailureGroup as group:
            sent = f"{case.path_parameters} {case.query} {case.body!r}"[:300]
            self.failures |= {
                f"{case.method} {path}: {failure.title}, {response.status_code}": sent for failure in group.exceptions
            }
        if path in ENDS_THE_SESSION:
            self.cookie = self.new_session().token

    def _make_real(self, case: Any, path: str) -> None:
        real = {"slug": "acme", "token": self.cast.acme.room_token, "earlier_id": str(self.talk.earlier)}
        if "{chat_id}" in path:
            real |= {"chat_id": str(self.talk.chat), "file_id": str(self.talk.file)}
        if "{earlier_id}" in path:
            real["file_id"] = str(self.talk.earlier_file)
        if path == "/f/{token}":
            real["token"] = self.talk.file_address
        for name, new in (
            ("session_id", lambda: self.new_session().id),
            ("room_id", self.new_room),
            ("text_id", self.new_text),
        ):
            if f"{{{name}}}" in path:
                real[name] = str(new())
        case.path_parameters = {name: real.get(name, value) for name, value in (case.path_parameters or {}).items()}
        if path.endswith("/customer"):
            case.query = {}
        if path == "/w.js":
            case.query = {"r": self.cast.acme.room_token}
        if path in TYPED and case.method == "POST":
            link = self.links.get(f"POST {path}")
            case.body = TYPED[path] | ({"token": link} if link else {})
            case.media_type = "application/x-www-form-urlencoded"
        if path.endswith("/window"):
            case.body, case.media_type = {"code": self.new_code()}, "application/x-www-form-urlencoded"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without limits: this browser asks more than any person."""
    return dataclasses.replace(settings, rate_limits=False)


@pytest.fixture
async def talk(stack: Stack, cast: Cast, superuser) -> Talk:
    token = await visitor_token(stack, cast.acme.room_token)
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice, visitor(stack, cast.acme.room_token, token) as vera:
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await vera.resume(chat)
        await alice.answer(chat)
        await vera.got(Message, lambda message: message.entry.body == Answered())
        sender = as_visitor(stack, token, chat)
        file = await sender.uploaded(b"an old bike")
        await say_file(vera, chat, file)
    address = (await sender.find(file.file)).json()["url"].removeprefix("/f/")
    earlier = await an_earlier_chat(superuser, chat)
    return Talk(token, chat, file.file, address, earlier, await a_file_in(superuser, earlier, file.file))


@pytest.fixture
async def asked(stack: Stack, cast: Cast, talk: Talk) -> Asked:
    loop = asyncio.get_running_loop()

    def new_session() -> NewSession:
        return asyncio.run_coroutine_threadsafe(cast.session("Alice"), loop).result()

    def new_text() -> UUID:
        return asyncio.run_coroutine_threadsafe(_a_text(cast), loop).result()

    def new_room() -> UUID:
        return asyncio.run_coroutine_threadsafe(_a_room(cast), loop).result()

    def new_code() -> str:
        return asyncio.run_coroutine_threadsafe(_a_code(cast), loop).result()

    async with httpx.AsyncClient(base_url=stack.origin) as client:
        forgery_token = (await client.get("/sign-in")).cookies["sb_csrf"]
    async with cast.database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.on_sale[-1])  # so that rooms can be made
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    links = {f"{method} /sign-up/confirm": await mailed_link(cast.database, Purpose.SIGN_UP) for method in ("GET", "POST")}
    for method, name in (("GET", "Ben"), ("POST", "Gil")):
        links[f"{method} /reset"] = await mailed_link(cast.database, Purpose.RESET, email(name))
    cookie = await cast.cookie("Alice")
    return Asked(stack, cast, new_session, seed, cookie, forgery_token, links, talk, new_text, new_code, new_room)


async def _a_code(cast: Cast) -> str:
    """Lets a window in, for a minute."""
    code = new_token()
    async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await admit(tx, new_id(), code)
    return code


async def _a_room(cast: Cast) -> UUID:
    """Beside GENERAL, for whatever is done to it."""
    async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        return (await open_room(tx, PRICE_LIST, f"Room {a_cid().hex[-20:]}")).id


async def _a_text(cast: Cast) -> UUID:
    """A new canned text of Alice's own."""
    async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        return await keep(tx, PRICE_LIST, Wanted(f"x{a_cid().hex[-20:]}", "Hello"), cast.acme.agents["Alice"])


def test_every_route_is_described(stack: Stack, settings: Settings) -> None:
    described = {
        f"{method.upper()} {path}" for path, operations in describe(settings)["paths"].items() for method in operations
    }
    offered = {re.sub(r"{(\w+):\w+}", r"{\1}", name) for name in offered_routes(stack.app)}
    assert offered - described == NOT_DESCRIBED


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("examples", [5, pytest.param(200, marks=pytest.mark.long)])
async def test_no_request_gets_an_answer_that_is_not_described(
    asked: Asked, settings: Settings, examples: int, caplog: pytest.LogCaptureFixture
) -> None:
    await asyncio.to_thread(asked.every_route, describe(settings), examples)
    assert not asked.failures, "\n".join(f"{what}: {sent}" for what, sent in asked.failures.items())
    print({route: dict(statuses) for route, statuses in asked.statuses.items()})
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert [route for route, statuses in asked.statuses.items() if min(statuses) >= 400] == [], "never seen to succeed"


async def test_an_answer_that_is_not_described_is_seen(asked: Asked, settings: Settings) -> None:
    schema = describe(settings)
    schema["paths"] = {"/w.js": schema["paths"]["/w.js"]}
    del schema["paths"]["/w.js"]["get"]["responses"]["404"]
    await asyncio.to_thread(asked.every_route, schema, 8)
    assert list(asked.failures) == ["GET /w.js: Undocumented status code, 404"]
