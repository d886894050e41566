"""Vera and Ben in a chat, each with their way for files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from switchboard.protocol import Answered, Inbox, Message, Status
from tests.cast import Cast
from tests.files.scene import Sender, as_agent, as_visitor
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack


@dataclass
class Talk:
    chat: UUID
    vera: Peer
    ben: Peer
    veras: Sender
    bens: Sender
    token: str


@pytest.fixture
async def talk(stack: Stack, cast: Cast) -> AsyncIterator[Talk]:
    token, cookie = await visitor_token(stack, cast.acme.room_token), await cast.cookie("Ben")
    async with agent(stack, "acme", cookie) as ben, visitor(stack, cast.acme.room_token, token) as vera:
        await ben.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await vera.resume(chat)
        await ben.answer(chat)
        await vera.got(Message, lambda message: message.entry.body == Answered())
        await ben.resume(chat)
        yield Talk(chat, vera, ben, as_visitor(stack, token, chat), await as_agent(stack, cookie, "acme", chat), token)
