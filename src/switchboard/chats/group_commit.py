"""Group commit without waiting: while one flush is in flight the next batch gathers (DESIGN 5).

Over `append_messages`: busy chats go to the front of the next flush, a row that cannot be stored fails alone, and a
call that was lost is sent again, which the cid makes safe.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from switchboard.infra import metrics
from switchboard.infra.prepared import Prepared
from switchboard.protocol import Code

LARGEST_BATCH = 500
MOST_WAITING = 5_000
PAUSE = 0.005
PAUSE_WITHOUT_DATABASE = 0.1
PATIENCE = 2.0
ROWS_PER_BREATH = 64

_APPEND = "select seq, at, error from append_messages($1, $2, $3, $4, $5)"

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """Where the entry stands, after COMMIT."""

    seq: int
    at: datetime


Result = Callable[[Stored | Code], None]


@dataclass(slots=True, eq=False)
class Row:
    """One entry to append; `body` is JSON. `settle` is called once, with its place or with why it was refused."""

    tenant: UUID
    chat: UUID
    party: UUID
    cid: UUID
    body: str
    settle: Result
    since: float = 0.0


class GroupCommit:
    """One per process, one flush in flight. `patience`: seconds a row may stay busy or without database before it goes back."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", patience: float = PATIENCE) -> None:
        self._append = Prepared(pool, _APPEND)
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._waiting: list[Row] = []
        self._in_flight = 0
        self._pause = PAUSE
        self._something = asyncio.Event()
        self._closing = False
        self._runner = asyncio.create_task(self._run())

    def add(self, row: Row) -> bool:
        """False when the waiting list is full or closing: say so to the sender, with a pause before the next try."""
        if self._closing or self.pending >= MOST_WAITING:
            return False
        row.since = self._loop.time()
        self._waiting.append(row)
        self._something.set()
        return True

    @property
    def pending(self) -> int:
        """Rows taken and not yet settled."""
        return len(self._waiting) + self._in_flight

    async def close(self) -> None:
        """Refuses new rows, stores what waits, returns."""
        self._closing = True
        self._something.set()
        await self._runner
        await self._append.close()

    async def _run(self) -> None:
        while not (self._closing and not self._waiting):
            # The loop serves every socket that is readable before it comes back here: their messages are one batch.
            await self._something.wait()
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
            self._in_flight = len(batch)
            # Row locks are taken in this order. Stable: messages of one chat keep the order in which they came in.
            batch.sort(key=lambda row: (row.tenant.int, row.chat.int))
            again = await self._flush(batch)
            # To the front: what came later for the same chat must not overtake.
            self._waiting[:0] = self._give_up_on_old(again)
            self._in_flight = 0
            if not self._waiting and not self._closing:
                self._something.clear()
            if len(again) == len(batch) > 0:
                await asyncio.sleep(self._pause)

    def _give_up_on_old(self, again: list[Row]) -> list[Row]:
        """A chat is given back as a whole, or a later message of it would overtake an earlier one."""
        oldest = self._loop.time() - self._patience
        given_up = {(row.tenant, row.chat) for row in again if row.since < oldest}
        if not given_up:
            return again
        waiting, self._waiting = again + self._waiting, []
        for row in waiting:
            if (row.tenant, row.chat) in given_up:
                _settle(row, Code.BUSY)
        return [row for row in waiting if (row.tenant, row.chat) not in given_up]

    async def _flush(self, batch: list[Row]) -> list[Row]:
        """Returns the rows to send again, in order."""
        if not batch:
            return []
        try:
            results = await self._append.fetch(*_columns(batch))
        except (asyncpg.DataError, UnicodeEncodeError):  # raised before anything was stored
            return await self._flush_by_halves(batch)
        except Exception as error:
            # Stored or not is unknown. Broad on purpose: a backend killed at the wrong moment makes asyncpg raise
            # InternalClientError, which is no PostgresError, and the runner must not die of it.
            log.warning("append of %d rows failed: %r", len(batch), error)
            self._pause = PAUSE_WITHOUT_DATABASE
            return batch
        self._pause = PAUSE
        again: list[Row] = []
        for place, (row, (seq, at, error)) in enumerate(zip(batch, results, strict=True), 1):
            if place % ROWS_PER_BREATH == 0:
                await asyncio.sleep(0)  # sockets write meanwhile, or a burst of acks would look like a slow reader
            if error == Code.BUSY:
                again.append(row)
            else:
                _settle(row, Code(error) if error else Stored(seq, at))
                if not error:
                    metrics.stored(self._loop.time() - row.since)
        return again

    async def _flush_by_halves(self, batch: list[Row]) -> list[Row]:
        if len(batch) == 1:
            _settle(batch[0], Code.BAD_BODY)
            return []
        middle = len(batch) // 2
        again = await self._flush(batch[:middle])
        held = {(row.tenant, row.chat) for row in again}
        # A chat may lie across the cut: its later half must not overtake.
        wait = [row for row in batch[middle:] if (row.tenant, row.chat) in held]
        free = [row for row in batch[middle:] if (row.tenant, row.chat) not in held]
        return again + wait + await self._flush(free)


def _columns(batch: list[Row]) -> tuple[list[UUID], list[UUID], list[UUID], list[UUID], list[str]]:
    return (
        [row.tenant for row in batch],
        [row.chat for row in batch],
        [row.party for row in batch],
        [row.cid for row in batch],
        [row.body for row in batch],
    )


def _settle(row: Row, result: Stored | Code) -> None:
    try:
        row.settle(result)
    except Exception:  # the writer serves every chat and must not die of one
        log.exception("telling the result of %s failed", row.cid)
