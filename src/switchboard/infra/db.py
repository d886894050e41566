"""Transactions: `Database.tenant_tx` for one tenant's rows, `Database.global_tx` for the closed list of global tables.

Two locks keep tenants apart (DESIGN 4.3): criteria on every ORM statement (here) and row-level security (migrations).
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.pool import QueuePool

from switchboard.facts import Fact
from switchboard.infra.tables import TenantScoped
from switchboard.infra.trace import acts

# The transaction's start on the database's clock; clock_timestamp() would move while we work.
_BEGIN_TENANT = text("select set_config('app.tenant_id', :tenant, true), now()")
_NOW = text("select now()")
# The task, not a flag: tasks started inside a TenantTx inherit its context and would be refused for ever.
_open_in: ContextVar["asyncio.Task[Any] | None"] = ContextVar("tenant_tx_open_in", default=None)

Isolation = Literal["READ COMMITTED", "REPEATABLE READ"]
Listener = Callable[[list[Fact]], None]
Within = Callable[["TenantTx", Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class TenantTx:
    """First argument of every action. Committed by `Database.tenant_tx`, never by an action; savepoints are allowed.

    `actor` names who acts, as `kind:id`; `now` is the transaction's start on the database's clock (UTC).
    """

    session: AsyncSession
    tenant_id: UUID
    actor: str
    now: datetime
    facts: list[Fact] = field(default_factory=list[Fact])

    def happened(self, fact: Fact) -> None:
        """Listeners within hear of it before COMMIT, the others after."""
        self.facts.append(fact)


@dataclass(frozen=True, slots=True)
class GlobalTx:
    """A transaction without tenant: any statement on a tenant table fails."""

    session: AsyncSession
    now: datetime


class TenantSession(Session):
    """The session behind a TenantTx; a class of its own so that the events below touch no other session."""


class Database:
    """The pool of role `app`. By type of fact, `within` act in the same transaction; `listeners` hear of what was committed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.listeners: list[Listener] = []
        self.within: dict[type[Fact], list[Within]] = {}
        self._tenant = async_sessionmaker(engine, sync_session_class=TenantSession, expire_on_commit=False)
        self._global = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def tenant_tx(
        self, tenant_id: UUID, actor: str, *, now: datetime | None = None, isolation: Isolation = "READ COMMITTED"
    ) -> AsyncGenerator[TenantTx]:
        """Commits on success, rolls back on any exception, then tells the listeners. `now` is for tests.

        Who reads in several statements what must fit together takes REPEATABLE READ: all of them see one moment.
        Raises RuntimeError when this task has one open already: a second one takes a second connection and can starve the pool.
        """
        if _open_in.get() is asyncio.current_task():
            raise RuntimeError("a TenantTx is open in this task: pass it on")
        acts(tenant_id, actor)
        token = _open_in.set(asyncio.current_task())
        try:
            async with self._tenant(info={"tenant_id": tenant_id}) as session, session.begin():
                if isolation != "READ COMMITTED":
                    await session.connection(execution_options={"isolation_level": isolation})
                began = (await session.execute(_BEGIN_TENANT, {"tenant": str(tenant_id)}, execution_options=CORE)).one()
                tx = TenantTx(session, tenant_id, actor, now or began[1])
                yield tx
                await self._act_within(tx)
        finally:
            _open_in.reset(token)
        self.tell(tx.facts)

    @asynccontextmanager
    async def global_tx(self, *, now: datetime | None = None) -> AsyncGenerator[GlobalTx]:
        """For users, sessions and tenants. Commits on success, rolls back on any exception."""
        async with self._global() as session, session.begin():
            yield GlobalTx(session, now or (await session.execute(_NOW)).scalar_one())

    async def _act_within(self, tx: TenantTx) -> None:
        """A listener may add facts of its own: the list grows while it is walked."""
        for fact in tx.facts:
            for act in self.within.get(type(fact), ()):
                await act(tx, fact)

    def connections_in_use(self) -> int:
        """Of the pool, now."""
        return self.engine.pool.checkedout() if isinstance(self.engine.pool, QueuePool) else 0

    def tell(self, facts: list[Fact]) -> None:
        """Called after COMMIT."""
        if facts:
            for listener in self.listeners:
                listener(facts)


CORE = {"core": True}
POOL_SIZE = 10
# A call that hangs, after a fail-over without a word, must not hold its caller for ever.
SLOWEST_STATEMENT_S = 10.0


def open_database(dsn: str) -> Database:
    """The pool of role `app`."""
    url = dialect_url(dsn)
    # Parameters are what people wrote: they must not stand in a log.
    engine = create_async_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_timeout=5,
        # The connection that was used last knows the plans; in turn each would have to remember them all.
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"command_timeout": SLOWEST_STATEMENT_S},
    )
    return Database(engine)


def dialect_url(dsn: str) -> URL:
    """The same address for SQLAlchemy, which hands the query to asyncpg, where `sslmode` is called `ssl`."""
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    if "sslmode" not in url.query:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": str(url.query["sslmode"])})


@event.listens_for(TenantSession, "do_orm_execute")
def _only_own_rows(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    if not state.is_orm_statement:
        if not state.execution_options.get("core"):
            raise RuntimeError("text() and bare tables bypass the tenant criteria: use entities")
        return
    if state.is_select or state.is_update or state.is_delete:
        tenant_id = state.session.info["tenant_id"]
        # SQLAlchemy tracks the closure variable per call; the lambda itself is compiled once.
        criteria = with_loader_criteria(TenantScoped, lambda cls: cls.tenant_id == tenant_id, include_aliases=True)
        state.statement = state.statement.options(criteria)


@event.listens_for(TenantSession, "before_flush")
def _stamp(session: Session, _context: object, _instances: object) -> None:
    tenant_id = session.info["tenant_id"]
    for entity in session.new:
        if isinstance(entity, TenantScoped) and getattr(entity, "tenant_id", None) is None:
            entity.tenant_id = tenant_id
    for entity in (*session.new, *session.dirty, *session.deleted):
        if isinstance(entity, TenantScoped) and entity.tenant_id != tenant_id:
            raise RuntimeError(f"{type(entity).__name__} of another tenant")
