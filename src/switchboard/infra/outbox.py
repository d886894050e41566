"""Jobs that an action hands over in its own transaction: nothing leaves before commit (DESIGN 4.7).

A job is named as the action it calls, and runs in a TenantTx of its own: its effect and its end are one commit.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.facts import Fact
from switchboard.infra import due
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.due import Due
from switchboard.infra.ids import new_id
from switchboard.infra.tables import Table, TenantOwned

KIND = "job"


class OutboxEntry(TenantOwned, Table):
    """A job that has not been done. `arguments` are ids."""

    __tablename__ = "outbox"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    job: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """What runs when a fact of this type has been committed. `action` must bear to be called again after a failure."""

    fact: type[Fact]
    action: Callable[[TenantTx, Any], Awaitable[None]]


async def hand_over(tx: TenantTx, job: str, fact: Fact) -> None:
    """The job runs after COMMIT, and until it has succeeded."""
    entry = OutboxEntry(id=new_id(), job=job, arguments=msgspec.to_builtins(fact), created_at=tx.now)
    tx.session.add(entry)
    await due.put(tx, KIND, entry.id)


async def perform(database: Database, jobs: Mapping[str, Job], claimed: Due) -> None:
    """Runs the job, unless it is done or running elsewhere. Raises what the action raises; then nothing has happened."""
    if claimed.tenant_id is None:
        raise TypeError("a job belongs to a tenant")
    async with database.tenant_tx(claimed.tenant_id, "system:jobs") as tx:
        mine = select(OutboxEntry).where(OutboxEntry.id == claimed.id).with_for_update(skip_locked=True)
        entry = await tx.session.scalar(mine)
        if entry is None:
            return
        job = jobs[entry.job]
        await job.action(tx, msgspec.convert(entry.arguments, job.fact))
        await tx.session.execute(delete(OutboxEntry).where(OutboxEntry.id == entry.id))
        await due.finish(tx, claimed)
