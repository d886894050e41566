"""Sign-in and sign-out: sessions in Postgres, rotated, ended with their sockets; forms guarded against forgery."""

from typing import Literal

import httpx
import pytest
from argon2 import PasswordHasher

from switchboard.accounts import passwords
from switchboard.protocol import CloseCode, Status, WelcomeAgent
from tests.cast import PASSWORD, Cast
from tests.peers import agent, visitor
from tests.stack import Stack


async def signed_in(client: httpx.AsyncClient, password: str = PASSWORD, email: str = "alice@acme.example", **more: str):
    page = await client.get("/sign-in")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    return await client.post("/sign-in", data={"_csrf_token": token, "email": email, "password": password, **more})


async def test_the_right_password_leads_to_the_console(client: httpx.AsyncClient) -> None:
    response = await signed_in(client)
    assert (response.status_code, response.headers["location"]) == (303, "/console")
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await client.get("/console")).headers["location"] == "/console/acme/inbox"
    assert (await client.get("/console/acme/inbox")).status_code == 200


async def test_addresses_match_whatever_their_case(client: httpx.AsyncClient) -> None:
    assert (await signed_in(client, email=" Alice@ACME.example ")).status_code == 303


@pytest.mark.parametrize(
    ("email", "password"), [("alice@acme.example", "wrong"), ("nobody@acme.example", PASSWORD), ("", ""), ("a\x00b", "x")]
)
async def test_a_wrong_address_or_password_reads_the_same_and_keeps_the_address(client, email: str, password: str) -> None:
    response = await signed_in(client, password, email)
    assert response.status_code == 422
    assert "do not belong together" in response.text
    assert f'value="{email}"' in response.text.replace("\ufffd", "\x00")
    assert "sb_session" not in client.cookies


@pytest.mark.parametrize("email", ["alice@acme.example", "nobody@acme.example"])
async def test_known_and_unknown_addresses_do_the_same_work(client: httpx.AsyncClient, monkeypatch, email: str) -> None:
    hashes: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            hashes.append(str(hash).rsplit("$", 2)[0])
            return super().verify(hash, password)

    passwords._of_nobody.cache_clear()
    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    assert (await signed_in(client, "wrong", email)).status_code == 422
    assert hashes == ["$argon2id$v=19$m=8,t=1,p=1"]


async def test_the_session_is_rotated_at_sign_in(client: httpx.AsyncClient, superuser) -> None:
    await signed_in(client)
    first = client.cookies["sb_session"]
    await signed_in(client)
    assert client.cookies["sb_session"] != first
    assert await superuser.fetchval("select count(*) from user_session") == 1
    client.cookies.set("sb_session", first)
    assert (await client.get("/console/acme/inbox")).headers["location"].startswith("/sign-in?next=/console/acme/inbox")


async def test_a_planted_session_is_not_taken_over(client: httpx.AsyncClient) -> None:
    client.cookies.set("sb_session", "planted-by-mallory")
    await signed_in(client)
    assert "planted-by-mallory" not in [cookie.value for cookie in client.cookies.jar if cookie.name == "sb_session"][-1:]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
async def test_a_form_without_its_token_is_refused(client: httpx.AsyncClient, path: str) -> None:
    await signed_in(client)
    response = await client.post(path, data={"email": "alice@acme.example", "password": PASSWORD})
    assert response.status_code == 403
    assert (await client.get("/console/acme/inbox")).status_code == 200


async def test_sign_out_ends_the_session_and_its_sockets(stack: Stack, client: httpx.AsyncClient, cast: Cast) -> None:
    await signed_in(client)
    async with agent(stack, "acme", client.cookies["sb_session"]) as alice:
        await alice.got(WelcomeAgent)
        page = await client.get("/console/acme/inbox")
        token = client.cookies["sb_csrf"]
        assert token in page.text
        assert (await client.post("/sign-out", data={"_csrf_token": token})).status_code == 303
        async with visitor(stack, cast.acme.room_token) as vera:
            assert await alice.closed() == CloseCode.SIGNED_OUT
            # Who signs out is not there any more, without the grace of a lost connection.
            await vera.got(Status, lambda status: not status.online)
    assert (await client.get("/console/acme/inbox")).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/console\\..", "javascript:x", "/c/x"]
)
async def test_sign_in_never_leads_to_another_site(client: httpx.AsyncClient, target: str) -> None:
    assert (await signed_in(client, next=target)).headers["location"] == "/console"


async def test_sign_in_leads_back_to_where_one_wanted_to_go(client: httpx.AsyncClient) -> None:
    assert (await signed_in(client, next="/console/acme/inbox")).headers["location"] == "/console/acme/inbox"


async def test_a_session_that_ended_in_the_database_loses_its_sockets(stack: Stack, cast: Cast, superuser) -> None:
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(WelcomeAgent)
        await superuser.execute("delete from user_session")
        assert await alice.closed(within=10) == CloseCode.SIGNED_OUT


def test_passwords_are_stored_as_argon2id_with_the_librarys_cost() -> None:
    assert PasswordHasher().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert isinstance(passwords._hasher, PasswordHasher)
