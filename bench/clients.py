"""Both ends of a chat as clients that cost little: one callback per frame, no task and no queue."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport
from uuid_utils.compat import uuid7

from switchboard.protocol import (
    Ack,
    Answer,
    Command,
    Current,
    End,
    Entries,
    Event,
    Hello,
    Inbox,
    InboxChange,
    Mark,
    Message,
    Open,
    Opened,
    Refused,
    Resume,
    Say,
    Side,
    Text,
)

PATIENCE_S = 15.0
MARKS_GATHERED_FOR_S = 0.1

# The whole wire type: 0.6 µs per message, 0.3 more than its text alone, and the contract is checked on the way.
_decode = msgspec.json.Decoder(Event).decode
_encode = msgspec.json.Encoder().encode


class RefusedError(Exception):
    """The server did not do what was asked."""


class Client(WSListener):
    """A socket, and what its owner waits for: by cid, or by chat."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._awaited: dict[UUID, asyncio.Future[Any]] = {}
        self._leaving = False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._heard(_decode(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._leaving:
            return
        received = transport.close_handshake.recv
        why = f"{type(self).__name__} lost its socket: {received.code if received else 'no close frame'}"
        print(why, file=sys.stderr)
        for waiting in self._awaited.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError(why))

    def leave(self) -> None:
        self._leaving = True
        self._transport.disconnect()

    def _heard(self, event: Event) -> None:
        raise NotImplementedError

    def _tell(self, command: Command) -> None:
        self._transport.send(WSMsgType.TEXT, _encode(command))

    async def _answer_about(self, key: UUID) -> Any:
        self._awaited[key] = answer = self._loop.create_future()
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await answer
        finally:
            del self._awaited[key]

    async def _resume(self, chat: UUID) -> None:
        self._tell(Resume(chat=chat, after=0))
        await self._answer_about(chat)

    def _settle(self, key: UUID | None, event: Event) -> None:
        waiting = self._awaited.get(key) if key else None
        if waiting is None or waiting.done():
            return
        if isinstance(event, Refused):
            waiting.set_exception(RefusedError(f"{event.command}: {event.code}"))
        else:
            waiting.set_result(event)


class VisitorClient(Client):
    """The visitor's page."""

    def __init__(self) -> None:
        super().__init__()
        self._without_chat = asyncio.Event()
        self.is_greeted = asyncio.Event()

    def hello(self, token: str) -> None:
        self._tell(Hello(token=token))

    async def ask(self, name: str, question: str) -> UUID:
        """The new chat."""
        cid = uuid7()
        self._tell(Open(cid=cid, name=name, question=question))
        opened: Opened = await self._answer_about(cid)
        return opened.chat

    async def open(self, name: str, question: str) -> UUID:
        """The new chat, with its log on the screen."""
        chat = await self.ask(name, question)
        await self._resume(chat)
        return chat

    async def say(self, chat: UUID, text: str) -> None:
        """Returns with the ack: stored for good."""
        cid = uuid7()
        self._tell(Say(cid=cid, chat=chat, body=Text(text=text)))
        await self._answer_about(cid)

    async def end(self, chat: UUID) -> None:
        self._without_chat.clear()
        self._tell(End(chat=chat))
        async with asyncio.timeout(PATIENCE_S):
            await self._without_chat.wait()

    def _heard(self, event: Event) -> None:
        if isinstance(event, Ack | Opened):
            self._settle(event.cid, event)
        elif isinstance(event, Entries):
            self._settle(event.chat, event)
        elif isinstance(event, Refused):
            self._settle(event.cid or event.chat, event)
        elif isinstance(event, Current):
            self.is_greeted.set()
            if event.chat is None:
                self._without_chat.set()


class AgentClient(Client):
    """The agent's console. `show` gets each text of a visitor; with `marks` they are reported as received and read."""

    def __init__(self, show: Callable[[str], None], *, marks: bool) -> None:
        super().__init__()
        self._show = show
        self._marks: dict[UUID, int] | None = {} if marks else None
        self._cards: dict[UUID, asyncio.Event] = {}
        self.rang_at: dict[UUID, float] = {}  # the loop's time
        self.is_greeted = asyncio.Event()

    def hello(self) -> None:
        self._tell(Hello())

    async def rang(self, chat: UUID) -> float:
        """Waits for the card; the loop's time at which it was there."""
        async with asyncio.timeout(PATIENCE_S):
            await self._card(chat).wait()
        return self.rang_at[chat]

    async def take(self, chat: UUID) -> None:
        """Waits for the card, answers, returns with the log on the screen."""
        await self.rang(chat)
        self._tell(Answer(chat=chat))
        await self._resume(chat)

    def _card(self, chat: UUID) -> asyncio.Event:
        return self._cards.setdefault(chat, asyncio.Event())

    def _heard(self, event: Event) -> None:
        if isinstance(event, Message):
            if event.entry.sender is Side.VISITOR and isinstance(event.entry.body, Text):
                self._show(event.entry.body.text)
                self._mark_later(event.chat, event.entry.seq)
        elif isinstance(event, Entries | Refused):
            self._settle(event.chat, event)
        elif isinstance(event, Inbox | InboxChange):
            self.is_greeted.set()
            for card in event.cards:
                self.rang_at.setdefault(card.chat, self._loop.time())
                self._card(card.chat).set()

    def _mark_later(self, chat: UUID, seq: int) -> None:
        if self._marks is None:
            return
        if not self._marks:
            self._loop.call_later(MARKS_GATHERED_FOR_S, self._flush_marks)
        self._marks[chat] = seq

    def _flush_marks(self) -> None:
        if self._marks and not self._leaving:
            for chat, seq in self._marks.items():
                self._tell(Mark(chat=chat, delivered=seq, read=seq))
            self._marks.clear()
