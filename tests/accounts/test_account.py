"""One's own account: devices are listed and signed out one by one or all together; a change of password keeps this one."""

import httpx
import pytest

from switchboard.accounts.device import device_of
from switchboard.accounts.sessions import see, sessions_of
from switchboard.protocol import CloseCode, WelcomeAgent
from tests.accounts.forms import post
from tests.cast import PASSWORD, Cast
from tests.peers import agent
from tests.stack import Stack

NEW = "maple kettle orbit"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Her browser, signed in."""
    client.headers["user-agent"] = FIREFOX
    answer = await post(client, "/sign-in", email="alice@acme.example", password=PASSWORD, next="/account")
    assert answer.headers["location"] == "/account"
    return client


async def test_the_page_lists_ones_own_devices_and_nobody_elses(alice: httpx.AsyncClient, cast: Cast) -> None:
    second, bens = await cast.session("Alice"), await cast.session("Ben")
    page = (await alice.get("/account")).text
    assert "Firefox on Linux" in page
    assert "This device" in page
    assert f"/account/sessions/{second.id}/end" in page
    assert str(bens.id) not in page


async def test_without_a_session_one_is_led_to_sign_in_and_back(client: httpx.AsyncClient) -> None:
    assert (await client.get("/account")).headers["location"] == "/sign-in?next=/account"


async def test_one_device_is_signed_out_with_its_sockets(stack: Stack, alice: httpx.AsyncClient, cast: Cast) -> None:
    second = await cast.session("Alice")
    async with agent(stack, "acme", second.token) as phone, agent(stack, "acme", alice.cookies["sb_session"]) as here:
        await phone.got(WelcomeAgent)
        await here.got(WelcomeAgent)
        assert (await post(alice, f"/account/sessions/{second.id}/end")).status_code == 303
        assert await phone.closed() == CloseCode.SIGNED_OUT
        assert here.socket.close_code is None
    assert (await alice.get("/account")).status_code == 200


async def test_nobody_signs_out_somebody_elses_device(alice: httpx.AsyncClient, cast: Cast, superuser) -> None:
    gils = await cast.session("Gil")
    assert (await post(alice, f"/account/sessions/{gils.id}/end")).status_code == 404
    assert await superuser.fetchval("select count(*) from user_session where id = $1", gils.id) == 1


async def test_sign_out_everywhere_means_here_as_well(stack: Stack, alice: httpx.AsyncClient, cast: Cast, superuser) -> None:
    second, bens = await cast.session("Alice"), await cast.session("Ben")
    async with agent(stack, "acme", second.token) as phone, agent(stack, "acme", bens.token) as ben:
        await phone.got(WelcomeAgent)
        await ben.got(WelcomeAgent)
        answer = await post(alice, "/account/sign-out-everywhere")
        assert answer.headers["location"] == "/sign-in?after=everywhere"
        assert await phone.closed() == CloseCode.SIGNED_OUT
        assert ben.socket.close_code is None
    assert (await alice.get("/account")).status_code == 302
    assert await superuser.fetchval("select count(*) from user_session") == 1


async def test_a_change_of_password_keeps_this_device_only(alice: httpx.AsyncClient, cast: Cast, superuser) -> None:
    await cast.session("Alice")
    assert (await post(alice, "/account/password", old=PASSWORD, new=NEW)).status_code == 303
    assert (await alice.get("/account")).status_code == 200
    assert await superuser.fetchval("select count(*) from user_session") == 1
    await post(alice, "/sign-out")
    assert (await post(alice, "/sign-in", email="alice@acme.example", password=PASSWORD)).status_code == 422
    assert (await post(alice, "/sign-in", email="alice@acme.example", password=NEW)).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "field", "advice"),
    [
        ("wrong", NEW, "old", "This is not your password"),
        ("", NEW, "old", "This is not your password"),
        (PASSWORD, "short", "new", "at least 10"),
        (PASSWORD, "password12", "new", "among the first"),
    ],
)
async def test_a_refused_change_says_why_by_the_field(alice, cast: Cast, superuser, old, new, field, advice) -> None:
    await cast.session("Alice")
    answer = await post(alice, "/account/password", old=old, new=new)
    assert answer.status_code == 422
    assert advice in answer.text
    assert f'id="{field}-problem"' in answer.text
    assert await superuser.fetchval("select count(*) from user_session") == 2


async def test_the_old_password_cannot_be_guessed_on_the_page(alice: httpx.AsyncClient) -> None:
    answers = [await post(alice, "/account/password", old=str(number), new=NEW) for number in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]


async def test_being_seen_is_written_every_five_minutes_at_most(cast: Cast, superuser) -> None:
    session = await cast.session("Alice")
    for ago, moves in (("4 minutes", False), ("6 minutes", True)):
        await superuser.execute(f"update user_session set seen_at = now() - interval '{ago}'")
        before = await superuser.fetchval("select seen_at from user_session")
        async with cast.database.global_tx() as tx:
            await see(tx, {session.id})
        assert (await superuser.fetchval("select seen_at from user_session") != before) == moves


async def test_the_device_seen_last_comes_first(cast: Cast, superuser) -> None:
    first, second = await cast.session("Alice"), await cast.session("Alice")
    await superuser.execute("update user_session set seen_at = now() + interval '1 hour' where id = $1", first.id)
    user = await superuser.fetchval("select user_id from user_session where id = $1", first.id)
    async with cast.database.global_tx() as tx:
        assert [session.id for session in await sessions_of(tx, user)] == [first.id, second.id]


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1", "Safari on Mac"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
