"""What both sides of a chat may send: say, resume, mark, look. One object per connection."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import msgspec

from switchboard.chats import log, queries
from switchboard.chats.group_commit import GroupCommit, Row, Stored
from switchboard.chats.marks import MarkBuffer
from switchboard.chats.models import Party
from switchboard.chats.texts import checked, why_refused
from switchboard.chats.typing import Typist
from switchboard.chats.visibility import frame_of
from switchboard.errors import ConflictError
from switchboard.infra.db import Database, TenantTx
from switchboard.protocol import (
    Ack,
    Code,
    Compose,
    Entries,
    Entry,
    Look,
    Mark,
    Note,
    Resume,
    Say,
    SentFile,
    Side,
)
from switchboard.realtime.connection import Connection
from switchboard.realtime.hub import Hub
from switchboard.realtime.socket import Handlers, refuse

# One socket must not fill the list that all tenants share; a person never gets here.
MOST_UNSETTLED = 64
NOT_YOURS_TO_NOTE = "Notes are written by agents. Send it as a message."


@dataclass(frozen=True, slots=True)
class Switch:
    """What every connection of this process works with."""

    database: Database
    hub: Hub
    group_commit: GroupCommit
    marks: MarkBuffer
    attach: "Attach"


class Attach(Protocol):
    """`files/actions.py`: what is stored of a file, for the message that it is sent with."""

    async def __call__(self, tx: TenantTx, /, *, chat: UUID, party: UUID, cid: UUID, file: UUID) -> SentFile:
        """Raises NotFoundError for a file that this party may not send into this chat, ConflictError."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """The peer's party in a chat, found when it subscribed."""

    party: UUID
    side: Side
    name: str


class Peer(Protocol):
    """Who is at the other end; decides which chats exist for them."""

    @property
    def tenant(self) -> UUID: ...
    @property
    def actor(self) -> str: ...
    @property
    def side(self) -> Side: ...

    async def party(self, tx: TenantTx, chat_id: UUID) -> Party:
        """Raises NotFoundError for a chat that is not theirs."""
        ...


class Conversation:
    """Commands that both sides share."""

    def __init__(self, switch: Switch, connection: Connection, peer: Peer) -> None:
        self._switch = switch
        self._connection = connection
        self._peer = peer
        self._seats: dict[UUID, Seat] = {}
        self._typist = Typist(switch.hub, connection, peer.tenant)

    def shared_handlers(self) -> Handlers:
        return {
            Say: self._say,
            Resume: self._resume,
            Mark: self._mark,
            Look: self._look,
            Compose: self._typist.composes,
        }

    async def _resume(self, connection: Connection, command: Resume) -> None:
        """Subscribe first, then read, then go on with what came meanwhile: no gap."""
        key, streams = (self._peer.tenant, command.chat), self._switch.hub.streams
        try:
            async with self._switch.database.tenant_tx(self._peer.tenant, self._peer.actor) as tx:
                party = await self._peer.party(tx, command.chat)
                streams.subscribe(key, connection, party.id, party.side)
                # Not beyond the log: the stream would wait there, for everybody, until the log has grown so far.
                after = min(max(0, command.after), await queries.last_seq(tx, command.chat))
                entries, more = await log.page(tx, command.chat, after, party.side)
                marks = await queries.marks(tx, command.chat)
        except Exception:
            streams.unsubscribe(key, connection)
            raise
        self._seats[command.chat] = Seat(party.id, party.side, party.name)
        connection.tell(Entries(chat=command.chat, entries=entries, more=more, marks=marks))
        if more:
            streams.unsubscribe(key, connection)
        else:
            streams.release(key, connection, entries[-1].seq if entries else after)

    async def _seat(self, chat: UUID) -> Seat:
        async with self._switch.database.tenant_tx(self._peer.tenant, self._peer.actor) as tx:
            party = await self._peer.party(tx, chat)
        return self._seats.setdefault(chat, Seat(party.id, party.side, party.name))

    def _say(self, connection: Connection, command: Say) -> Awaitable[None] | None:
        """Returns before the message is stored; the ack follows its COMMIT. Waits for files and unknown seats only."""
        if isinstance(command.body, SentFile):
            return self._say_file(connection, command, command.body.file)
        checked(command.body.text)
        if isinstance(command.body, Note) and self._peer.side is not Side.AGENT:
            raise ConflictError(NOT_YOURS_TO_NOTE, code=Code.NOT_ALLOWED)
        seat = self._seats.get(command.chat)
        if seat is None:
            return self._say_once_seated(connection, command)
        return self._append(connection, command, seat)

    async def _say_once_seated(self, connection: Connection, command: Say) -> None:
        self._append(connection, command, await self._seat(command.chat))

    async def _say_file(self, connection: Connection, command: Say, file: UUID) -> None:
        seat = self._seats.get(command.chat) or await self._seat(command.chat)
        async with self._switch.database.tenant_tx(self._peer.tenant, self._peer.actor) as tx:
            stored = await self._switch.attach(tx, chat=command.chat, party=seat.party, cid=command.cid, file=file)
        # Of what the client said of it nothing is kept.
        self._append(connection, msgspec.structs.replace(command, body=stored), seat)

    def _append(self, connection: Connection, command: Say, seat: Seat) -> None:
        def settle(result: Stored | Code) -> None:
            if isinstance(result, Stored):
                self._stored(connection, command, seat, result)
            else:
                refuse(connection, command, result, why_refused(result))
            connection.settled()

        body = msgspec.json.encode(command.body).decode()
        row = Row(self._peer.tenant, command.chat, seat.party, command.cid, body, settle)
        may_add = connection.unsettled < MOST_UNSETTLED and not connection.is_leaving
        if may_add and self._switch.group_commit.add(row):
            connection.unsettled += 1
        else:
            refuse(connection, command, Code.FULL, why_refused(Code.FULL))

    def _stored(self, connection: Connection, command: Say, seat: Seat, stored: Stored) -> None:
        connection.tell(Ack(cid=command.cid, chat=command.chat, seq=stored.seq, at=stored.at))
        entry = Entry(seq=stored.seq, sender=seat.side, name=seat.name, at=stored.at, cid=command.cid, body=command.body)
        self._switch.hub.log_grew(self._peer.tenant, command.chat, stored.seq, frame_of(command.chat, entry), connection)

    async def _mark(self, connection: Connection, command: Mark) -> None:
        # Who has left the chat has no place in its stream any more; the database then says that it is not theirs.
        follows = self._switch.hub.streams.side_of((self._peer.tenant, command.chat), connection) is not None
        seat = (self._seats.get(command.chat) if follows else None) or await self._seat(command.chat)
        self._switch.marks.add(self._peer.tenant, command.chat, seat.party, _seq(command.delivered), _seq(command.read))

    def _look(self, connection: Connection, command: Look) -> None:
        self._switch.hub.views.look(connection)


def _seq(claimed: int) -> int:
    """Within the column's range: one number beyond it would fail the marks of everybody in the batch."""
    return min(max(0, claimed), 2**31 - 1)
