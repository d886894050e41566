"""Hands what is due to the courier, and again what is overdue: relay and reconciler are one (DESIGN 4.7)."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from saq import Queue

from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.queue import enqueue
from switchboard.infra.works import LEASE

LOOKS_EVERY_S = 0.3
AT_A_TIME = 50
MOST_CARRIED = 200
MOST_TRIES = 100

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Lane:
    """Kinds of work that share a queue. A mail server that hangs must hold up no other work."""

    queue: Queue
    kinds: Sequence[str]
    is_busy: bool = False


class Relay:
    """Any number may run: each row is claimed once per lease."""

    def __init__(self, database: Database, lanes: Sequence[Lane]) -> None:
        self._database = database
        self._lanes = lanes

    async def run_for_ever(self) -> None:
        """A task of the worker. A database or queue that is away is no reason to stop."""
        while True:
            try:
                handed = [await self.hand_over(lane) for lane in self._lanes]
            except Exception as error:
                log.warning("relay: %s", type(error.__cause__ or error).__name__)
                handed = []
            if not any(handed):
                await asyncio.sleep(LOOKS_EVERY_S)

    async def hand_over(self, lane: Lane) -> int:
        """How many rows were handed over. The courier gets a claim after its COMMIT: before, its worker would not find it."""
        if lane.is_busy and await lane.queue.count("queued") > MOST_CARRIED:
            return 0
        async with self._database.global_tx() as tx:
            claimed = await due.claim(tx, lane.kinds, LEASE, AT_A_TIME)
            endless = [row for row in claimed if row.attempts > MOST_TRIES]
            for row in endless:
                # Every try has taken its worker down: nobody was left to say why.
                await due.give_up(tx, row, "never came to an end")
        for row in claimed:
            if row not in endless:
                await enqueue(lane.queue, row)
        lane.is_busy = len(claimed) == AT_A_TIME
        return len(claimed)
