"""What happened in a run: one JSON line per event, in the order in which the test's own process saw it.

`at` is seconds since the epoch: devices, faults and Postgres are on one machine and share its clock.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import msgspec


class Event(msgspec.Struct, kw_only=True, omit_defaults=True, tag_field="event", tag=str.lower):
    """Base of what is written down."""

    at: float = 0.0


class Run(Event):
    """The seed decides every random choice of the run."""

    test: str
    seed: int


class Follows(Event):
    """The device shows this chat from now on."""

    device: str
    chat: UUID


class Wrote(Event):
    """Somebody wrote; the text lies in the device's outbox. `number` counts what this device wrote in this chat."""

    device: str
    chat: UUID
    cid: UUID
    number: int
    text: str


class Sent(Event):
    """The message left the device: for the first time, or again."""

    device: str
    cid: UUID


class Acked(Event):
    """The server says it is stored. `seq`: where; `by`: the frame that said it (another tab's copy may come first)."""

    device: str
    cid: UUID
    seq: int
    by: str


class Refused(Event):
    """The server did not take it. Without `retry_ms` the person would have to send it again: the send has failed."""

    device: str
    cid: UUID | None
    command: str
    code: str
    retry_ms: int | None


class Arrived(Event):
    """An entry in any frame, before the device's own rules."""

    device: str
    chat: UUID
    seq: int
    frame: str


class Shown(Event):
    """The entry stands on the device's screen, behind all others."""

    device: str
    chat: UUID
    seq: int
    cid: UUID
    text: str


class Gap(Event):
    """An entry came too early: the device asks for what is missing. After an ack that is nothing special: what the other
    side wrote at that moment, through the other web, is still on its way."""

    device: str
    chat: UUID
    seq: int
    by: str


class Link(Event):
    """The device's line went live, was lost, or was closed for good."""

    device: str
    is_live: bool
    code: int | None = None


class Fault(Event):
    """Something was broken. `unacked`: what was sent and not acknowledged then, None where
    that does not matter. `blinds`: devices (or `*`) that cannot
    get anything until `Healed`, by no fault of the product."""

    name: str
    target: str
    unacked: list[UUID] | None
    blinds: list[str] = []


class Healed(Event):
    """What `Fault` broke works again, asked from outside: Postgres answers a query, the web's port is open, bytes flow."""

    name: str
    target: str


class Lag(Event):
    """Until now `seconds` were lost: the test's own process was late, or other programs held the CPUs."""

    seconds: float


class Stored(Event):
    """A row of the log as Postgres has it at the end. `text` is None for lines that the server writes by itself."""

    chat: UUID
    seq: int
    cid: UUID
    text: str | None


Any = Run | Follows | Wrote | Sent | Acked | Refused | Arrived | Shown | Gap | Link | Fault | Healed | Lag | Stored
E_ = TypeVar("E_", bound=Event)


class History:
    """Kept in memory for the checker and on disk for people. `listeners` hear each event as it is written down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.events: list[Any] = []
        self.listeners: list[Callable[[Any], None]] = []
        self._file = path.open("wb")
        self._encode = msgspec.json.Encoder().encode

    def note(self, event: Any) -> None:
        """Events with a time of their own keep it."""
        if event.at == 0.0:
            event = msgspec.structs.replace(event, at=time.time())
        self.events.append(event)
        self._file.write(self._encode(event) + b"\n")
        for listener in self.listeners:
            listener(event)

    def of(self, kind: type[E_]) -> list[E_]:
        return of(self.events, kind)

    def close(self) -> None:
        self._file.close()


def of(events: Iterable[Any], kind: type[E_]) -> list[E_]:
    return [event for event in events if isinstance(event, kind)]


def read(path: Path) -> list[Any]:
    """A history from disk."""
    decode = msgspec.json.Decoder(Any).decode
    return [decode(line) for line in path.read_bytes().splitlines()]
