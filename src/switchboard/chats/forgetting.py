"""End and forget me: what a customer wrote goes, that a chat was and who served it stays (docs/decisions/0012)."""

from uuid import UUID

from sqlalchemy import delete, select, update

from switchboard.chats import log
from switchboard.chats.actions import end_by_visitor
from switchboard.chats.lifecycle import IllegalMoveError
from switchboard.chats.models import OPEN_STATUSES, Chat, ChatRating, ChatTag, Party
from switchboard.customers.actions import FORGOTTEN, forget_customer, hold
from switchboard.facts import ChatWasErased, DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.protocol import Side


async def forget(tx: TenantTx, visitor_id: UUID) -> None:
    """Ends what is open and erases everything that the visitor's chats say. May be called again."""
    await hold(tx, visitor_id)
    await _end_open_chats(tx, visitor_id)
    chats = list(
        await tx.session.scalars(select(Chat.id).where(Chat.customer_id == visitor_id).with_for_update(key_share=True))
    )
    await _erase(tx, chats)
    await forget_customer(tx, visitor_id)
    tx.happened(DeskChanged(tx.tenant_id))
    for chat in chats:
        tx.happened(ChatWasErased(tx.tenant_id, chat))


async def _end_open_chats(tx: TenantTx, visitor_id: UUID) -> None:
    mine = (Chat.customer_id == visitor_id, Chat.status.in_(OPEN_STATUSES))
    for chat in list(await tx.session.scalars(select(Chat.id).where(*mine))):
        try:
            await end_by_visitor(tx, visitor_id, chat)
        except IllegalMoveError:
            continue  # the agent was faster


async def _erase(tx: TenantTx, chats: list[UUID]) -> None:
    erased = {"name": FORGOTTEN, "question": ""} | dict.fromkeys(("page", "page_title", "referrer", "user_agent"))
    await tx.session.execute(update(Chat).where(Chat.id.in_(chats)).values(erased))
    theirs = (Party.chat_id.in_(chats), Party.side == Side.VISITOR)
    await tx.session.execute(update(Party).where(*theirs).values(name=FORGOTTEN))
    await tx.session.execute(update(ChatRating).where(ChatRating.chat_id.in_(chats)).values(comment=None))
    await tx.session.execute(delete(ChatTag).where(ChatTag.chat_id.in_(chats)))
    await log.erase(tx, chats)
