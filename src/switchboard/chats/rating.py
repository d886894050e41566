"""How a chat was, said by its visitor: at any time after somebody answered, and until they open another chat."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from switchboard.chats.models import Chat, ChatRating
from switchboard.chats.queries import chat_of_visitor, visitor_party
from switchboard.chats.texts import checked
from switchboard.customers.actions import hold
from switchboard.errors import ConflictError
from switchboard.facts import DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.protocol import LONGEST_COMMENT, MOST_STARS, ChatStatus, Code, Rate, Rating

ANSWERED = (ChatStatus.ACTIVE, ChatStatus.CLOSED)
NOT_YET = "Somebody has to answer before you can say how it was."
TOO_LATE = "You have opened another chat since; how that one was, you can say at its end."


def checked_rating(wanted: Rate) -> tuple[int, str | None]:
    """Stars and comment. Raises ConflictError for other stars than there are, RefusedTextError for the comment."""
    if not 1 <= wanted.stars <= MOST_STARS:
        raise ConflictError(f"Choose 1 to {MOST_STARS} stars.", code=Code.NOT_ALLOWED)
    comment = (wanted.comment or "").strip()
    return wanted.stars, checked(comment, LONGEST_COMMENT) if comment else None


async def rate(tx: TenantTx, visitor_id: UUID, wanted: Rate) -> Rating:
    """What stands from now on. Raises NotFoundError, ConflictError (nobody answered; too late), RefusedTextError."""
    stars, comment = checked_rating(wanted)
    await hold(tx, visitor_id)
    chat = await chat_of_visitor(tx, wanted.chat, visitor_id)
    if chat.status not in ANSWERED:
        raise ConflictError(NOT_YET, code=Code.NOT_ALLOWED)
    if await _has_opened_another(tx, chat):
        raise ConflictError(TOO_LATE, code=Code.CLOSED)
    party = await visitor_party(tx, chat.id)
    said = {"party_id": party.id, "stars": stars, "comment": comment, "rated_at": tx.now}
    row = insert(ChatRating).values(tenant_id=tx.tenant_id, chat_id=chat.id, **said)
    await tx.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "chat_id"], set_=said))
    tx.happened(DeskChanged(tx.tenant_id))
    return Rating(stars=stars, comment=comment, at=tx.now)


def as_rating(stored: ChatRating | None) -> Rating | None:
    """As it goes over the wire."""
    return Rating(stars=stored.stars, comment=stored.comment, at=stored.rated_at) if stored else None


async def _has_opened_another(tx: TenantTx, chat: Chat) -> bool:
    later = (Chat.customer_id == chat.customer_id, Chat.opened_at > chat.opened_at)
    return await tx.session.scalar(select(Chat.id).where(*later).limit(1)) is not None
