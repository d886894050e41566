"""Everything that features tell each other has happened. Actions collect facts in their TenantTx; `wiring.py` says who listens.

Told after COMMIT only. A fact carries ids, never what people wrote.
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
