"""What happens again and again: a due row per entry, so that of many workers one does it, and a missed time is made up for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from switchboard.infra import due
from switchboard.infra.db import Database, GlobalTx
from switchboard.infra.due import NO_TENANT, Due

KIND = "schedule"


@dataclass(frozen=True, slots=True)
class Regularly:
    """`action` is committed together with its next time."""

    name: str
    every: timedelta
    action: Callable[[GlobalTx], Awaitable[None]]

    @property
    def id(self) -> UUID:
        return uuid5(NO_TENANT, self.name)


async def enter(database: Database, schedule: Sequence[Regularly]) -> None:
    """Entries that the database does not know yet are due at once."""
    async with database.global_tx() as tx:
        for entry in schedule:
            await due.put(tx, KIND, entry.id)


async def perform(database: Database, schedule: Sequence[Regularly], claimed: Due) -> None:
    """Raises what the action raises. An entry of an older release is forgotten."""
    entry = next((entry for entry in schedule if entry.id == claimed.id), None)
    async with database.global_tx() as tx:
        if entry is None:
            await due.finish(tx, claimed)
            return
        await entry.action(tx)
        await due.again(tx, claimed, tx.now + entry.every)
