"""Greetings while the database is slow: nobody is taken for a stranger, and those who chat keep their connections."""

import asyncio

from switchboard.protocol import CloseCode
from switchboard.realtime import hub
from tests.peers import visitor
from tests.stack import Stack


async def test_a_database_that_does_not_answer_is_no_bad_token(stack: Stack, cast, monkeypatch) -> None:
    """4504 twice, and the browser forgets who its visitor is."""

    async def hang(*_anything: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(stack.web.hub.views, "subscribe", hang)
    async with visitor(stack, cast.acme.room_token) as vera:
        assert await vera.closed() == CloseCode.BUSY


async def test_no_more_are_greeted_at_once_than_the_pool_can_spare(stack: Stack, cast, monkeypatch) -> None:
    most, now = 0, 0
    subscribe = stack.web.hub.views.subscribe

    async def counted(*arguments: object) -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        await subscribe(*arguments)  # pyright: ignore[reportArgumentType]
        now -= 1

    monkeypatch.setattr(stack.web.hub.views, "subscribe", counted)

    async def come() -> None:
        async with visitor(stack, cast.acme.room_token) as vera:
            await vera.got(object)

    await asyncio.gather(*(come() for _ in range(3 * hub.GREETED_AT_ONCE)))
    assert 1 < most <= hub.GREETED_AT_ONCE
