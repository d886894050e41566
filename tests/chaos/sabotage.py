"""A web process without one of its protections, for controls: python -m tests.chaos.sabotage WHAT …

The product has no switch for any of this: it is taken out of the running program here, and only here.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from switchboard.chats import group_commit
from switchboard.chats.conversation import Conversation, Seat
from switchboard.chats.group_commit import GroupCommit, Row, Stored
from switchboard.chats.visibility import frame_of
from switchboard.cli import commands
from switchboard.protocol import Ack, Entry, Say
from switchboard.realtime import connection
from switchboard.realtime.connection import Connection
from switchboard.realtime.hub import Hub


def ack_before_commit() -> None:
    """The ack goes out when the message is taken; where it stands nobody knows yet (seq 0)."""
    honest = Conversation._say

    async def say(self: Conversation, connection: Connection, command: Say) -> None:
        waiting = honest(self, connection, command)
        if waiting is not None:
            await waiting
        connection.tell(Ack(cid=command.cid, chat=command.chat, seq=0, at=datetime.now(UTC)))

    def stored(self: Conversation, connection: Connection, command: Say, seat: Seat, stored: Stored) -> None:
        entry = Entry(seq=stored.seq, sender=seat.side, name=seat.name, at=stored.at, cid=command.cid, body=command.body)
        self._switch.hub.log_grew(self._peer.tenant, command.chat, stored.seq, frame_of(command.chat, entry), None)

    Conversation._say = say
    Conversation._stored = stored


def no_comparison() -> None:
    """The hub never asks the database whether it has missed something."""

    async def nothing(self: Hub) -> None:
        return None

    Hub._compare = nothing


def deaf() -> None:
    """Every wake-up of the bus is lost."""

    def ignore(self: Hub, wakes: Any) -> None:
        return None

    Hub._on_wakes = ignore


def boundless_queue() -> None:
    """A reader that takes nothing is never closed."""
    connection.MOST_FRAMES = sys.maxsize
    connection.MOST_BYTES = sys.maxsize


def small_writer() -> None:
    """Stores 4 messages in 10 ms and holds 40: twice too much for it is little for the test's own process."""
    group_commit.LARGEST_BATCH = 4
    group_commit.MOST_WAITING = 40
    flush = GroupCommit._flush

    async def flush_slowly(self: GroupCommit, batch: list[Row]) -> list[Row]:
        await asyncio.sleep(0.01)
        return await flush(self, batch)

    GroupCommit._flush = flush_slowly


KINDS: list[Callable[[], None]] = [ack_before_commit, no_comparison, deaf, boundless_queue, small_writer]


def main() -> None:
    by_name = {kind.__name__: kind for kind in KINDS}
    for name in sys.argv[1:]:
        by_name[name]()
    commands(["web"])


if __name__ == "__main__":
    main()
