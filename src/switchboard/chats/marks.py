"""Delivered and read marks, coalesced: within 100 ms the highest mark of a party stands for all (DESIGN 5)."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from uuid import UUID

import asyncpg

from switchboard.protocol import Marked, Marks
from switchboard.realtime.connection import encode

GATHERED_FOR = 0.1

_RAISE = "select * from raise_marks($1, $2, $3, $4, $5)"

Key = tuple[UUID, UUID, UUID]
OnRaised = Callable[[UUID, UUID, bytes], None]

log = logging.getLogger(__name__)


class MarkBuffer:
    """A lost mark is harmless: it is cosmetic, and the next one is higher. `on_raised` gets tenant, chat and the frame."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", on_raised: OnRaised) -> None:
        self._pool = pool
        self._on_raised = on_raised
        self._waiting: dict[Key, tuple[int, int]] = {}
        self._flushing: asyncio.Task[None] | None = None

    def add(self, tenant: UUID, chat: UUID, party: UUID, delivered: int, read: int) -> None:
        """Seqs that the party's device has received and its person has seen."""
        key = (tenant, chat, party)
        before = self._waiting.get(key, (0, 0))
        self._waiting[key] = (max(before[0], delivered, read), max(before[1], read))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush_until_quiet())

    async def close(self) -> None:
        if self._flushing is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._flushing

    async def _flush_until_quiet(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(GATHERED_FOR)
                batch, self._waiting = sorted(self._waiting.items()), {}
                await self._flush(batch)
        except Exception as error:
            log.warning("marks lost: %r", error)
        finally:
            self._flushing = None

    async def _flush(self, batch: list[tuple[Key, tuple[int, int]]]) -> None:
        keys = [key for key, _ in batch]
        columns = ([key[place] for key in keys] for place in range(3))
        delivered, read = [marks[0] for _, marks in batch], [marks[1] for _, marks in batch]
        for tenant, chat, *marks in await self._pool.fetch(_RAISE, *columns, delivered, read):
            names = ("visitor_delivered", "visitor_read", "agent_delivered", "agent_read")
            frame = encode(Marked(chat=chat, marks=Marks(**dict(zip(names, marks, strict=True)))))
            self._on_raised(tenant, chat, frame)
