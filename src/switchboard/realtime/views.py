"""Account views: what an inbox or a room's status looks like now. A snapshot first, then changes with (epoch, offset).

A wake-up makes a tenant's desk be read again, after a pause four times as long as the last reading took, 100 ms at most: a
small desk follows within milliseconds, a large or a slow one takes a fifth of the time. Subscribers get what changed for them.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from uuid import UUID

from switchboard.infra.ids import new_token
from switchboard.realtime.connection import Connection

Topic = tuple[str | UUID, ...]
LONGEST_PAUSE = 0.1
PAUSES_PER_READING = 4

log = logging.getLogger(__name__)


class View(Protocol):
    """What one topic shows; comparable by `==`."""

    def snapshot(self, epoch: str, offset: int) -> bytes:
        """The whole, as a frame."""
        ...

    def change(self, before: Any, epoch: str, offset: int) -> bytes:
        """What is different from `before`, as a frame."""
        ...


class Desk(Protocol):
    """Everything that a tenant's topics show, read at one moment."""

    def view(self, topic: Topic) -> View: ...


ReadDesk = Callable[[UUID], Awaitable[Desk]]


class _Shown:
    """A topic, what its subscribers have been shown, and its offset."""

    __slots__ = ("offset", "subscribers", "view")

    def __init__(self, view: View) -> None:
        self.view = view
        self.offset = 0
        self.subscribers: set[Connection] = set()


class _Tenant:
    __slots__ = ("again", "desk", "epoch", "refreshing", "shown", "signature", "sockets")

    def __init__(self) -> None:
        self.epoch = new_token()[:10]
        self.desk: Desk | None = None
        self.shown: dict[Topic, _Shown] = {}
        self.refreshing: asyncio.Task[None] | None = None
        self.again = False
        self.signature: str | None = None
        self.sockets = 0


class Views:
    """The topics that sockets of this process look at."""

    def __init__(self, read_desk: ReadDesk) -> None:
        self._read_desk = read_desk
        self._tenants: dict[UUID, _Tenant] = {}
        self._topics: dict[Connection, tuple[UUID, tuple[Topic, ...]]] = {}

    async def subscribe(self, tenant_id: UUID, topics: tuple[Topic, ...], connection: Connection) -> None:
        """Sends a snapshot of each topic now, changes from then on."""
        tenant = self._tenants.setdefault(tenant_id, _Tenant())
        self._topics[connection] = (tenant_id, topics)
        tenant.sockets += 1
        if tenant.desk is None:
            desk = await self._read_desk(tenant_id)
            tenant.desk = tenant.desk or desk  # a refresh that ended meanwhile has read later than we have
        if connection not in self._topics:
            return
        for topic in topics:
            shown = tenant.shown.setdefault(topic, _Shown(tenant.desk.view(topic)))
            shown.subscribers.add(connection)
        self.look(connection)

    def look(self, connection: Connection) -> None:
        """Snapshots again."""
        tenant_id, topics = self._topics.get(connection, (None, ()))
        tenant = self._tenants.get(tenant_id) if tenant_id else None
        for topic in topics:
            if tenant is not None and (shown := tenant.shown.get(topic)):
                connection.send(shown.view.snapshot(tenant.epoch, shown.offset))

    def forget(self, connection: Connection) -> None:
        """The socket has gone; a desk that nobody looks at is not read any more."""
        tenant_id, topics = self._topics.pop(connection, (None, ()))
        tenant = self._tenants.get(tenant_id) if tenant_id else None
        if tenant is None or tenant_id is None:
            return
        for topic in topics:
            if shown := tenant.shown.get(topic):
                shown.subscribers.discard(connection)
                if not shown.subscribers:
                    del tenant.shown[topic]
        tenant.sockets -= 1
        if tenant.sockets == 0:
            del self._tenants[tenant_id]

    def stir(self, tenant_id: UUID) -> None:
        """Something on this tenant's desk has changed: read it again soon."""
        tenant = self._tenants.get(tenant_id)
        if tenant is None:
            return
        tenant.again = True
        if tenant.refreshing is None:
            tenant.refreshing = asyncio.create_task(self._refresh(tenant_id, tenant))

    def tenants(self) -> list[UUID]:
        """Those with subscribers here, for the comparison."""
        return list(self._tenants)

    def signed(self, tenant_id: UUID, signature: str) -> None:
        """The comparison's word for the desk as it is now; another word than last time means that a wake-up was lost."""
        tenant = self._tenants.get(tenant_id)
        if tenant is not None and tenant.signature != signature:
            tenant.signature = signature
            self.stir(tenant_id)

    async def _refresh(self, tenant_id: UUID, tenant: _Tenant) -> None:
        try:
            while tenant.again:
                tenant.again = False
                began = time.monotonic()
                tenant.desk = await self._read_desk(tenant_id)
                for topic, shown in tenant.shown.items():
                    _show(tenant.epoch, shown, tenant.desk.view(topic))
                await asyncio.sleep(pause_after(time.monotonic() - began))
        except Exception:
            tenant.signature = None  # the 2 s comparison tries again
            log.exception("reading the desk of tenant %s failed", tenant_id)
        finally:
            tenant.refreshing = None


def pause_after(took: float) -> float:
    """Seconds to wait before the desk is read again, when reading and showing it took so many."""
    return min(LONGEST_PAUSE, PAUSES_PER_READING * took)


def _show(epoch: str, shown: _Shown, view: View) -> None:
    if view == shown.view:
        return
    shown.offset += 1
    frame = view.change(shown.view, epoch, shown.offset)
    shown.view = view
    for connection in shown.subscribers:
        connection.send(frame)
