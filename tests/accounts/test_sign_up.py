"""A business signs up: a mailed link, then everything is born in one transaction."""

import asyncio
from datetime import timedelta

import asyncpg
import httpx
import pytest

from switchboard.facts import TenantFounded
from switchboard.infra.db import TenantTx
from switchboard.protocol import Status, WelcomeAgent
from switchboard.wiring import listeners
from tests.accounts.forms import ROWAN, confirm, mailed_tokens, post, sign_up
from tests.cast import PASSWORD
from tests.peers import agent, visitor
from tests.stack import Stack

BORN = ("user", "tenant", "agent", "room", "assignment", "presence", "directory", "user_session", "outbox")


async def rows(superuser: asyncpg.Connection) -> dict[str, int]:
    return {table: await superuser.fetchval(f'select count(*) from "{table}"') for table in BORN}


async def test_a_business_signs_up_and_answers_its_first_visitor(stack: Stack, client, superuser) -> None:
    answer = await sign_up(client)
    assert answer.status_code == 200
    assert "Look into your mail" in answer.text
    [token] = await mailed_tokens(superuser)

    page = await client.get(f"/sign-up/{token}", follow_redirects=True)
    assert page.url.path == "/sign-up/confirm"
    assert "Initech" in page.text
    assert "rowan@initech.example" in page.text

    first = await confirm(client, token)
    assert (first.status_code, first.headers["location"]) == (303, "/console/initech/inbox")
    assert (await client.get("/console/initech/inbox")).status_code == 200
    async with agent(stack, "initech", client.cookies["sb_session"]) as rowan:
        await rowan.got(WelcomeAgent, lambda welcome: welcome.name == "Rowan")
        room = await superuser.fetchval("select r.token from room r join tenant t on t.id = tenant_id where slug = 'initech'")
        async with visitor(stack, room) as vera:
            await vera.got(Status, lambda status: status.online)
            chat = await vera.open()
            await rowan.answer(chat)
            await vera.resume(chat)
            await rowan.resume(chat)
            await rowan.said(chat, "Hello Vera")


async def test_what_was_entered_is_kept(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client, business="  Café   Zoë ")
    [token] = await mailed_tokens(superuser)
    await confirm(client, token)
    row = await superuser.fetchrow("select name, account_type, time_zone, currency, plan from tenant where slug = 'cafe-zoe'")
    assert tuple(row) == ("Café Zoë", "solo", "Europe/Amsterdam", "EUR", "free")
    assert await superuser.fetchval("select role from agent where name = 'Rowan'") == "owner"
    assert await superuser.fetchval("select details from mail_token") is None


async def test_the_password_is_stored_as_a_hash_only(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    kept = await superuser.fetchval("select string_agg(t::text, '') from mail_token t")
    assert "$argon2id$" in kept
    assert ROWAN["password"] not in kept
    [token] = await mailed_tokens(superuser)
    assert token not in kept


@pytest.mark.parametrize("listener", range(2))
async def test_all_is_born_together_or_nothing_is(client, database, superuser, stack, monkeypatch, listener: int) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    before = await rows(superuser)

    async def fail(tx: TenantTx, fact: TenantFounded) -> None:
        raise RuntimeError("a listener within fails")

    acting = list(stack.web.database.within[TenantFounded])
    acting.insert(listener + 1, fail)
    monkeypatch.setitem(stack.web.database.within, TenantFounded, acting)
    assert (await confirm(client, token)).status_code == 500
    assert await rows(superuser) == before
    monkeypatch.undo()
    assert (await confirm(client, token)).status_code == 303


async def test_listeners_open_the_room_and_introduce_the_owner() -> None:
    within = listeners.WITHIN[TenantFounded]
    assert within == [listeners.introduce_owner, listeners.open_owners_general]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_opening_the_link_changes_nothing(client: httpx.AsyncClient, superuser, method: str) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    before = await rows(superuser)
    for _ in range(3):
        await client.request(method, f"/sign-up/{token}", follow_redirects=True)
    assert await rows(superuser) == before
    assert (await confirm(client, token)).status_code == 303


async def test_the_token_leaves_the_address_bar_and_is_told_to_nobody(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    moved = await client.get(f"/sign-up/{token}")
    assert (moved.status_code, moved.headers["location"]) == (303, "/sign-up/confirm")
    cookie = moved.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "path=/sign-up" in cookie
    page = await client.get("/sign-up/confirm")
    assert moved.headers["referrer-policy"] == "no-referrer"
    for answer in (page, await confirm(client, token, password="wrong")):
        # Under no-referrer a browser would post the form with `Origin: null`.
        assert answer.headers["referrer-policy"] == "same-origin"
    for answer in (moved, page):
        assert "no-store" in answer.headers["cache-control"]


async def test_a_stranger_cannot_have_an_account_confirmed_whose_password_he_chose(client, superuser) -> None:
    """The one who reads the mail did not sign up: the click asks for a password that only the stranger knows."""
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    before = await rows(superuser)
    refused = await confirm(client, token, password="whatever rowan tries")
    assert refused.status_code == 422
    assert "not the password that was chosen" in refused.text
    assert await rows(superuser) == before


async def test_a_link_works_once(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    assert (await confirm(client, token)).status_code == 303
    after = await rows(superuser)
    again = await confirm(client, token)
    assert again.status_code == 410
    assert "has been used" in again.text
    assert 'href="/sign-in"' in again.text
    assert await rows(superuser) == after


async def test_of_two_clicks_at_once_one_founds_the_business(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    await client.get("/sign-in")
    answers = await asyncio.gather(*(confirm(client, token) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410, 410]
    assert await superuser.fetchval("select count(*) from tenant where slug like 'initech%'") == 1


async def test_an_old_link_says_what_to_do(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    await superuser.execute("update mail_token set expires_at = created_at")
    client.cookies.set("sb_link", token)
    for answer in (await client.get("/sign-up/confirm"), await confirm(client, token)):
        assert answer.status_code == 410
        assert "too old" in answer.text
        assert 'href="/sign-up"' in answer.text


async def test_a_link_lasts_a_day(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    assert await superuser.fetchval("select expires_at - created_at from mail_token") == timedelta(hours=24)


async def test_an_invented_link_opens_nothing(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    [token] = await mailed_tokens(superuser)
    for wrong in ("x", token[:-1], token + "A", "\u00e9"):
        assert (await confirm(client, wrong)).status_code == 410
    # A link for one thing is none for another.
    assert (await post(client, "/reset", token=token, password="a new long password")).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "advice"),
    [
        ("email", "", "Write an e-mail address"),
        ("email", "rowan", "Write an e-mail address"),
        ("email", "rowan@initech", "Write an e-mail address"),
        ("email", "r@x.example\r\nBcc: all@x.example", "Write an e-mail address"),
        ("email", "røwan@initech.example", "Latin letters"),
        ("email", "r" * 250 + "@x.example", "Write an e-mail address"),
        ("password", "", "at least 10 characters"),
        ("password", "short one", "at least 10 characters"),
        ("password", "password12", "among the first"),
        ("password", "1234567890", "among the first"),
        ("password", "rowaninitech", "among the first"),
        ("password", "x" * 201, "at most 200"),
        ("business", "  ", "Write the name"),
        ("business", "---", "Write the name"),
        ("business", "x" * 81, "at most 80"),
        ("business", "Win now http://evil.example", "no web address"),
        ("business", "a\x00b", "no web address"),
        ("account_type", "king", "Solo or Company"),
        ("time_zone", "Mars/Olympus", "from the list"),
        ("time_zone", "../etc/passwd", "from the list"),
        ("currency", "XXX", "from the list"),
    ],
)
async def test_a_problem_is_said_by_its_field_and_nothing_typed_is_lost(client, superuser, field, value, advice) -> None:
    answer = await sign_up(client, **{field: value})
    assert answer.status_code == 422
    assert advice in answer.text
    assert f'id="{field}-problem"' in answer.text
    assert f'aria-describedby="{field}-problem"' in answer.text
    for name in {"email", "business"} - {field}:
        assert f'value="{ROWAN[name]}"' in answer.text
    assert ROWAN["password"] not in answer.text
    for name, chosen in (("time_zone", "Europe/Amsterdam"), ("currency", "EUR")):
        assert field == name or f'<option value="{chosen}" selected>' in answer.text
    assert await superuser.fetchval("select count(*) from mail_token") == 0


async def test_businesses_of_one_name_get_addresses_of_their_own(client: httpx.AsyncClient, superuser) -> None:
    for number in range(3):
        await sign_up(client, email=f"rowan{number}@initech.example")
    tokens = [(await mailed_tokens(superuser, f"rowan{number}@initech.example"))[0] for number in range(3)]
    answers = await asyncio.gather(*(confirm(client, token) for token in tokens))
    assert {answer.headers["location"].split("/")[2] for answer in answers} == {"initech", "initech-2", "initech-3"}


async def test_an_address_that_got_an_account_meanwhile_is_sent_to_sign_in(client: httpx.AsyncClient, superuser) -> None:
    await sign_up(client)
    await sign_up(client, business="Initrode")
    first, second = await mailed_tokens(superuser)
    assert (await confirm(client, first)).status_code == 303
    answer = await confirm(client, second)
    assert answer.status_code == 409
    assert "Sign in with it" in answer.text
    assert await superuser.fetchval("select count(*) from tenant where slug = 'initrode'") == 0


async def test_a_known_address_keeps_its_account(client: httpx.AsyncClient, superuser) -> None:
    before = await superuser.fetchval("select password_hash from \"user\" where email = 'alice@acme.example'")
    assert (await sign_up(client, email="Alice@acme.example")).status_code == 200
    [token] = await mailed_tokens(superuser, "alice@acme.example")
    assert (await confirm(client, token)).status_code == 409
    assert await superuser.fetchval("select password_hash from \"user\" where email = 'alice@acme.example'") == before
    assert (await post(client, "/sign-in", email="alice@acme.example", password=PASSWORD)).status_code == 303
