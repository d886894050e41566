"""Live typing: what stands in one side's composer, passed on to the other side for a moment. Never stored, never logged."""

import time
from collections import deque
from collections.abc import Callable
from uuid import UUID

from switchboard.errors import NotFoundError
from switchboard.protocol import LONGEST_PREVIEW, Compose, Side, Typing
from switchboard.realtime.connection import Connection, encode
from switchboard.realtime.hub import Hub

# Our pages say two; on a bad line they arrive in bunches, and the last word must not be the one that is dropped.
MOST_PER_SECOND = 4
ELLIPSIS = "…"
OTHER = {Side.VISITOR: Side.AGENT, Side.AGENT: Side.VISITOR}


def shown_of(sender: Side, text: str) -> str:
    """What the other side may see: agents the end of what a visitor writes, visitors only that somebody writes."""
    if not text.strip():
        return ""
    return text[-LONGEST_PREVIEW:] if sender is Side.VISITOR else ELLIPSIS


class Typist:
    """One socket's typing. What comes too fast is dropped, not queued: the next word says it better."""

    def __init__(self, hub: Hub, connection: Connection, tenant: UUID, clock: Callable[[], float] = time.monotonic) -> None:
        self._hub = hub
        self._connection = connection
        self._tenant = tenant
        self._clock = clock
        self._passed: dict[UUID, deque[float]] = {}

    def composes(self, _connection: Connection, command: Compose) -> None:
        """In a chat that this socket follows: a place in its stream ends when the party leaves. Raises NotFoundError."""
        side = self._hub.streams.side_of((self._tenant, command.chat), self._connection)
        if side is None:
            raise NotFoundError
        if self._may_pass(command.chat):
            frame = encode(Typing(chat=command.chat, sender=side, text=shown_of(side, command.text)))
            self._hub.pass_on(self._tenant, command.chat, OTHER[side], frame)

    def _may_pass(self, chat: UUID) -> bool:
        passed = self._passed.setdefault(chat, deque(maxlen=MOST_PER_SECOND))
        now = self._clock()
        if len(passed) == MOST_PER_SECOND and now - passed[0] < 1.0:
            return False
        passed.append(now)
        return True
