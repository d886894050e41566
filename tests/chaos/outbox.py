"""What a person wrote and the server has not confirmed: `widget_js/shared/outbox.ts` in Python, rule for rule."""

import asyncio
from collections.abc import Callable, Iterable
from uuid import UUID

from switchboard.protocol import RETRYABLE, Refused, Say

RETRY_MS = 1_000

Store = dict[UUID, Say]
"""What tabs of one person on one machine share, as IndexedDB is. It outlives every line and every server."""


class Outbox:
    """Stored before it is sent; per chat strictly in order, one in flight at a time."""

    def __init__(self, store: Store, send: Callable[[Say], bool]) -> None:
        self._store = store
        self._send = send
        self._items: dict[UUID, Say] = {}
        self._in_flight: dict[UUID, UUID] = {}
        self._pausing: dict[UUID, asyncio.TimerHandle] = {}

    @property
    def waiting(self) -> int:
        return len(self._items)

    def add(self, command: Say) -> None:
        self._store[command.cid] = command
        self._keep([command])
        self._pump()

    def connected(self) -> None:
        """What tabs that are gone have left goes out too, and what was in flight goes out again."""
        self._in_flight.clear()
        self._keep(command for cid, command in self._store.items() if cid not in self._items)
        self._pump()

    def disconnected(self) -> None:
        self._in_flight.clear()

    def settle(self, cid: UUID) -> Say | None:
        """The server has it. Returns what was waiting, if it was ours."""
        command = self._items.pop(cid, None)
        if command is None:
            return None
        if self._in_flight.get(command.chat) == cid:
            del self._in_flight[command.chat]
        self._store.pop(cid, None)
        self._pump()
        return command

    def refused(self, refusal: Refused) -> bool:
        """True when it was about something of ours. What is refused for good leaves: the history has it as failed."""
        command = self._items.get(refusal.cid) if refusal.cid else None
        if command is None:
            return False
        if refusal.code in RETRYABLE:
            self._pause(command.chat, (refusal.retry_ms or RETRY_MS) / 1_000)
        else:
            self.settle(command.cid)
        return True

    def close(self) -> None:
        for timer in self._pausing.values():
            timer.cancel()

    def _keep(self, commands: Iterable[Say]) -> None:
        fresh = {command.cid: command for command in commands}
        if fresh:
            # A cid is a UUIDv7: its order is the order of writing.
            self._items = dict(sorted({**self._items, **fresh}.items()))

    def _pump(self) -> None:
        seen: set[UUID] = set()
        for command in list(self._items.values()):
            chat = command.chat
            if chat in seen or chat in self._in_flight or chat in self._pausing:
                continue
            seen.add(chat)
            if self._send(command):
                self._in_flight[chat] = command.cid

    def _pause(self, chat: UUID, seconds: float) -> None:
        self._in_flight.pop(chat, None)
        if chat in self._pausing:
            self._pausing[chat].cancel()
        self._pausing[chat] = asyncio.get_running_loop().call_later(seconds, self._over, chat)

    def _over(self, chat: UUID) -> None:
        del self._pausing[chat]
        self._pump()
