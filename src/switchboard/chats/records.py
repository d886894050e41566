"""What an agent who is in a chat may read about its customer: the record, and earlier chats (docs/decisions/0014)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_

from switchboard.accounts.device import device_of
from switchboard.accounts.models import Agent, Role
from switchboard.chats import log
from switchboard.chats.models import OPEN_STATUSES, Chat
from switchboard.chats.queries import party_of_agent
from switchboard.customers.models import Customer
from switchboard.errors import NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.protocol import CustomerRecord, EarlierChat, EarlierEntries, Side
from switchboard.rooms.queries import room_names, rooms_of

PAGE = 10
SEE_ALL = frozenset({Role.OWNER, Role.ADMIN, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Reader:
    """An agent who asks. Their role decides how far they see."""

    agent_id: UUID
    role: Role


async def customer_record(tx: TenantTx, reader: Reader, chat_id: UUID, before: UUID | None = None) -> CustomerRecord:
    """By a chat that the reader is in; `before`: the last earlier chat that they have. Raises NotFoundError."""
    chat = await _own_chat(tx, reader, chat_id)
    customer = (await tx.session.scalars(select(Customer).where(Customer.id == chat.customer_id))).one()
    readable = await _readable(tx, reader, chat)
    count = await tx.session.scalar(select(func.count()).select_from(readable.subquery())) or 0
    if before is not None:
        last = await _earlier(tx, reader, chat, before)
        readable = readable.where(tuple_(Chat.opened_at, Chat.id) < tuple_(last.opened_at, last.id))
    newest = readable.order_by(Chat.opened_at.desc(), Chat.id.desc()).limit(PAGE + 1)
    found = list(await tx.session.scalars(newest))
    return CustomerRecord(
        name=customer.name,
        first_seen=customer.created_at,
        chats=count + 1,
        earlier=await _as_shown(tx, found[:PAGE]),
        more=len(found) > PAGE,
        page=chat.page,
        referrer=chat.referrer,
        device=device_of(chat.user_agent) if chat.user_agent else None,
        user_agent=chat.user_agent,
    )


async def earlier_entries(tx: TenantTx, reader: Reader, chat_id: UUID, earlier_id: UUID, after: int) -> EarlierEntries:
    """The log of an earlier chat of the same customer, page by page. Raises NotFoundError."""
    earlier = await earlier_chat(tx, reader, chat_id, earlier_id)
    entries, more = await log.page(tx, earlier.id, after, Side.AGENT)
    return EarlierEntries(entries=entries, more=more)


async def earlier_chat(tx: TenantTx, reader: Reader, chat_id: UUID, earlier_id: UUID) -> Chat:
    """By a chat that the reader is in, of the same customer. Raises NotFoundError for what they may not read."""
    return await _earlier(tx, reader, await _own_chat(tx, reader, chat_id), earlier_id)


async def _own_chat(tx: TenantTx, reader: Reader, chat_id: UUID) -> Chat:
    await party_of_agent(tx, chat_id, reader.agent_id)
    return (await tx.session.scalars(select(Chat).where(Chat.id == chat_id))).one()


async def _earlier(tx: TenantTx, reader: Reader, chat: Chat, earlier_id: UUID) -> Chat:
    found = await tx.session.scalar((await _readable(tx, reader, chat)).where(Chat.id == earlier_id))
    if found is None:
        raise NotFoundError
    return found


async def _readable(tx: TenantTx, reader: Reader, chat: Chat) -> Select[Chat]:
    """Ended chats of this customer from before `chat`: one's own and those of rooms one serves; supervisors and above: all."""
    earlier = select(Chat).where(
        Chat.customer_id == chat.customer_id,
        Chat.opened_at < chat.opened_at,
        Chat.status.not_in(OPEN_STATUSES),
    )
    if reader.role in SEE_ALL:
        return earlier
    return earlier.where(or_(Chat.agent_id == reader.agent_id, Chat.room_id.in_(await rooms_of(tx, reader.agent_id))))


async def _as_shown(tx: TenantTx, chats: list[Chat]) -> list[EarlierChat]:
    agent_ids = {chat.agent_id for chat in chats if chat.agent_id}
    agents = dict((await tx.session.execute(select(Agent.id, Agent.name).where(Agent.id.in_(agent_ids)))).all())
    rooms = await room_names(tx, {chat.room_id for chat in chats})
    return [
        EarlierChat(
            chat=chat.id,
            at=chat.opened_at,
            room=rooms[chat.room_id],
            agent=agents.get(chat.agent_id) if chat.agent_id else None,
            question=chat.question[:200],
        )
        for chat in chats
    ]
