"""Verbs of canned texts: keep, rewrite, remove."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from switchboard.accounts.access import AtConsole
from switchboard.canned_texts.models import CannedText
from switchboard.canned_texts.queries import shown_to
from switchboard.canned_texts.wording import CannedTextError, checked_shortcut, checked_text
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.tenancy.entitlements import entitlements_until_commit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed."""

    shortcut: str
    text: str


async def keep(tx: TenantTx, price_list: PriceList, wanted: Wanted, agent_id: UUID | None) -> UUID:
    """A new text, this agent's own or (None) everybody's. Raises CannedTextError, PlanNeededError."""
    may = await entitlements_until_commit(tx, price_list)
    may.require_another(Limit.CANNED_TEXTS, await _count(tx))
    kept = CannedText(
        id=new_id(),
        agent_id=agent_id,
        shortcut=await _free_shortcut(tx, wanted, agent_id),
        text=checked_text(wanted.text),
        created_at=tx.now,
    )
    tx.session.add(kept)
    await tx.session.flush()
    return kept.id


async def rewrite(tx: TenantTx, price_list: PriceList, here: AtConsole, text_id: UUID, wanted: Wanted) -> None:
    """Raises NotFoundError for another agent's own, NotAllowedError for everybody's, CannedTextError."""
    await entitlements_until_commit(tx, price_list)  # holds the tenant: no shortcut is taken twice
    kept = await changeable(tx, here, text_id)
    kept.shortcut = await _free_shortcut(tx, wanted, kept.agent_id, text_id)
    kept.text = checked_text(wanted.text)
    await tx.session.flush()


async def remove(tx: TenantTx, here: AtConsole, text_id: UUID) -> None:
    """For good. Raises NotFoundError, NotAllowedError."""
    await tx.session.delete(await changeable(tx, here, text_id))
    await tx.session.flush()


async def changeable(tx: TenantTx, here: AtConsole, text_id: UUID) -> CannedText:
    """One's own; everybody's for the owner and admins. Raises NotFoundError, NotAllowedError."""
    kept = await shown_to(tx, text_id, here.agent_id)
    if kept.agent_id is None:
        here.require_configuring()
    return kept


async def _count(tx: TenantTx) -> int:
    return await tx.session.scalar(select(func.count()).select_from(CannedText)) or 0


async def _free_shortcut(tx: TenantTx, wanted: Wanted, agent_id: UUID | None, but: UUID | None = None) -> str:
    shortcut = checked_shortcut(wanted.shortcut)
    same = select(CannedText.id).where(CannedText.shortcut == shortcut, CannedText.agent_id.is_not_distinct_from(agent_id))
    if await tx.session.scalar(same) not in (None, but):
        raise CannedTextError("shortcut", f"There is already a text under /{shortcut}. Choose another shortcut.")
    return shortcut
