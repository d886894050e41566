"""A file of an earlier chat opens for who may read that chat, by the chat that they are in (docs/decisions/0014)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import httpx
import pytest

from switchboard.protocol import Answered, End, Ended, Inbox, Message, SentFile
from tests.cast import Cast
from tests.files.conftest import Talk
from tests.files.scene import Sender, as_agent, say_file
from tests.peers import agent
from tests.stack import Stack


class Return:
    """Vera has been with Ben, and is back: now Cara answers. `sent` and `kept`: hers of the first chat, said and never said."""

    def __init__(self, talk: Talk, later: UUID, sent: SentFile, kept: SentFile) -> None:
        self.talk, self.later, self.sent, self.kept = talk, later, sent, kept

    async def reader(self, stack: Stack, cookie: str, slug: str = "acme") -> Sender:
        """Of the first chat's files, by the later chat."""
        console = await as_agent(stack, cookie, slug, self.later)
        return replace(console, at=f"/console/{slug}/chats/{self.later}/earlier/{self.talk.chat}/files")


@pytest.fixture
async def back(talk: Talk, stack: Stack, cast: Cast) -> AsyncIterator[Return]:
    sent, kept = await talk.veras.uploaded(b"an old bike"), await talk.veras.uploaded(b"never sent")
    await say_file(talk.vera, talk.chat, sent)
    await talk.vera.send(End(chat=talk.chat))
    await talk.vera.got(Message, lambda message: isinstance(message.entry.body, Ended))
    async with agent(stack, "acme", await cast.cookie("Cara")) as cara:
        await cara.got(Inbox)
        later = await talk.vera.open()
        await talk.vera.resume(later)
        await cara.answer(later)
        await talk.vera.got(Message, lambda message: message.entry.body == Answered())
        yield Return(talk, later, sent, kept)


async def test_who_is_in_the_later_chat_opens_what_was_sent_and_nothing_else(back: Return, stack: Stack, cast: Cast) -> None:
    caras = await back.reader(stack, await cast.cookie("Cara"))
    assert (await caras.fetched(back.sent.file)).content == b"an old bike"
    assert (await caras.find(back.kept.file)).status_code == 404


async def test_others_open_nothing(back: Return, stack: Stack, cast: Cast) -> None:
    for name, slug in (("Ben", "acme"), ("Alice", "acme"), ("Gil", "globex"), ("Gil", "acme")):
        reader = await back.reader(stack, await cast.cookie(name), slug)
        assert (await reader.find(back.sent.file)).status_code == 404, name


async def test_files_of_a_chat_in_a_room_that_one_does_not_serve_stay_closed(
    back: Return, stack: Stack, cast: Cast, superuser
) -> None:
    caras = await back.reader(stack, await cast.cookie("Cara"))
    url = (await caras.find(back.sent.file)).json()["url"]
    await superuser.execute("delete from assignment where agent_id = $1", cast.acme.agents["Cara"])
    assert (await caras.find(back.sent.file)).status_code == 404
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        assert (await client.get(url)).status_code == 404


async def test_an_address_from_the_later_chat_ends_with_ones_part_in_it(
    back: Return, stack: Stack, cast: Cast, superuser
) -> None:
    caras = await back.reader(stack, await cast.cookie("Cara"))
    url = (await caras.find(back.sent.file)).json()["url"]
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        assert (await client.get(url)).status_code == 200
        await superuser.execute("update party set left_at = now() where chat_id = $1 and side = 'agent'", back.later)
        assert (await client.get(url)).status_code == 404
