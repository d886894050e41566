"""Everything that features tell each other has happened. Actions collect facts in their TenantTx; `wiring/` says who listens.

Listeners *within* act in the same transaction, *after* through the outbox as a job, *live* ones wake sockets after COMMIT.
A fact carries ids, never what people wrote.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in one tenant."""

    tenant: UUID


@dataclass(frozen=True, slots=True)
class DeskChanged(Fact):
    """A chat was opened, answered or ended, or an agent's availability or slots changed."""


@dataclass(frozen=True, slots=True)
class LogGrew(Fact):
    """The chat's log has an entry at `seq`."""

    chat: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class ChatWasErased(Fact):
    """The customer wanted to be forgotten: what was said in this chat is gone, and what other features keep of it must go."""

    chat: UUID


@dataclass(frozen=True, slots=True)
class VisitorForgotten(Fact):
    """Nothing leads to this visitor any more."""

    visitor: UUID


@dataclass(frozen=True, slots=True)
class RoomGoes(Fact):
    """This room is about to be deleted. Who still needs it says so by raising ConflictError."""

    room: UUID


@dataclass(frozen=True, slots=True)
class TenantFounded(Fact):
    """A business signed up or was applied from a file; `owner` is the id of its first agent."""

    owner: UUID
