"""A forgotten password: a mailed link sets a new one, once, and whoever had the old one is out (DESIGN 10)."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import httpx
import pytest

from switchboard.accounts import actions, session_watch
from switchboard.accounts.sessions import Visit
from switchboard.errors import SignInNeededError
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.protocol import CloseCode, WelcomeAgent
from tests.accounts.forms import mailed_tokens, post
from tests.cast import PASSWORD, Cast
from tests.peers import agent
from tests.stack import Stack, serving

NEW = "maple kettle orbit"
ALICE = "alice@acme.example"


async def asked(client: httpx.AsyncClient, superuser, email: str = ALICE) -> str:
    """The newest token mailed to this address."""
    assert (await post(client, "/forgot", email=email)).status_code == 200
    return (await mailed_tokens(superuser, email))[-1]


async def test_a_mailed_link_sets_a_new_password(client: httpx.AsyncClient, cast: Cast, superuser) -> None:
    token = await asked(client, superuser)
    page = await client.get(f"/reset/{token}", follow_redirects=True)
    assert page.url.path == "/reset"
    assert ALICE in page.text
    done = await post(client, "/reset", token=token, password=NEW)
    assert (done.status_code, done.headers["location"]) == (303, "/sign-in?after=reset")
    assert "Your password is changed" in (await client.get(done.headers["location"])).text
    assert (await post(client, "/sign-in", email=ALICE, password=PASSWORD)).status_code == 422
    assert (await post(client, "/sign-in", email=ALICE, password=NEW)).status_code == 303


async def test_a_reset_ends_every_session_of_that_user_and_no_other(client, cast: Cast, superuser) -> None:
    for name in ("Alice", "Alice", "Ben"):
        await cast.session(name)
    assert (await post(client, "/reset", token=await asked(client, superuser), password=NEW)).status_code == 303
    left = await superuser.fetch('select u.email from user_session join "user" u on u.id = user_id')
    assert [row[0] for row in left] == ["ben@acme.example"]


async def closed_on_another_process(settings, cast: Cast, superuser) -> None:
    """Reset on one process, Alice's socket on another one: dead within 5 s."""
    async with AsyncExitStack() as doors:
        here, there = [await doors.enter_async_context(serving(settings)) for _ in range(2)]
        cookies = [await cast.cookie(name) for name in ("Alice", "Ben")]
        alice, ben = [await doors.enter_async_context(agent(there, "acme", cookie)) for cookie in cookies]
        for peer in (alice, ben):
            await peer.got(WelcomeAgent)
        headers = {"origin": here.origin, "accept": "text/html"}
        client = await doors.enter_async_context(httpx.AsyncClient(base_url=here.origin, headers=headers))
        token = await asked(client, superuser)
        assert (await post(client, "/reset", token=token, password=NEW)).status_code == 303
        assert await alice.closed(within=5) == CloseCode.SIGNED_OUT
        assert ben.socket.close_code is None


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bus that drops every wake-up."""

    async def drop(self: Outgoing, payloads: list[str]) -> None:
        return None

    monkeypatch.setattr(Outgoing, "_went_out", drop)


async def test_open_sockets_die_within_five_seconds_on_every_process(settings, cast: Cast, superuser) -> None:
    await closed_on_another_process(settings, cast, superuser)


async def test_sockets_die_even_when_the_wake_up_is_lost(settings, cast: Cast, superuser, deaf: None) -> None:
    await closed_on_another_process(settings, cast, superuser)


async def test_without_wake_up_and_watch_they_would_stay(settings, cast: Cast, superuser, deaf: None, monkeypatch) -> None:
    """The control of the two tests above."""

    monkeypatch.setattr(session_watch, "CHECKED_EVERY", 3_600)
    with pytest.raises(TimeoutError):
        await closed_on_another_process(settings, cast, superuser)


async def test_a_reset_link_works_once_and_for_an_hour(client: httpx.AsyncClient, superuser) -> None:
    token = await asked(client, superuser)
    assert await superuser.fetchval("select expires_at - created_at from mail_token") == timedelta(hours=1)
    assert (await post(client, "/reset", token=token, password=NEW)).status_code == 303
    again = await post(client, "/reset", token=token, password="another long password")
    assert again.status_code == 410
    assert "has been used" in again.text
    assert (await post(client, "/sign-in", email=ALICE, password=NEW)).status_code == 303


async def test_of_two_resets_at_once_one_counts(client: httpx.AsyncClient, superuser) -> None:
    token = await asked(client, superuser)
    answers = await asyncio.gather(*(post(client, "/reset", token=token, password=f"{NEW} {n}") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410, 410]


async def test_a_used_link_takes_the_other_links_with_it(client: httpx.AsyncClient, superuser) -> None:
    first, second = await asked(client, superuser), await asked(client, superuser)
    assert (await post(client, "/reset", token=second, password=NEW)).status_code == 303
    assert (await post(client, "/reset", token=first, password="another long password")).status_code == 410


async def test_an_old_link_says_what_to_do(client: httpx.AsyncClient, superuser) -> None:
    token = await asked(client, superuser)
    await superuser.execute("update mail_token set expires_at = created_at")
    answer = await post(client, "/reset", token=token, password=NEW)
    assert answer.status_code == 410
    assert 'href="/forgot"' in answer.text


async def test_opening_the_link_changes_nothing_and_tells_nobody(client: httpx.AsyncClient, superuser) -> None:
    token = await asked(client, superuser)
    moved = await client.get(f"/reset/{token}")
    page = await client.get("/reset")
    # Under no-referrer a browser would post the form with `Origin: null`.
    for answer, policy in ((moved, "no-referrer"), (page, "same-origin")):
        assert answer.headers["referrer-policy"] == policy
        assert "no-store" in answer.headers["cache-control"]
    assert await superuser.fetchval("select count(*) from mail_token where used_at is null") == 1
    assert (await post(client, "/sign-in", email=ALICE, password=PASSWORD)).status_code == 303


@pytest.mark.parametrize(("password", "advice"), [("short", "at least 10"), ("alice@acme", "among the first")])
async def test_a_bad_password_is_refused_and_the_link_lives_on(client, superuser, password: str, advice: str) -> None:
    token = await asked(client, superuser)
    answer = await post(client, "/reset", token=token, password=password)
    assert answer.status_code == 422
    assert advice in answer.text
    assert (await post(client, "/reset", token=token, password=NEW)).status_code == 303


async def test_a_sign_in_that_began_before_the_reset_does_not_outlive_it(
    stack: Stack, client, cast: Cast, superuser, monkeypatch
) -> None:
    """The old password was right when it was looked at; meanwhile it was reset."""
    token = await asked(client, superuser)
    right = actions.matches

    async def slow(password: str, stored: str | None) -> bool:
        matched = await right(password, stored)
        assert (await post(client, "/reset", token=token, password=NEW)).status_code == 303
        return matched

    monkeypatch.setattr(actions, "matches", slow)
    with pytest.raises(SignInNeededError):
        await actions.sign_in(cast.database, ALICE, PASSWORD, Visit())
    assert await superuser.fetchval("select count(*) from user_session") == 0
