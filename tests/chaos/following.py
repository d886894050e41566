"""The logs that a device keeps: `widget_js/shared/{log,conversations}.ts` in Python. What is early waits."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from switchboard.protocol import RETRYABLE, Command, Entries, Entry, Refused, Resume

RETRY_MS = 1_000


@dataclass(slots=True)
class Log:
    """`last`: shown without gaps up to here; `known`: the highest seq that the server is known to have."""

    last: int = 0
    known: int = 0
    early: dict[int, Entry] = field(default_factory=dict)


class Following:
    """Asks for a log when the line goes live, when a `message` leaves a gap, and while a page says there is more."""

    def __init__(
        self,
        send: Callable[[Command], bool],
        show: Callable[[UUID, Entry], None],
        gap: Callable[[UUID, int, str], None],
    ) -> None:
        self._send = send
        self._show = show
        self._gap = gap
        self.logs: dict[UUID, Log] = {}
        self._due: dict[UUID, None] = {}
        self._reading: UUID | None = None
        self._timers: set[asyncio.TimerHandle] = set()

    def follow(self, chat: UUID) -> None:
        if chat not in self.logs:
            self.logs[chat] = Log()
            self._resume(chat)

    def connected(self) -> None:
        self._reading = None
        self._due = dict.fromkeys(self.logs)
        self._read_next()

    def page(self, event: Entries) -> None:
        log = self.logs.get(event.chat)
        if log is None:
            return
        before = log.last
        end = event.entries[-1].seq if event.entries else log.last
        self._join(event.chat, log, event.entries, end + 1 if event.more else end)
        # Asking again without progress would be a storm; the next message or connection asks instead.
        if log.known > log.last > before:
            self._due[event.chat] = None
        self._was_read(event.chat)

    def entry(self, chat: UUID, entry: Entry, by: str) -> None:
        """From a `message`, or made of an own message and its `ack`."""
        log = self.logs.get(chat)
        if log is None:
            return
        if entry.seq > log.last + 1:
            self._gap(chat, entry.seq, by)
        self._join(chat, log, [entry], entry.seq)
        if log.known > log.last:
            self._resume(chat)

    def refused(self, refusal: Refused) -> None:
        if refusal.command != "resume" or refusal.chat is None:
            return
        if refusal.code in RETRYABLE:
            pause = (refusal.retry_ms or RETRY_MS) / 1_000
            self._timers.add(asyncio.get_running_loop().call_later(pause, self._resume, refusal.chat))
        self._was_read(refusal.chat)

    def close(self) -> None:
        for timer in self._timers:
            timer.cancel()

    def _join(self, chat: UUID, log: Log, fresh: list[Entry], known: int) -> None:
        for entry in fresh:
            if entry.seq > log.last:
                log.early.setdefault(entry.seq, entry)
        log.known = max(log.known, known, *log.early)
        while (entry := log.early.pop(log.last + 1, None)) is not None:
            log.last = entry.seq
            self._show(chat, entry)

    def _resume(self, chat: UUID) -> None:
        if self._reading == chat:
            return
        self._due[chat] = None
        if self._reading is None:
            self._read_next()

    def _was_read(self, chat: UUID) -> None:
        if self._reading == chat:
            self._reading = None
        if self._reading is None:
            self._read_next()

    def _read_next(self) -> None:
        chat = next(iter(self._due), None)
        if chat is not None and self._send(Resume(chat=chat, after=self.logs[chat].last)):
            del self._due[chat]
            self._reading = chat
