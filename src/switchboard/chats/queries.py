"""Reads of one chat. Every one starts from who asks: there is no way to get a chat by its id alone."""

from uuid import UUID

from sqlalchemy import func, select

from switchboard.chats.models import OPEN_STATUSES, Chat, Party
from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.protocol import Marks, Side


async def chat_of_visitor(tx: TenantTx, chat_id: UUID, visitor_id: UUID) -> Chat:
    """Raises NotFoundError."""
    chat = await tx.session.scalar(select(Chat).where(Chat.id == chat_id, Chat.customer_id == visitor_id))
    if chat is None:
        raise NotFoundError
    return chat


async def open_chat_of(tx: TenantTx, room_id: UUID, visitor_id: UUID) -> Chat | None:
    """The visitor's open chat that came in by this room, held until the transaction ends, so that it stays open until then."""
    entrance = func.coalesce(Chat.entrance_id, Chat.room_id)
    mine = (Chat.customer_id == visitor_id, entrance == room_id, Chat.status.in_(OPEN_STATUSES))
    return await tx.session.scalar(select(Chat).where(*mine).order_by(Chat.opened_at.desc()).limit(1).with_for_update())


async def visitor_party(tx: TenantTx, chat_id: UUID) -> Party:
    """The visitor's party of a chat that is known to be theirs."""
    return (await tx.session.scalars(select(Party).where(Party.chat_id == chat_id, Party.side == Side.VISITOR))).one()


async def party_of_agent(tx: TenantTx, chat_id: UUID, agent_id: UUID) -> Party:
    """Raises NotFoundError when the agent is not in this chat."""
    party = await tx.session.scalar(
        select(Party).where(Party.chat_id == chat_id, Party.agent_id == agent_id, Party.left_at.is_(None))
    )
    if party is None:
        raise NotFoundError
    return party


async def name_of_answerer(tx: TenantTx, chat: Chat) -> str:
    """Under which name the chat's agent answered."""
    wanted = select(Party.name).where(Party.chat_id == chat.id, Party.agent_id == chat.agent_id)
    return await tx.session.scalar(wanted) or "A colleague"


async def last_seq(tx: TenantTx, chat_id: UUID) -> int:
    """How far the log of a chat that is known to be theirs has grown."""
    return (await tx.session.scalars(select(Chat.last_seq).where(Chat.id == chat_id))).one()


async def marks(tx: TenantTx, chat_id: UUID) -> Marks:
    """Highest seq that each side has received and read."""
    wanted = select(Party.side, Party.delivered_seq, Party.read_seq).where(Party.chat_id == chat_id)
    delivered = dict.fromkeys(Side, 0)
    read = dict.fromkeys(Side, 0)
    for side, delivered_seq, read_seq in await tx.session.execute(wanted):
        delivered[side] = max(delivered[side], delivered_seq)
        read[side] = max(read[side], read_seq)
    return Marks(
        visitor_delivered=delivered[Side.VISITOR],
        visitor_read=read[Side.VISITOR],
        agent_delivered=delivered[Side.AGENT],
        agent_read=read[Side.AGENT],
    )
