"""The chat's ordered log in Postgres (DESIGN 5). The only feature file with SQL functions and table statements."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import insert, select, update

from switchboard.chats.models import Chat, LogEntry, Party
from switchboard.chats.visibility import frame_of, visible_to
from switchboard.facts import LogGrew
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.protocol import Body, Entry, Erased, Side, Transferred
from switchboard.realtime.connection import encode
from switchboard.realtime.streams import Frames

PAGE = 200
PAGE_BYTES = 256 << 10
NOT_ERASED = ("answered", "ended", "transferred")

_GROWN = "select ord, last_seq from grown($1, $2, $3)"
_DESKS = "select ord, signature from desk_signatures($1)"

Pool = asyncpg.Pool  # of role `app`
Positions = list[tuple[UUID, UUID, int]]


async def append(tx: TenantTx, chat: Chat, party: Party, body: Body, *, cid: UUID | None = None) -> int:
    """The entry's seq. The last statement before commit in any action: it holds the chat's row, and with it the order."""
    grown = update(Chat).where(Chat.id == chat.id).values(last_seq=Chat.last_seq + 1).returning(Chat.last_seq)
    seq: int = (await tx.session.execute(grown)).scalar_one()
    await tx.session.execute(
        insert(LogEntry).values(
            tenant_id=tx.tenant_id,
            chat_id=chat.id,
            seq=seq,
            party_id=party.id,
            cid=cid or new_id(),
            body=msgspec.to_builtins(body),
            at=tx.now,
        )
    )
    tx.happened(LogGrew(tx.tenant_id, chat.id, seq))
    return seq


async def erase(tx: TenantTx, chats: list[UUID]) -> None:
    """Nothing of what was said is left; who answered and that it ended stays, and every entry keeps its seq."""
    said = (LogEntry.chat_id.in_(chats), LogEntry.body["kind"].astext.not_in(NOT_ERASED))
    await tx.session.execute(update(LogEntry).where(*said).values(body=msgspec.to_builtins(Erased())))


async def chat_with(tx: TenantTx, visitor_id: UUID, cid: UUID) -> UUID | None:
    """The chat in which this visitor's request has been stored before, open or ended."""
    mine = (LogEntry.tenant_id == Chat.tenant_id) & (LogEntry.chat_id == Chat.id)
    stored = select(Chat.id).join(LogEntry, mine).where(Chat.customer_id == visitor_id, LogEntry.cid == cid)
    return await tx.session.scalar(stored.limit(1))


async def page(tx: TenantTx, chat_id: UUID, after: int, reader: Side) -> tuple[list[Entry], bool]:
    """The next entries after this seq, as many as one frame should hold, and whether there are more."""
    found = await entries(tx, chat_id, after, reader)
    size = 0
    for place, entry in enumerate(found, 1):
        size += len(encode(entry))
        if size > PAGE_BYTES:
            return found[:place], place < len(found) or len(found) == PAGE
    return found, len(found) == PAGE


async def entries(tx: TenantTx, chat_id: UUID, after: int, reader: Side) -> list[Entry]:
    """The next PAGE entries after this seq, in order, as this side may read them."""
    return [visible_to(reader, entry) for entry, _ in await _entries(tx, chat_id, after)]


async def frames(tx: TenantTx, chat_id: UUID, after: int) -> Frames:
    """The same as frames for the stream, for both sides."""
    return [(entry.seq, frame_of(chat_id, entry, leaves)) for entry, leaves in await _entries(tx, chat_id, after)]


async def _entries(tx: TenantTx, chat_id: UUID, after: int) -> list[tuple[Entry, UUID | None]]:
    """As they were written; with each the party that left by it."""
    wanted = (
        select(LogEntry.seq, Party.side, Party.name, LogEntry.at, LogEntry.cid, LogEntry.body, LogEntry.party_id)
        .join(
            Party,
            (Party.tenant_id == LogEntry.tenant_id) & (Party.chat_id == LogEntry.chat_id) & (Party.id == LogEntry.party_id),
        )
        .where(LogEntry.chat_id == chat_id, LogEntry.seq > after)
        .order_by(LogEntry.seq)
        .limit(PAGE)
    )
    return [_entry(*row) for row in (await tx.session.execute(wanted))]


async def grown(pool: Pool, positions: Positions) -> Positions:
    """Those of `positions` (sorted by tenant) whose chat has gone further, with how far."""
    tenants, chats, seen = zip(*positions, strict=True)
    found = await pool.fetch(_GROWN, tenants, chats, seen)
    return [(tenants[place - 1], chats[place - 1], seq) for place, seq in found]


async def desk_signatures(pool: Pool, tenants: list[UUID]) -> list[tuple[UUID, str]]:
    """One word per tenant that changes whenever its desk does."""
    return [(tenants[place - 1], signature) for place, signature in await pool.fetch(_DESKS, tenants)]


def _entry(
    seq: int, side: Side, name: str, at: Any, cid: UUID, stored: dict[str, Any], party: UUID
) -> tuple[Entry, UUID | None]:
    body = msgspec.convert(stored, Body)
    entry = Entry(seq=seq, sender=side, name=name, at=at, cid=cid, body=body)
    return entry, party if isinstance(body, Transferred) else None
