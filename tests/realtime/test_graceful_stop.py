"""A web process that is asked to stop sends everybody elsewhere first and loses nothing (reliability.md 4.7)."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack, suppress
from uuid import UUID

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from switchboard.protocol import Ack, Bye, Inbox, WelcomeVisitor
from tests.cast import Cast
from tests.conftest import SECRET
from tests.peers import Peer, agent, visitor
from tests.web_process import WebProcess, web_process

TALKERS, LISTENERS = 6, 43


async def test_fifty_sockets_are_told_closed_and_owed_nothing(settings, cast: Cast, superuser) -> None:
    with web_process(settings, SECRET, DRAIN_S="1.5") as web:
        async with AsyncExitStack() as stack:
            alice = await stack.enter_async_context(agent(web, "acme", await cast.cookie("Alice")))
            await alice.got(Inbox)
            vera = [await stack.enter_async_context(visitor(web, cast.acme.room_token)) for _ in range(TALKERS + LISTENERS)]
            for peer in vera:
                await peer.got(WelcomeVisitor)
            chats = [await peer.open() for peer in vera[:TALKERS]]
            talk = [asyncio.create_task(says_on_and_on(peer, chat)) for peer, chat in zip(vera, chats, strict=False)]
            for peer in vera[:TALKERS]:
                await peer.got(Ack)
            web.ask_to_stop()
            await readiness_is_off_and_pages_are_served(web, cast)
            codes = [await peer.closed() for peer in (alice, *vera)]
            await asyncio.gather(*talk)
            assert codes == [1012] * (1 + TALKERS + LISTENERS)
            assert all(isinstance(peer.events[-1], Bye) for peer in (alice, *vera))
            pauses = {peer.events[-1].retry_ms for peer in vera}
            assert len(pauses) > LISTENERS / 2
            assert max(pauses) < 2_000
            for peer, chat in zip(vera, chats, strict=False):
                assert acked(peer) == await stored(superuser, chat)
            web.process.wait(timeout=5)
            assert web.process.returncode == 0


async def says_on_and_on(peer: Peer, chat: UUID) -> None:
    """As fast as acks come, until the socket closes: there is always one on its way."""
    with suppress(ConnectionClosed, TimeoutError):
        while True:
            cid = await peer.say(chat, "on and on")
            await peer.got(Ack, lambda ack, cid=cid: ack.cid == cid, within=1)


def acked(peer: Peer) -> set[UUID]:
    return {event.cid for event in peer.events if isinstance(event, Ack)}


async def stored(superuser, chat: UUID) -> set[UUID]:
    """Without the question, which opened the chat."""
    rows = await superuser.fetch("select cid from message where chat_id = $1 and seq > 1", chat)
    return {UUID(str(row["cid"])) for row in rows}


async def readiness_is_off_and_pages_are_served(web: WebProcess, cast: Cast) -> None:
    async with httpx.AsyncClient(base_url=web.origin) as client:
        ready = await client.get("/readyz")
        while ready.status_code == 200:
            ready = await client.get("/readyz")
        assert (ready.status_code, ready.text) == (503, "stopping")
        assert (await client.get(f"/c/{cast.acme.room_token}")).status_code == 200
        with pytest.raises(InvalidStatus) as refused:
            async with visitor(web, cast.acme.room_token, token="any"):
                pass
        assert refused.value.response.status_code == 503


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_it_at_once(settings, cast: Cast, first: signal.Signals) -> None:
    with web_process(settings, SECRET, DRAIN_S="600") as web:
        async with visitor(web, cast.acme.room_token) as vera:
            await vera.got(WelcomeVisitor)
            web.ask_to_stop(first)
            await vera.got(Bye)
            began = time.monotonic()
            web.ask_to_stop(signal.SIGTERM)
            assert await asyncio.to_thread(web.process.wait, 10) == -signal.SIGTERM
            assert time.monotonic() - began < 5


async def test_with_nobody_there_and_no_drain_it_stops_at_once(settings, cast: Cast) -> None:
    with web_process(settings, SECRET, DRAIN_S="0") as web:
        web.ask_to_stop(signal.SIGINT)
        assert await asyncio.to_thread(web.process.wait, 5) == 0
