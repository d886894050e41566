"""HTTP: an entry of the matrix as a request, for one principal, with a foreign id in one place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx

from tests.cast import a_cid
from tests.tenancy.entries import Route
from tests.tenancy.principals import EVERYBODY, Principal
from tests.tenancy.world import Ids, World

FORMS = {"json": "application/json", "page": "text/html"}
_NEVER_EQUAL = re.compile(r"nonce[-=\"A-Za-z0-9_]+|sb_csrf=[^;]+|[0-9a-f]{64,}")
_LEFT_OUT = {"date", "x-request-id"}


@dataclass(frozen=True)
class Case:
    """`foreign`: places that get Acme's id although it is not this principal's; the others get the principal's own."""

    route: Route
    by: Principal
    foreign: frozenset[str]


def cases(route: Route) -> list[Case]:
    """Everybody who may not x each place by itself and all at once."""
    if route.public or route.no_id:
        return []
    sets = {frozenset({place}) for place in route.ids} | {frozenset(route.ids)}
    every = [Case(route, who, places) for who in EVERYBODY if who not in route.of for places in sets]
    return [case for case in every if not _by_right(case)]


def _by_right(case: Case) -> bool:
    """The path names the tenant: who belongs to both is at home there, and at home it is nobody else's."""
    at_home = case.by.home == "acme" and case.by.side == "agent" and case.by not in case.route.instead
    if case.foreign == {"path.slug"} and len(case.route.ids) > 1 and at_home:
        return True
    return "path.slug" in case.foreign and case.by.session in {who.session for who in case.route.of if who.session}


class Browser:
    """Sends one principal's requests as our own pages would."""

    def __init__(self, world: World, by: Principal) -> None:
        cookies = {"sb_session": world.cookies[by.session]} if by.session else {}
        headers = {"origin": world.stack.origin}
        self._client = httpx.AsyncClient(base_url=world.stack.origin, headers=headers, cookies=cookies)
        self._forgery_token = ""
        # Visitors have no cookie; what an agent would have to guess, a visitor carries.
        token = world.talks[by.talk].visitor_token if by.is_visitor and by.talk else None
        self._credential = {"authorization": f"Bearer {token}"} if token else {}

    async def __aenter__(self) -> Self:
        self._forgery_token = (await self._client.get("/sign-in")).cookies.get("sb_csrf", "")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def send(self, route: Route, ids: Ids, accept: str = FORMS["json"]) -> httpx.Response:
        named = {place: ids[name] for place, name in route.ids.items()}
        headers = {"accept": accept, "x-csrftoken": self._forgery_token, **self._credential}
        form = {key: text.format_map(ids) for key, text in route.form.items()} | _under("form", named)
        return await self._client.request(
            route.method,
            _path(route.path, _under("path", named)),
            params=_under("query", named),
            data=form or None,
            headers=headers,
        )


async def foreign_ids(world: World, case: Case, acme: Ids) -> Ids:
    """The principal's own, and Acme's in the foreign places."""
    own = await world.ids(case.by)
    return own | {case.route.ids[place]: acme[case.route.ids[place]] for place in case.foreign}


def absent_ids(case: Case, ids: Ids) -> Ids:
    """The same with ids that nobody has."""
    return ids | {case.route.ids[place]: _like(ids[case.route.ids[place]]) for place in case.foreign}


def expected(case: Case, accept: str) -> set[int]:
    """Which status says: not yours."""
    if case.by in case.route.instead:
        return {case.route.instead[case.by]}
    if case.route.path.startswith("/visitor/"):
        return {404}  # nobody signs in there
    if case.by.session and case.by.session != "ended":
        return {404}
    return {302, 307} if accept == FORMS["page"] and case.route.method == "GET" else {401}


def everything(response: httpx.Response) -> str:
    """Status, headers and body."""
    return f"{response.status_code}\n{response.headers.multi_items()}\n{response.text}"


def comparable(response: httpx.Response, ids: Ids) -> str:
    """All of it but what differs between two equal answers: ids that were sent, nonces, times."""
    headers = sorted((name, text) for name, text in response.headers.multi_items() if name not in _LEFT_OUT)
    output = _NEVER_EQUAL.sub("", f"{response.status_code}\n{headers}\n{response.text}")
    for name, text in ids.items():
        output = output.replace(text, f"<{name}>") if text else output
    return output


def _under(kind: str, named: Mapping[str, str]) -> dict[str, str]:
    return {place.partition(".")[2]: text for place, text in named.items() if place.startswith(f"{kind}.")}


def _path(template: str, parameters: Mapping[str, str]) -> str:
    def filled(found: re.Match[str]) -> Any:
        return parameters[found[1]]

    return re.sub(r"{(\w+):\w+}", filled, template)


def _like(text: str) -> str:
    """Of the same form and length."""
    return str(a_cid()) if re.fullmatch(r"[0-9a-f-]{36}", text) else "q" * len(text)
