"""Ordered streams: each chat's log, sent to every socket that subscribed, in order, without gaps or repeats.

A stream's position is the highest seq that went out here. A wake-up says only how far the log has grown; what is missing
is read from the database. So a lost, late or doubled wake-up changes nothing but the time (DESIGN 5).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from switchboard.protocol import Side
from switchboard.realtime.connection import Connection

Key = tuple[UUID, UUID]


class Frame(NamedTuple):
    """One entry as each side gets it: the same bytes, but for what agents keep to themselves.

    `leaves`: the party for whom this is the last frame. It ends their places in every process, however wake-ups are lost.
    """

    visitor: bytes
    agent: bytes
    leaves: UUID | None = None


Frames = list[tuple[int, Frame]]
ReadAfter = Callable[[UUID, UUID, int], Awaitable[Frames]]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Place:
    """A subscriber's place in a stream. While it reads the past from the database, what is new is held back."""

    party: UUID
    side: Side
    sent: int = 0
    held: Frames | None = field(default_factory=list[tuple[int, Frame]])


@dataclass(slots=True)
class Stream:
    """`seen` is None until the first subscriber has read; `wanted` is how far the log is known to have grown."""

    places: dict[Connection, Place] = field(default_factory=dict[Connection, Place])
    seen: int | None = None
    wanted: int = 0
    catching_up: asyncio.Task[None] | None = None


class Streams:
    """`read_after(tenant, chat, seq)` gives the next entries as frames, in order; empty at the end."""

    def __init__(self, read_after: ReadAfter) -> None:
        self._read_after = read_after
        self._streams: dict[Key, Stream] = {}
        self._keys: dict[Connection, set[Key]] = {}

    def subscribe(self, key: Key, connection: Connection, party: UUID, side: Side) -> None:
        """From now on nothing is missed: new frames are held until `release`. Subscribing again starts over."""
        self._streams.setdefault(key, Stream()).places[connection] = Place(party, side)
        self._keys.setdefault(connection, set()).add(key)

    def release(self, key: Key, connection: Connection, seq: int) -> None:
        """The subscriber has everything up to `seq`: send what was held beyond it and go on live."""
        stream = self._streams.get(key)
        place = stream.places.get(connection) if stream else None
        if stream is None or place is None:
            return
        if stream.seen is None:
            stream.seen = seq
        held, place.held, place.sent = place.held or [], None, seq
        for position, frame in held:
            if _send(connection, place, position, frame):
                self.unsubscribe(key, connection)
                return
        # The page may lag behind what others were sent while it was read; then the log is read once more.
        self._catch_up(key, stream, max(stream.wanted, stream.seen), behind=place.sent < stream.seen)

    def unsubscribe(self, key: Key, connection: Connection) -> None:
        self._keys.get(connection, set()).discard(key)
        self._drop(key, connection)

    def forget(self, connection: Connection) -> None:
        """The socket has gone."""
        for key in self._keys.pop(connection, set()):
            self._drop(key, connection)

    def publish(self, key: Key, seq: int, frame: Frame, author: Connection | None) -> None:
        """An entry was committed here. Its author has an ack and needs no copy."""
        stream = self._streams.get(key)
        if stream is None or (stream.seen is not None and seq <= stream.seen):
            return
        if stream.seen is None or stream.catching_up or seq != stream.seen + 1:
            self._catch_up(key, stream, seq)
            return
        self._deliver(key, stream, seq, frame, author)

    def grew(self, key: Key, seq: int) -> None:
        """The log has grown to `seq`, somewhere."""
        stream = self._streams.get(key)
        if stream is not None:
            self._catch_up(key, stream, seq)

    def subscribers(self, key: Key, side: Side | None = None) -> list[Connection]:
        """Those of this side, or all."""
        stream = self._streams.get(key)
        return [connection for connection, place in stream.places.items() if side in (None, place.side)] if stream else []

    def side_of(self, key: Key, connection: Connection) -> Side | None:
        """At which side this socket follows the chat; None when it does not, or its party has left."""
        stream = self._streams.get(key)
        place = stream.places.get(connection) if stream else None
        return place.side if place else None

    def positions(self) -> list[tuple[UUID, UUID, int]]:
        """Every stream served here and how far it went out, for the comparison; those of a tenant together."""
        found = [(*key, stream.seen) for key, stream in self._streams.items() if stream.seen is not None]
        return sorted(found, key=lambda position: position[0].int)  # UUIDs are compared in Python, numbers are not

    def _drop(self, key: Key, connection: Connection) -> None:
        stream = self._streams.get(key)
        if stream is not None:
            stream.places.pop(connection, None)
            if not stream.places:
                del self._streams[key]

    def _catch_up(self, key: Key, stream: Stream, seq: int, *, behind: bool = False) -> None:
        stream.wanted = max(stream.wanted, seq)
        needed = behind or (stream.seen is not None and stream.wanted > stream.seen)
        if needed and stream.catching_up is None:
            stream.catching_up = asyncio.create_task(self._read_the_rest(key, stream))

    async def _read_the_rest(self, key: Key, stream: Stream) -> None:
        try:
            while stream.places and stream.seen is not None and (after := _lowest(stream)) < stream.wanted:
                frames = await self._read_after(*key, after)
                if not frames:
                    break
                for seq, frame in frames:
                    self._deliver(key, stream, seq, frame, None)
        except Exception:
            # The next wake-up or the 2 s comparison tries again.
            log.exception("catching up with chat %s failed", key[1])
        finally:
            stream.catching_up = None

    def _deliver(self, key: Key, stream: Stream, seq: int, frame: Frame, author: Connection | None) -> None:
        stream.seen = max(stream.seen or 0, seq)
        stream.wanted = max(stream.wanted, seq)
        left: list[Connection] = []
        for connection, place in stream.places.items():
            if place.held is not None:
                place.held.append((seq, frame))
            elif connection is author:
                place.sent = max(place.sent, seq)
            elif _send(connection, place, seq, frame):
                left.append(connection)
        for connection in left:
            self.unsubscribe(key, connection)


def _lowest(stream: Stream) -> int:
    live = [place.sent for place in stream.places.values() if place.held is None]
    return min([*live, stream.seen or 0])


def _send(connection: Connection, place: Place, seq: int, frame: Frame) -> bool:
    """Whether it was the last for this place."""
    if seq <= place.sent:
        return False
    connection.send(frame.visitor if place.side is Side.VISITOR else frame.agent)
    place.sent = seq
    return frame.leaves is not None and frame.leaves == place.party
