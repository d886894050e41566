"""A visitor's chats, for the device that had them. What was said is read with `resume`."""

from uuid import UUID

from sqlalchemy import and_, select

from switchboard.chats.models import Chat, ChatRating, Party
from switchboard.chats.rating import as_rating
from switchboard.infra.db import TenantTx
from switchboard.protocol import PastChat
from switchboard.rooms.models import Room

MOST_CHATS = 50


async def past_chats(tx: TenantTx, visitor_id: UUID) -> list[PastChat]:
    """The newest MOST_CHATS, open ones among them."""
    answered = and_(
        Party.tenant_id == Chat.tenant_id,
        Party.chat_id == Chat.id,
        Party.agent_id == Chat.agent_id,
    )
    rated = and_(ChatRating.tenant_id == Chat.tenant_id, ChatRating.chat_id == Chat.id)
    wanted = (
        select(Chat, Room.name, Party.name, ChatRating)
        .join(Room, and_(Room.tenant_id == Chat.tenant_id, Room.id == Chat.room_id))
        .outerjoin(Party, answered)
        .outerjoin(ChatRating, rated)
        .where(Chat.customer_id == visitor_id)
        .order_by(Chat.opened_at.desc(), Chat.id.desc())
        .limit(MOST_CHATS)
    )
    return [_past(*row) for row in await tx.session.execute(wanted)]


def _past(chat: Chat, room: str, agent_name: str | None, rating: ChatRating | None) -> PastChat:
    return PastChat(
        chat=chat.id,
        room=room,
        status=chat.status,
        opened_at=chat.opened_at,
        since=chat.since,
        question=chat.question,
        agent_name=agent_name,
        rating=as_rating(rating),
    )
