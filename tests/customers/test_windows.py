"""A popped-out window is the same visitor: let in once, in time, in its own tenant, and by a code that nobody guesses."""

from datetime import timedelta

import httpx
import pytest

from switchboard.customers.windows import CODE_LASTS, admit
from switchboard.infra.db import Database
from switchboard.infra.ids import new_token
from switchboard.protocol import Admit, Admitted, Current, Refused, Text
from tests.cast import Cast
from tests.chats.scene import a_scene
from tests.peers import Peer, visitor
from tests.stack import Stack


async def let_in(stack: Stack, room: str, code: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=stack.origin, headers={"origin": stack.origin}) as window:
        return await window.post(f"/c/{room}/window", data={"code": code})


async def admitted(peer: Peer) -> str:
    code = new_token()
    await peer.send(Admit(code=code))
    await peer.got(Admitted)
    return code


async def test_the_window_goes_on_with_the_same_chat(stack: Stack, cast: Cast) -> None:
    await a_scene(cast.database, cast.acme)  # so that somebody is connected
    async with visitor(stack, cast.acme.room_token) as vera:
        chat = await vera.open()
        answer = await let_in(stack, cast.acme.room_token, await admitted(vera))
        assert answer.status_code == 201
        async with visitor(stack, cast.acme.room_token, answer.json()["token"]) as window:
            await window.got(Current, lambda current: current.chat == chat)
            await window.said(chat, "From the window")
        await vera.resume(chat)
        entries = (await vera.resume(chat)).entries
        assert [entry.body for entry in entries][-1] == Text(text="From the window")


async def test_a_code_works_once(stack: Stack, cast: Cast) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        code = await admitted(vera)
    answers = [(await let_in(stack, cast.acme.room_token, code)).status_code for _ in range(3)]
    assert answers == [201, 404, 404]


async def test_a_code_is_of_no_use_after_a_minute(stack: Stack, cast: Cast, superuser) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        code = await admitted(vera)
    await superuser.execute("update window_code set expires_at = expires_at - $1::interval", CODE_LASTS)
    assert (await let_in(stack, cast.acme.room_token, code)).status_code == 404


async def test_another_business_lets_nobody_in_by_it(stack: Stack, cast: Cast) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        code = await admitted(vera)
    assert (await let_in(stack, cast.globex.room_token, code)).status_code == 404
    assert (await let_in(stack, cast.acme.room_token, code)).status_code == 201


@pytest.mark.parametrize("code", ["", "short", "x" * 21, "x" * 101])
async def test_a_code_that_could_be_guessed_is_refused(stack: Stack, cast: Cast, code: str) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        await vera.send(Admit(code=code))
        assert (await vera.got(Refused)).command == "admit"
    assert (await let_in(stack, cast.acme.room_token, code)).status_code == 404


async def test_only_the_hash_is_stored_and_old_codes_go(database: Database, cast: Cast, superuser) -> None:
    code, vera = new_token(), (await a_scene(database, cast.acme)).visitor
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await admit(tx, vera, code)
    assert code not in await superuser.fetchval("select window_code::text from window_code")
    later = await superuser.fetchval("select now()") + CODE_LASTS + timedelta(seconds=1)
    async with database.tenant_tx(cast.acme.tenant_id, "test", now=later) as tx:
        await admit(tx, vera, new_token())
    assert await superuser.fetchval("select count(*) from window_code") == 1


async def test_windows_are_not_opened_without_end(stack: Stack, cast: Cast) -> None:
    async with visitor(stack, cast.acme.room_token) as vera:
        for _ in range(11):
            await vera.send(Admit(code=new_token()))
        refused = await vera.got(Refused)
    assert (refused.code, refused.retry_ms) == ("too_many", None)
    assert "Try again in" in refused.message
