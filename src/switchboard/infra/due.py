"""Work that is due: ids only, of all tenants, written in the transaction that it is about (DESIGN 4.6).

A row stands until the work itself is committed. A claim pushes it into the future by a lease and commits: who dies holding one
loses nothing, the row becomes due again. So every kind of work must bear to run twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Index, delete, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.infra.tables import GlobalTable

NO_TENANT = UUID(int=0)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=6)


class DueRow(GlobalTable):
    """`attempts` counts claims; `error` names a class or a code, never what somebody wrote. Dead rows wait for a person."""

    __tablename__ = "due"
    __table_args__ = (
        Index("ix_due_alive", "kind", "due_at", postgresql_where=text("dead_at is null")),
        {"postgresql_with": {"fillfactor": 70}},
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    since: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    dead_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed row. `tenant_id` is None for work outside any tenant; `attempts` includes this one."""

    kind: str
    tenant_id: UUID | None
    id: UUID
    since: datetime
    attempts: int

    @property
    def key(self) -> tuple[str, UUID, UUID]:
        return (self.kind, self.tenant_id or NO_TENANT, self.id)


async def put(tx: TenantTx | GlobalTx, kind: str, id: UUID, at: datetime | None = None) -> None:
    """Due `at`, or at once. What is due already stays as it is."""
    row = insert(DueRow).values(
        kind=kind, tenant_id=_tenant_of(tx), id=id, due_at=at or tx.now, since=tx.now, attempts=0, error=None, dead_at=None
    )
    await tx.session.execute(row.on_conflict_do_nothing())


async def hasten(tx: TenantTx, kind: str, id: UUID) -> None:
    """Due at once, also when it was due later."""
    await put(tx, kind, id)
    mine = (DueRow.kind == kind, DueRow.tenant_id == tx.tenant_id, DueRow.id == id)
    await tx.session.execute(update(DueRow).where(*mine, DueRow.due_at > tx.now).values(due_at=tx.now))


async def finish(tx: TenantTx | GlobalTx, due: Due) -> None:
    """Done, in the transaction of its effect."""
    await tx.session.execute(delete(DueRow).where(_is(due)))


async def claim(tx: GlobalTx, kinds: Collection[str], lease: timedelta, limit: int) -> list[Due]:
    """What is due now, oldest first, hidden from other claimers for `lease`."""
    wanted = (
        select(DueRow.kind, DueRow.tenant_id, DueRow.id)
        .where(DueRow.kind.in_(kinds), DueRow.due_at <= tx.now, DueRow.dead_at.is_(None))
        .order_by(DueRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(DueRow)
        .where(tuple_(DueRow.kind, DueRow.tenant_id, DueRow.id).in_(wanted))
        .values(due_at=tx.now + lease, attempts=DueRow.attempts + 1)
        .returning(DueRow.kind, DueRow.tenant_id, DueRow.id, DueRow.since, DueRow.attempts)
    )
    rows = await tx.session.execute(claimed, execution_options={"synchronize_session": False})
    return [
        Due(kind, None if tenant == NO_TENANT else tenant, row_id, since, attempts)
        for kind, tenant, row_id, since, attempts in rows
    ]


async def renew(tx: GlobalTx, due: Due, lease: timedelta) -> bool:
    """False when somebody else has claimed it since, or it is done."""
    mine = update(DueRow).where(_is(due), DueRow.attempts == due.attempts, DueRow.dead_at.is_(None))
    return await tx.session.scalar(mine.values(due_at=tx.now + lease).returning(DueRow.id)) is not None


async def again(tx: GlobalTx, due: Due, at: datetime) -> None:
    """Done for this time."""
    await tx.session.execute(update(DueRow).where(_is(due)).values(due_at=at, since=tx.now, attempts=0, error=None))


async def put_off(tx: GlobalTx, due: Due, error: str, at: datetime) -> None:
    """It failed and is tried again at `at`."""
    await tx.session.execute(update(DueRow).where(_is(due)).values(due_at=at, error=error))


async def give_up(tx: GlobalTx, due: Due, error: str) -> None:
    """A dead letter: it stays, is listed, and waits for `revive`."""
    await tx.session.execute(update(DueRow).where(_is(due)).values(dead_at=tx.now, error=error))


async def revive(tx: GlobalTx, ids: Collection[UUID]) -> list[UUID]:
    """Dead letters with these ids are tried again at once, with the full number of attempts. Returns those that were dead."""
    alive = update(DueRow).where(DueRow.id.in_(ids), DueRow.dead_at.is_not(None))
    alive = alive.values(dead_at=None, due_at=tx.now, since=tx.now, attempts=0)
    return list(await tx.session.scalars(alive.returning(DueRow.id), execution_options={"synchronize_session": False}))


async def dead(tx: GlobalTx) -> list[DueRow]:
    """Dead letters, the oldest first."""
    return list(await tx.session.scalars(select(DueRow).where(DueRow.dead_at.is_not(None)).order_by(DueRow.dead_at)))


async def alive(tx: GlobalTx) -> list[DueRow]:
    """What waits, the next one first."""
    return list(await tx.session.scalars(select(DueRow).where(DueRow.dead_at.is_(None)).order_by(DueRow.due_at).limit(1000)))


def pause_after(attempts: int) -> timedelta:
    """10 s after the first failure, doubling, at most 6 h."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def _is(due: Due) -> ColumnElement[bool]:
    return tuple_(DueRow.kind, DueRow.tenant_id, DueRow.id) == due.key


def _tenant_of(tx: TenantTx | GlobalTx) -> UUID:
    return tx.tenant_id if isinstance(tx, TenantTx) else NO_TENANT
