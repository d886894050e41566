"""Both ends of a chat as test clients: real sockets, frames as wire types."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar
from uuid import UUID

import httpx
import msgspec
from websockets import Origin
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from switchboard.protocol import Ack, Answer, Command, Entries, Event, Hello, Message, Open, Opened, Refused, Resume, Say, Text
from tests.cast import a_cid
from tests.stack import Served

_decode = msgspec.json.Decoder(Event).decode
E_ = TypeVar("E_")
PATIENCE = 5.0


class Peer:
    """A socket with every event it got, in order."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[Any] = []
        self._arrived = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self.socket:
            async with self._arrived:
                self.events.append(_decode(frame))
                self._arrived.notify_all()
        async with self._arrived:
            self._arrived.notify_all()

    async def send(self, command: Command) -> None:
        await self.socket.send(msgspec.json.encode(command).decode())

    async def got(
        self, kind: type[E_] | tuple[type[E_], ...], where: Callable[[E_], bool] = lambda _: True, within: float = PATIENCE
    ) -> E_:
        """The first such event, waiting for it if need be."""

        def found() -> E_ | None:
            return next((event for event in self.events if isinstance(event, kind) and where(event)), None)

        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: found() is not None)
        event = found()
        assert event is not None
        return event

    async def say(self, chat: UUID, text: str, cid: UUID | None = None) -> UUID:
        cid = cid or a_cid()
        await self.send(Say(cid=cid, chat=chat, body=Text(text=text)))
        return cid

    async def said(self, chat: UUID, text: str) -> Ack:
        cid = await self.say(chat, text)
        return await self.got(Ack, lambda ack: ack.cid == cid)

    async def resume(self, chat: UUID, after: int = 0) -> Entries:
        """Asks again when told to come back, as the browser does."""
        seen = len(self.events)

        def is_new(event: object) -> bool:
            return any(event is later for later in self.events[seen:])

        while True:
            await self.send(Resume(chat=chat, after=after))
            answer = await self.got((Entries, Refused), is_new)
            if isinstance(answer, Entries):
                return answer
            assert answer.retry_ms, answer
            seen = len(self.events)

    async def open(self, name: str = "Vera", question: str = "Does an M fit me?") -> UUID:
        cid = a_cid()
        await self.send(Open(cid=cid, name=name, question=question, page="http://shop.example/fjord"))
        return (await self.got(Opened, lambda opened: opened.cid == cid)).chat

    async def answer(self, chat: UUID) -> None:
        await self.send(Answer(chat=chat))

    async def closed(self, within: float = PATIENCE) -> int:
        """The close code."""
        async with asyncio.timeout(within):
            await self.socket.wait_closed()
        return self.socket.close_code or 0

    def texts(self, chat: UUID) -> list[str]:
        """Texts as `message` events brought them."""
        return [
            event.entry.body.text
            for event in self.events
            if isinstance(event, Message) and event.chat == chat and isinstance(event.entry.body, Text)
        ]


async def visitor_token(stack: Served, room: str) -> str:
    async with httpx.AsyncClient(base_url=stack.origin, headers={"origin": stack.origin}) as client:
        response = await client.post(f"/c/{room}/visitor", json={})
        assert response.status_code == 201, response.text
        return response.json()["token"]


@asynccontextmanager
async def visitor(
    stack: Served, room: str, token: str | None = None, headers: dict[str, str] | None = None
) -> AsyncIterator[Peer]:
    """A visitor's socket, greeted."""
    token = token or await visitor_token(stack, room)
    async with connected(stack, f"/c/{room}/socket", headers or {}) as peer:
        with suppress(ConnectionClosed):
            await peer.send(Hello(token=token))
        yield peer


@asynccontextmanager
async def agent(stack: Served, slug: str, cookie: str) -> AsyncIterator[Peer]:
    """A console's socket, greeted."""
    async with connected(stack, f"/console/{slug}/socket", {"cookie": f"sb_session={cookie}"}) as peer:
        with suppress(ConnectionClosed):
            await peer.send(Hello())
        yield peer


@asynccontextmanager
async def connected(stack: Served, path: str, headers: dict[str, str]) -> AsyncIterator[Peer]:
    url = stack.origin.replace("http", "ws", 1) + path
    async with connect(url, origin=Origin(stack.origin), additional_headers=headers, max_size=None, proxy=None) as socket:
        peer = Peer(socket)
        try:
            yield peer
        finally:
            peer._reader.cancel()
