"""Nobody gets in: principals x routes x commands x sockets x places of a foreign id (QUALITY 3, `matrix.py`).

Every case has succeeded for its owner before, with the same ids. Judged by the answer, by canaries in every answer, frame and
log line, by a sum over every table of the tenant, and by comparison with an id that nobody has.
"""

import logging
from collections.abc import AsyncIterator

import pytest

from tests.cast import Cast
from tests.chats.scene import stored
from tests.stack import Stack
from tests.tenancy.canaries import TALK, TEAM, canary, foreign_words
from tests.tenancy.checksums import changed, checksums
from tests.tenancy.entries import Asked, Route
from tests.tenancy.http_cases import FORMS, Browser, absent_ids, cases, comparable, everything, expected, foreign_ids
from tests.tenancy.matrix import COMMANDS, ROUTES, SOCKETS
from tests.tenancy.principals import GIL, NOBODY, Principal
from tests.tenancy.socket_cases import Attempt, attempts, frames, ids_of, is_granted, outcome, settled, why_wrong
from tests.tenancy.world import Talk, World, living

READS, WRITES = [route for route in ROUTES if route.method == "GET"], [route for route in ROUTES if route.method != "GET"]


@pytest.fixture
async def world(stack: Stack, cast: Cast, superuser) -> AsyncIterator[World]:
    async with living(stack, cast, superuser) as world:
        yield world


@pytest.fixture(autouse=True)
def _no_canary_in_the_log(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    yield
    assert "canary-" not in caplog.text


async def test_what_is_read_is_read_by_its_owner_and_nobody_else(world: World) -> None:
    """In one world, because reading changes nothing."""
    leaks = {route.name: await leaks_of_route(world, route) for route in READS}
    assert {name: found for name, found in leaks.items() if found} == {}


@pytest.mark.parametrize("route", WRITES, ids=lambda route: route.name)
async def test_a_route_serves_its_owner_and_nobody_else(world: World, route: Route) -> None:
    assert await leaks_of_route(world, route) == []


@pytest.mark.parametrize("who", [GIL, NOBODY], ids=lambda who: who.name)
async def test_what_is_public_tells_nothing_that_is_not(world: World, who: Principal) -> None:
    hidden = (canary("acme", TEAM), canary("acme", TALK))
    ids = await world.ids(who) | {"room_token": world.cast.acme.room_token}
    async with Browser(world, who) as browser:
        for route in (route for route in ROUTES if route.public or route.no_id):
            assert foreign_words(hidden, everything(await browser.send(route, ids))) == [], route.name


async def leaks_of_route(world: World, route: Route) -> list[str]:
    """One sentence per principal and place for which this route does not hold."""
    acme = await world.ids(route.of[0])
    async with Browser(world, route.of[0]) as owner:
        assert (await owner.send(route, acme)).status_code == route.status, f"{route.name}: the owner must succeed first"
    before = await checksums(world.superuser, world.cast.acme.tenant_id)
    found: list[str] = []
    for case in cases(route):
        async with Browser(world, case.by) as browser:
            for accept in FORMS.values():
                ids = await foreign_ids(world, case, acme)
                response = await browser.send(route, ids, accept)
                absent = absent_ids(case, ids)
                like_absent = comparable(await browser.send(route, absent, accept), absent)
                leak = foreign_words(case.by.never_sees, everything(response))
                if response.status_code not in expected(case, accept):
                    leak.append(str(response.status_code))
                if case.by not in route.instead and comparable(response, ids) != like_absent:
                    leak.append("another answer than for an id that nobody has")
                found += [f"{case.by.name} with {sorted(case.foreign)}: {what}" for what in leak]
    after = await checksums(world.superuser, world.cast.acme.tenant_id)
    return [*found, *(f"{table} has changed" for table in changed(before, after))]


@pytest.mark.parametrize("asked", COMMANDS, ids=lambda asked: asked.kind.__name__)
async def test_a_command_serves_its_owner_and_nobody_else(world: World, asked: Asked) -> None:
    assert await leaks_of_command(world, asked) == []


async def leaks_of_command(world: World, asked: Asked) -> list[str]:
    """One sentence per principal and field for which this command does not hold."""
    for side in asked.sides:
        talk = await world.start_talk("acme", None if asked.waiting else "Ben")
        both = (talk.visitor, await world.agent("acme", "Ben"))
        owner, other = both if side == "visitor" else both[::-1]
        heard_by = other if asked.heard else owner
        assert await is_granted(owner, asked, ids_of(talk), heard_by), f"the owner must succeed first, as {side}"
    talk = await world.start_talk("acme", None if asked.waiting else "Ben")
    tried = attempts(asked)
    foreign, own = [one for one in tried if not one.is_own], [one for one in tried if one.is_own]
    before = await checksums(world.superuser, world.cast.acme.tenant_id)
    found = await _leaks(world, talk, foreign)
    after = await checksums(world.superuser, world.cast.acme.tenant_id)
    found += [f"{table} has changed" for table in changed(before, after)]
    log = await stored(world.superuser, talk.chat)
    found += await _leaks(world, talk, own)
    assert await stored(world.superuser, talk.chat) == log
    for party in (talk.visitor, await world.agent("acme", "Ben")):
        found += [f"Acme sees {word}" for word in foreign_words(("canary-globex",), frames(party))]
    return found


async def _leaks(world: World, talk: Talk, tried: list[Attempt]) -> list[str]:
    found: list[str] = []
    for by in dict.fromkeys(attempt.by for attempt in tried):
        async with world.seated(by) as peer:
            for attempt in (one for one in tried if one.by is by):
                taken = {**ids_of(talk), "cid": str(talk.cid)}.get(attempt.field)
                ids = await world.ids(by) | ({attempt.field: taken} if taken else {})
                wrong = await why_wrong(peer, attempt, ids)
                found += [f"{by.name} with {attempt.field}: {wrong}"] if wrong else []
            await settled(peer)
            found += [f"{by.name} sees {word}" for word in foreign_words(by.never_sees, frames(peer))]
    return found


@pytest.mark.parametrize("path", SOCKETS)
async def test_a_socket_opens_for_its_own_people_only(world: World, path: str) -> None:
    before = await checksums(world.superuser, world.cast.acme.tenant_id)
    for knock in SOCKETS[path]:
        assert await outcome(world, path, knock) == knock.ends, knock
    assert changed(before, await checksums(world.superuser, world.cast.acme.tenant_id)) == []
