"""What a web process is made of, which routes it has, and what wakes its sockets."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from switchboard.accounts.routes.account import AccountController
from switchboard.accounts.routes.reset import ResetController
from switchboard.accounts.routes.sign_in import SignInController
from switchboard.accounts.routes.sign_up import SignUpController
from switchboard.accounts.session_watch import watch_sessions
from switchboard.billing.routes import BillingController
from switchboard.canned_texts.routes import CannedTextsController
from switchboard.chats import log, queries
from switchboard.chats.conversation import Switch
from switchboard.chats.desk import read_desk
from switchboard.chats.group_commit import GroupCommit
from switchboard.chats.marks import MarkBuffer
from switchboard.chats.panel import PanelController
from switchboard.chats.routes import ChatsController
from switchboard.customers.routes import CustomersController
from switchboard.facts import ChatWasErased, DeskChanged, Fact, LogGrew, VisitorForgotten
from switchboard.files.actions import attach
from switchboard.files.routes import FilesController
from switchboard.files.uploads import Uploads
from switchboard.gateways.storage import Storage
from switchboard.infra import metrics
from switchboard.infra.bus import Bus
from switchboard.infra.bus_postgres import PostgresLink
from switchboard.infra.bus_valkey import ValkeyLink
from switchboard.infra.db import Database
from switchboard.infra.health import HealthController, Readiness
from switchboard.infra.rate_limits import RateLimits
from switchboard.presence.leases import LeaseKeeper
from switchboard.protocol import FileState, Marked
from switchboard.realtime.connection import encode
from switchboard.realtime.hub import Hub
from switchboard.realtime.streams import Frames
from switchboard.realtime.views import Desk
from switchboard.rooms.console import RoomsConsoleController
from switchboard.rooms.room_console import RoomConsoleController
from switchboard.rooms.routes import RoomsController
from switchboard.rooms.words import WordsController
from switchboard.settings import Settings
from switchboard.wiring.listeners import listening_database

CONTROLLERS = [
    *(SignInController, SignUpController, ResetController, AccountController),
    BillingController,
    CannedTextsController,
    ChatsController,
    CustomersController,
    FilesController,
    HealthController,
    PanelController,
    RoomsConsoleController,
    RoomConsoleController,
    RoomsController,
    WordsController,
]
LOG_CONNECTIONS = 4  # messages, marks, the comparison, leases
SLOWEST_APPEND_S = 5.0


class DatabaseSources:
    """What the hub reads, from the features that own it."""

    def __init__(self, database: Database, pool: log.Pool) -> None:
        self._database = database
        self._pool = pool

    async def read_after(self, tenant_id: UUID, chat_id: UUID, seq: int) -> Frames:
        async with self._database.tenant_tx(tenant_id, "system:hub") as tx:
            return await log.frames(tx, chat_id, seq)

    async def read_desk(self, tenant_id: UUID) -> Desk:
        # One moment: between two, a chat that is being answered rings nowhere and is nobody's.
        async with self._database.tenant_tx(tenant_id, "system:hub", isolation="REPEATABLE READ") as tx:
            return await read_desk(tx)

    async def read_marks(self, tenant_id: UUID, chat_id: UUID) -> bytes:
        async with self._database.tenant_tx(tenant_id, "system:hub") as tx:
            return encode(Marked(chat=chat_id, marks=await queries.marks(tx, chat_id)))

    async def grown(self, positions: log.Positions) -> log.Positions:
        return await log.grown(self._pool, positions)

    async def desk_signatures(self, tenants: list[UUID]) -> list[tuple[UUID, str]]:
        return await log.desk_signatures(self._pool, tenants)


@dataclass(frozen=True, slots=True)
class Web:
    """The parts of a running web process."""

    database: Database
    bus: Bus
    readiness: Readiness
    limits: RateLimits
    hub: Hub
    leases: LeaseKeeper
    switch: Switch
    storage: Storage
    uploads: Uploads


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Web]:
    """Starts everything a web process needs; stops it in the opposite order, storing what waits."""
    dsn = settings.as_app
    database = listening_database(dsn)
    # The pool's reset is one more round trip each time, and the functions called through it leave no state behind.
    pool = await asyncpg.create_pool(
        dsn, min_size=1, max_size=LOG_CONNECTIONS, reset=_leave_as_it_is, command_timeout=SLOWEST_APPEND_S
    )
    bus = open_bus(settings)
    hub = Hub(DatabaseSources(database, pool), bus)
    switch = Switch(database, hub, GroupCommit(pool), MarkBuffer(pool, hub.marks_rose), attach)
    limits, storage = RateLimits(database, settings), Storage(settings.files_url, settings.files_dir)
    first_state = FileState.HELD if settings.virus_scanner else FileState.READY
    uploads = Uploads(database, storage, limits, first_state=first_state)
    leases = LeaseKeeper(database, pool)
    web = Web(database, bus, Readiness(database, bus), limits, hub, leases, switch, storage, uploads)
    database.listeners.append(lambda facts: _tell(hub, facts))
    metrics.look_at(hub.connections, lambda: switch.group_commit.pending, database.connections_in_use)
    await hub.start()
    tasks = [
        asyncio.create_task(metrics.measure_lag_for_ever()),
        asyncio.create_task(web.leases.renew_for_ever()),
        asyncio.create_task(watch_sessions(database, hub)),
    ]
    try:
        yield web
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        uploads.workshop.close()
        await switch.group_commit.close()
        await switch.marks.close()
        await hub.close()
        await pool.close()
        await database.engine.dispose()


def open_bus(settings: Settings) -> Bus:
    """Valkey where it is named, else the database."""
    return Bus(ValkeyLink(settings.valkey_url) if settings.valkey_url else PostgresLink(settings.as_app))


def _tell(hub: Hub, facts: list[Fact]) -> None:
    for fact in facts:
        match fact:
            case DeskChanged():
                hub.desk_changed(fact.tenant)
            case LogGrew():
                hub.log_grew(fact.tenant, fact.chat, fact.seq)
            case ChatWasErased():
                hub.chat_erased(fact.tenant, fact.chat)
            case VisitorForgotten():
                hub.visitor_forgotten(fact.visitor)
            case _:
                pass


async def _leave_as_it_is(_connection: object) -> None:
    return None
