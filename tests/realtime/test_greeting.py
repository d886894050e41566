"""Greetings while the database is slow: nobody is taken for a stranger."""

from switchboard.protocol import CloseCode
from tests.peers import visitor
from tests.stack import Stack


async def test_a_database_that_does_not_answer_is_no_bad_token(stack: Stack, cast, monkeypatch) -> None:
    """4504 twice, and the browser forgets who its visitor is."""

    async def hang(*_anything: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(stack.web.hub.views, "subscribe", hang)
    async with visitor(stack, cast.acme.room_token) as vera:
        assert await vera.closed() == CloseCode.BUSY
