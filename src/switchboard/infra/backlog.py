"""How far work is behind, for the metrics of each worker: every worker tells the same, about the one table."""

import asyncio
import logging

from sqlalchemy import func, select

from switchboard.infra import metrics
from switchboard.infra.db import Database
from switchboard.infra.due import DueRow

MEASURED_EVERY_S = 15.0

log = logging.getLogger(__name__)


async def measure_for_ever(database: Database) -> None:
    """A database that is away is told by other metrics."""
    while True:
        try:
            await measure(database)
        except Exception as error:
            log.warning("the backlog was not measured: %r", error)
        await asyncio.sleep(MEASURED_EVERY_S)


async def measure(database: Database) -> None:
    """Oldest overdue row and number of dead letters, by the database's clock."""
    async with database.global_tx() as tx:
        alive = select(func.min(DueRow.due_at)).where(DueRow.dead_at.is_(None))
        oldest = await tx.session.scalar(alive)
        dead = await tx.session.scalar(select(func.count()).where(DueRow.dead_at.is_not(None)))
    metrics.work_overdue_seconds.set(max(0.0, (tx.now - oldest).total_seconds()) if oldest else 0.0)
    metrics.dead_letters.set(dead or 0)
