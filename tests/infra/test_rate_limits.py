"""How often somebody may try: counted once for all processes, by whom the connection really comes from."""

import asyncio
import dataclasses
import multiprocessing
from collections.abc import Awaitable, Callable
from datetime import timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import asyncpg
import httpx
import pytest

from switchboard.errors import TooManyError, UnavailableError
from switchboard.infra.client_address import client_address
from switchboard.infra.db import Database
from switchboard.infra.rate_limits import Limit, RateLimits, forget_idle_limits
from switchboard.settings import Settings
from tests.accounts.forms import post, sign_up
from tests.cast import PASSWORD
from tests.stack import Stack, serving

PROCESSES, TRIES = 8, 125
SLOW = Limit("test", 100, timedelta(days=1))

TAKE = "select take_turn('\\x01', 100, interval '1 day') = 0"
READ = "select coalesce((select tat from rate_limit where key = '\\x01'), now()) + interval '864 s' <= now() + interval '1 day'"
WRITE = """insert into rate_limit values ('\\x01', now() + interval '864 s') on conflict (key)
    do update set tat = greatest(rate_limit.tat, now()) + interval '864 s'"""


async def atomically(connection: asyncpg.Connection) -> bool:
    return await connection.fetchval(TAKE)


async def read_then_write(connection: asyncpg.Connection) -> bool:
    """The control: what a limit in the application's own memory, or a careless query, would do."""
    if not await connection.fetchval(READ):
        return False
    await connection.execute(WRITE)
    return True


WAYS: dict[str, Callable[[asyncpg.Connection], Awaitable[bool]]] = {"atomically": atomically, "read": read_then_write}


def passes(dsn: str, way: str, barrier: Barrier, found: "Queue[int]") -> None:
    """One process: its tries, five connections at once."""

    async def tries() -> int:
        connections = [await asyncpg.connect(dsn) for _ in range(5)]
        await asyncio.to_thread(barrier.wait)
        each = TRIES // len(connections)

        async def some(connection: asyncpg.Connection) -> int:
            return sum([await WAYS[way](connection) for _ in range(each)])

        return sum(await asyncio.gather(*(some(connection) for connection in connections)))

    found.put(asyncio.run(tries()))


async def how_many_pass(settings: Settings, way: str) -> int:
    """Of 8 processes x 125 tries."""
    spawn = multiprocessing.get_context("spawn")
    barrier, found = spawn.Barrier(PROCESSES), spawn.Queue()
    processes = [spawn.Process(target=passes, args=(settings.as_app, way, barrier, found)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    counts = [await asyncio.to_thread(found.get, timeout=60) for _ in processes]
    for process in processes:
        process.join()
    return sum(counts)


async def test_of_1000_tries_by_8_processes_exactly_100_pass(settings: Settings) -> None:
    assert await how_many_pass(settings, "atomically") == 100


async def test_read_then_write_lets_more_pass(settings: Settings) -> None:
    """The control of the test above."""
    assert await how_many_pass(settings, "read") > 100


@pytest.fixture
def limits(database: Database, settings: Settings) -> RateLimits:
    return RateLimits(database, settings)


async def test_refused_tries_say_when_and_do_not_prolong_the_wait(limits: RateLimits, superuser) -> None:
    twice = Limit("twice", 2, timedelta(seconds=100))
    await limits.take(twice, "Alice")
    await limits.take(twice, "Alice")
    for _ in range(5):
        with pytest.raises(TooManyError) as refused:
            await limits.take(twice, "Alice")
        assert 45 <= refused.value.retry_after <= 50
    await limits.take(twice, "Ben")
    # 50 s later one more may pass, and only one.
    await superuser.execute("update rate_limit set tat = tat - interval '50 s'")
    await limits.take(twice, "Alice")
    with pytest.raises(TooManyError):
        await limits.take(twice, "Alice")


async def test_a_limit_that_cannot_be_counted_lets_nobody_pass(stack: Stack, client: httpx.AsyncClient, superuser) -> None:
    await superuser.execute("revoke execute on function take_turn(bytea, integer, interval) from app")
    try:
        with pytest.raises(UnavailableError):
            await stack.web.limits.take(SLOW, "Alice")
        refused = await post(client, "/sign-in", email="alice@acme.example", password=PASSWORD)
    finally:
        await superuser.execute("grant execute on function take_turn(bytea, integer, interval) to app")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert 'value="alice@acme.example"' in refused.text
    assert (await post(client, "/sign-in", email="alice@acme.example", password=PASSWORD)).status_code == 303


async def test_the_table_names_nobody_and_forgets_who_is_idle(limits: RateLimits, database: Database, superuser) -> None:
    await limits.take(SLOW, "alice@acme.example")
    assert "alice" not in await superuser.fetchval("select string_agg(encode(key, 'escape'), '') from rate_limit")
    assert await superuser.fetchval("select relpersistence from pg_class where relname = 'rate_limit'") == b"u"
    async with database.global_tx() as tx:
        await forget_idle_limits(tx)
    assert await superuser.fetchval("select count(*) from rate_limit") == 1
    await superuser.execute("update rate_limit set tat = now() - interval '1 s'")
    async with database.global_tx() as tx:
        await forget_idle_limits(tx)
    assert await superuser.fetchval("select count(*) from rate_limit") == 0


async def test_switched_off_nothing_is_counted(database: Database, settings: Settings, superuser) -> None:
    off = RateLimits(database, dataclasses.replace(settings, rate_limits=False))
    for _ in range(3):
        await off.take(Limit("once", 1, timedelta(days=1)), "Alice")
    assert await superuser.fetchval("select count(*) from rate_limit") == 0


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "counted"),
    [
        ("203.0.113.9", [], 0, "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], 0, "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], 1, "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], 1, "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1"], 1, "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1, 10.0.0.2"], 2, "198.51.100.1"),
        ("203.0.113.9", ["198.51.100.1"], 2, "203.0.113.9"),
        ("10.0.0.1", [], 1, "10.0.0.1"),
        ("10.0.0.1", ["unknown"], 1, "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1:5060"], 1, "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", [], 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], 0, "2001:db8:1:2::/64"),
        ("10.0.0.1", ["[2001:db8:1:2::9]:443"], 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], 0, "203.0.113.9"),
        ("fe80::1%eth0", [], 0, "fe80::/64"),
        ("", [], 0, ""),
    ],
)
def test_who_is_counted(peer: str, forwarded: list[str], proxies: int, counted: str) -> None:
    assert client_address(peer, forwarded, proxies) == counted


async def many_visitors(stack: Stack, room: str, number: int, **headers: str) -> list[int]:
    async with httpx.AsyncClient(base_url=stack.origin, headers={"origin": stack.origin}) as client:
        answers = [
            await client.post(f"/c/{room}/visitor", headers={key: value.format(index) for key, value in headers.items()})
            for index in range(number)
        ]
    return [answer.status_code for answer in answers]


async def test_an_invented_address_makes_nobody_somebody_else(stack: Stack, cast) -> None:
    statuses = await many_visitors(stack, cast.acme.room_token, 80, **{"x-forwarded-for": "198.51.100.{}"})
    assert statuses[:60] == [201] * 60
    assert 429 in statuses[60:]


async def test_behind_a_proxy_visitors_are_counted_one_by_one(settings: Settings, cast) -> None:
    async with serving(dataclasses.replace(settings, trusted_proxies=1)) as stack:
        statuses = await many_visitors(stack, cast.acme.room_token, 80, **{"x-forwarded-for": "6.6.6.6, 198.51.100.{}"})
    assert statuses == [201] * 80


async def test_a_program_reads_when_to_come_back(stack: Stack, cast) -> None:
    await many_visitors(stack, cast.acme.room_token, 60)
    async with httpx.AsyncClient(base_url=stack.origin, headers={"origin": stack.origin}) as client:
        answers = [await client.post(f"/c/{cast.acme.room_token}/visitor") for _ in range(20)]
    answer = next(answer for answer in answers if answer.status_code == 429)
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "too_many"


async def test_the_sixth_sign_in_in_a_minute_waits_even_with_the_right_password(client: httpx.AsyncClient) -> None:
    for _ in range(4):
        assert (await post(client, "/sign-in", email="alice@acme.example", password="wrong")).status_code == 422
    assert (await post(client, "/sign-in", email="Alice@ACME.example ", password=PASSWORD)).status_code == 303
    refused = await post(client, "/sign-in", email="alice@acme.example", password=PASSWORD)
    assert refused.status_code == 429
    assert "Try again in" in refused.text
    assert 'value="alice@acme.example"' in refused.text
    assert 1 <= int(refused.headers["retry-after"]) <= 12
    assert (await post(client, "/sign-in", email="ben@acme.example", password=PASSWORD)).status_code == 303


async def test_one_address_tries_20_accounts_a_minute(client: httpx.AsyncClient) -> None:
    answers = [await post(client, "/sign-in", email=f"{number}@acme.example", password="x") for number in range(24)]
    assert [answer.status_code for answer in answers[:20]] == [422] * 20
    assert 429 in [answer.status_code for answer in answers[20:]]


async def test_a_recipient_gets_three_mails_an_hour_and_the_form_keeps_what_was_typed(client, superuser) -> None:
    for _ in range(3):
        assert (await sign_up(client)).status_code == 200
    refused = await sign_up(client)
    assert refused.status_code == 429
    assert 'value="Initech"' in refused.text
    assert "minutes" in refused.text
    assert await superuser.fetchval("select count(*) from mail_token") == 3
    assert (await post(client, "/forgot", email="rowan@initech.example")).status_code == 429
    assert (await post(client, "/forgot", email="alice@acme.example")).status_code == 200


async def test_passwords_cannot_be_tried_out_on_a_link(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    answers = [await post(client, "/sign-up/confirm", token="x", name="Rowan", password=str(n)) for n in range(6)]
    assert [answer.status_code for answer in answers] == [410] * 5 + [429]
