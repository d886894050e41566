"""Reads of canned texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from switchboard.canned_texts.models import CannedText
from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.plans.terms import Unlimited


@dataclass(frozen=True, slots=True)
class Kept:
    """A canned text, and whether the plan has place for it: what is over the limit is kept and paused (SPEC 2)."""

    id: UUID
    agent_id: UUID | None
    shortcut: str
    text: str
    is_paused: bool


async def all_kept(tx: TenantTx, limit: int | Unlimited) -> list[Kept]:
    """Of the whole tenant, by shortcut. The oldest have their place in the plan first."""
    rows = await tx.session.scalars(select(CannedText).order_by(CannedText.created_at, CannedText.id))
    kept = [
        Kept(row.id, row.agent_id, row.shortcut, row.text, not isinstance(limit, Unlimited) and place >= limit)
        for place, row in enumerate(rows)
    ]
    return sorted(kept, key=lambda one: one.shortcut)


def usable(kept: Sequence[Kept], agent_id: UUID) -> list[Kept]:
    """What this agent may insert: everybody's and their own, which hides everybody's of the same shortcut."""
    by_shortcut = {one.shortcut: one for one in kept if one.agent_id is None and not one.is_paused}
    by_shortcut |= {one.shortcut: one for one in kept if one.agent_id == agent_id and not one.is_paused}
    return sorted(by_shortcut.values(), key=lambda one: one.shortcut)


async def shown_to(tx: TenantTx, text_id: UUID, agent_id: UUID) -> CannedText:
    """Everybody's, or this agent's own. Raises NotFoundError."""
    theirs = or_(CannedText.agent_id.is_(None), CannedText.agent_id == agent_id)
    found = await tx.session.scalar(select(CannedText).where(CannedText.id == text_id, theirs))
    if found is None:
        raise NotFoundError
    return found
