"""What a web process knows of its open sockets: the streams and views they look at, and the sessions behind them.

Everything committed here goes to local sockets at once and to other processes as a wake-up. Wake-ups may be lost, so
every 2 s, and after every reconnect of the bus, the hub compares what it has sent with what the database holds.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from switchboard.infra import metrics
from switchboard.infra.bus import Bus, Wakes, Words
from switchboard.protocol import ChatErased, CloseCode, Forgotten, Side
from switchboard.realtime.connection import Connection
from switchboard.realtime.streams import Frame, Frames, Streams
from switchboard.realtime.views import Desk, Views

COMPARED_EVERY = 2.0

log = logging.getLogger(__name__)


class Sources(Protocol):
    """What the hub reads; features provide it through wiring."""

    async def read_after(self, tenant_id: UUID, chat_id: UUID, seq: int) -> Frames: ...
    async def read_desk(self, tenant_id: UUID) -> Desk: ...
    async def read_marks(self, tenant_id: UUID, chat_id: UUID) -> bytes: ...
    async def grown(self, positions: list[tuple[UUID, UUID, int]]) -> list[tuple[UUID, UUID, int]]: ...
    async def desk_signatures(self, tenants: list[UUID]) -> list[tuple[UUID, str]]: ...


class Hub:
    """One per web process. Features announce what they committed; `forget` a socket when it has gone."""

    def __init__(self, sources: Sources, bus: Bus) -> None:
        self._sources = sources
        self._bus = bus
        self.streams = Streams(sources.read_after)
        self.views = Views(sources.read_desk)
        self.connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._compare_now = asyncio.Event()

    async def start(self) -> None:
        """Returns when the bus listens."""
        await self._bus.start(self._on_wakes, self._on_words, self._compare_now.set)
        self._spawn(self._compare_for_ever())

    async def close(self) -> None:
        """Tell every socket to come back elsewhere, then stop."""
        for connection in list(self.connections):
            connection.close(CloseCode.RESTART)
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._bus.close()

    def forget(self, connection: Connection) -> None:
        """The socket has gone."""
        self.connections.discard(connection)
        self.streams.forget(connection)
        self.views.forget(connection)

    def log_grew(
        self, tenant: UUID, chat: UUID, seq: int, frame: Frame | None = None, author: Connection | None = None
    ) -> None:
        """Committed here; with `frame` the local sockets need not read it."""
        if frame is None:
            self.streams.grew((tenant, chat), seq)
        else:
            self.streams.publish((tenant, chat), seq, frame, author)
        self._bus.publish(f"log:{tenant}:{chat}", seq)

    def desk_changed(self, tenant: UUID) -> None:
        """Chats or presence of this tenant changed here."""
        self.views.stir(tenant)
        self._bus.publish(f"desk:{tenant}")

    def marks_rose(self, tenant: UUID, chat: UUID, frame: bytes) -> None:
        """Marks of this chat rose here."""
        for connection in self.streams.subscribers((tenant, chat)):
            connection.send(frame)
        self._bus.publish(f"marks:{tenant}:{chat}")

    def pass_on(self, tenant: UUID, chat: UUID, side: Side, frame: bytes) -> None:
        """To this side's sockets in every process. It may be lost: what it says is true for a moment only."""
        self._send_to(tenant, chat, side, frame)
        self._bus.tell(f"{side}:{tenant}:{chat}", frame)

    def session_ended(self, session_id: UUID) -> None:
        """Close its sockets, here and in every other process."""
        self.close_sessions({session_id})
        self._bus.publish(f"session:{session_id}")

    def close_sessions(self, ended: set[UUID]) -> None:
        for connection in list(self.connections):
            if connection.session_id in ended:
                connection.close(CloseCode.SIGNED_OUT)

    def visitor_forgotten(self, visitor_id: UUID) -> None:
        """Close the visitor's sockets, here and in every other process."""
        self.close_visitor(visitor_id)
        self._bus.publish(f"visitor:{visitor_id}")

    def close_visitor(self, visitor_id: UUID) -> None:
        for connection in list(self.connections):
            if connection.visitor_id == visitor_id:
                connection.tell(Forgotten())
                connection.close(CloseCode.FORGOTTEN)

    def chat_erased(self, tenant: UUID, chat: UUID) -> None:
        """Whoever has read this chat must drop it, here and in every other process."""
        self.tell_erased(tenant, chat)
        self._bus.publish(f"erased:{tenant}:{chat}")

    def tell_erased(self, tenant: UUID, chat: UUID) -> None:
        for connection in self.streams.subscribers((tenant, chat)):
            connection.tell(ChatErased(chat=chat))

    def _on_wakes(self, wakes: Wakes) -> None:
        for topic, seq in wakes:
            match topic.split(":"):
                case ["log", tenant, chat]:
                    self.streams.grew((UUID(tenant), UUID(chat)), seq)
                case ["desk", tenant]:
                    self.views.stir(UUID(tenant))
                case ["marks", tenant, chat]:
                    self._spawn(self._tell_marks(UUID(tenant), UUID(chat)))
                case ["session", session_id]:
                    self.close_sessions({UUID(session_id)})
                case ["visitor", visitor_id]:
                    self.close_visitor(UUID(visitor_id))
                case ["erased", tenant, chat]:
                    self.tell_erased(UUID(tenant), UUID(chat))
                case _:
                    log.warning("a wake-up of a newer release: %s", topic)

    def _on_words(self, words: Words) -> None:
        for topic, frame in words:
            side, tenant, chat = topic.split(":")
            self._send_to(UUID(tenant), UUID(chat), Side(side), bytes(frame))

    def _send_to(self, tenant: UUID, chat: UUID, side: Side, frame: bytes) -> None:
        for connection in self.streams.subscribers((tenant, chat), side):
            connection.send(frame)

    async def _tell_marks(self, tenant: UUID, chat: UUID) -> None:
        if self.streams.subscribers((tenant, chat)):
            frame = await self._sources.read_marks(tenant, chat)
            for connection in self.streams.subscribers((tenant, chat)):
                connection.send(frame)

    async def _compare_for_ever(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(COMPARED_EVERY):
                    await self._compare_now.wait()
            self._compare_now.clear()
            await _or_later(self._compare)

    async def _compare(self) -> None:
        if positions := self.streams.positions():
            for tenant, chat, seq in await self._sources.grown(positions):
                metrics.streams_found_behind.inc()
                self.streams.grew((tenant, chat), seq)
        if tenants := self.views.tenants():
            for tenant, signature in await self._sources.desk_signatures(tenants):
                self.views.signed(tenant, signature)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_or_later(lambda: work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _or_later(work: Callable[[], Awaitable[None]]) -> None:
    """A database that is away is no reason to stop: the next comparison tries again."""
    try:
        await work()
    except Exception:
        log.exception("the hub could not read the database")
