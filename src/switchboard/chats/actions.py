"""Verbs of chats: open, answer, end. Each is one transaction; the log's append is its last statement (DESIGN 5)."""

from uuid import UUID

from sqlalchemy import func, or_, select

from switchboard.accounts.models import Agent
from switchboard.chats import log
from switchboard.chats.lifecycle import IllegalMoveError, Move, after
from switchboard.chats.models import OPEN_STATUSES, Chat, Party
from switchboard.chats.moves import moved, new_party, sit_down
from switchboard.chats.queries import (
    chat_of_visitor,
    name_of_answerer,
    open_chat_of,
    party_of_agent,
    visitor_party,
)
from switchboard.customers.actions import remember
from switchboard.errors import ConflictError, NotFoundError
from switchboard.facts import DeskChanged, RoomGoes
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.presence.actions import free_slot, take_slot
from switchboard.presence.queries import anyone_connected
from switchboard.protocol import Answered, ChatStatus, Code, Ended, Open, Side, Text
from switchboard.rooms.queries import agents_of, open_room_until_commit, rooms_of

NOBODY = "Nobody is here right now. Your text is kept; send it when somebody is back."


async def open_chat(tx: TenantTx, room_id: UUID, visitor_id: UUID, wanted: Open, user_agent: str | None = None) -> UUID:
    """The chat's id; the same again for the same cid. Raises ConflictError(NOBODY_ONLINE).

    A visitor has one open chat per room: what a second tab asks goes into it.
    """
    # First of all: it holds the customer's row, so that two tabs asking at once come one after the other.
    await remember(tx, visitor_id, wanted.name)
    known = await log.chat_with(tx, visitor_id, wanted.cid)
    if known is not None:
        return known
    if (running := await open_chat_of(tx, room_id, visitor_id)) is not None:
        visitor = await visitor_party(tx, running.id)
        await log.append(tx, running, visitor, Text(text=wanted.question), cid=wanted.cid)
        return running.id
    if await open_room_until_commit(tx, room_id) is None or not await anyone_connected(tx, await agents_of(tx, room_id)):
        raise ConflictError(NOBODY, code=Code.NOBODY_ONLINE)
    chat = _new_chat(tx, room_id, visitor_id, wanted, user_agent)
    visitor = new_party(chat, Side.VISITOR, wanted.name)
    tx.session.add_all([chat, visitor])
    await tx.session.flush()
    tx.happened(DeskChanged(tx.tenant_id))
    await log.append(tx, chat, visitor, Text(text=wanted.question), cid=wanted.cid)
    return chat.id


async def answer(tx: TenantTx, agent: Agent, chat_id: UUID) -> None:
    """The first agent wins. Raises NotFoundError, or ConflictError: taken (says by whom), ended, or no slot free."""
    chat = await moved(tx, chat_id, Move.ANSWER, agent_id=agent.id)
    if chat is None:
        await _explain_lost_answer(tx, agent, chat_id)
        return
    if chat.room_id not in await rooms_of(tx, agent.id):
        raise NotFoundError
    await take_slot(tx, agent.id)
    party = await sit_down(tx, chat, agent)
    tx.happened(DeskChanged(tx.tenant_id))
    await log.append(tx, chat, party, Answered())


async def end_by_agent(tx: TenantTx, agent_id: UUID, chat_id: UUID) -> None:
    """The agent ends their active chat. Raises NotFoundError, IllegalMoveError when it has ended already."""
    party = await party_of_agent(tx, chat_id, agent_id)
    await _end(tx, chat_id, party, Move.END)


async def end_by_visitor(tx: TenantTx, visitor_id: UUID, chat_id: UUID) -> None:
    """The visitor ends their active chat or leaves a waiting one. Raises NotFoundError, IllegalMoveError."""
    await chat_of_visitor(tx, chat_id, visitor_id)
    party = await visitor_party(tx, chat_id)
    await _end(tx, chat_id, party, Move.CANCEL, Move.END)


async def _end(tx: TenantTx, chat_id: UUID, party: Party, *moves: Move) -> None:
    """By the first of these moves that the chat's status allows: it may be answered while it is being left."""
    for move in moves:
        if (chat := await moved(tx, chat_id, move)) is not None:
            break
    else:
        raise IllegalMoveError
    if chat.agent_id is not None:
        await free_slot(tx, chat.agent_id)
    tx.happened(DeskChanged(tx.tenant_id))
    await log.append(tx, chat, party, Ended())


async def _explain_lost_answer(tx: TenantTx, agent: Agent, chat_id: UUID) -> None:
    """Answering again what one has answered is fine; otherwise say who was faster."""
    chat = await tx.session.scalar(select(Chat).where(Chat.id == chat_id))
    if chat is None or chat.room_id not in await rooms_of(tx, agent.id):
        raise NotFoundError
    if chat.agent_id == agent.id and chat.status is ChatStatus.ACTIVE:
        return
    if chat.status is ChatStatus.ACTIVE:
        name = await name_of_answerer(tx, chat)
        raise ConflictError(f"{name} already took this chat.", code=Code.ALREADY_TAKEN)
    after(chat.status, Move.ANSWER)


async def keep_room_of_open_chats(tx: TenantTx, goes: RoomGoes) -> None:
    """A room is not deleted under people's feet. Raises ConflictError that says what to do."""
    here = or_(Chat.room_id == goes.room, Chat.entrance_id == goes.room)
    count = await tx.session.scalar(select(func.count()).select_from(Chat).where(here, Chat.status.in_(OPEN_STATUSES))) or 0
    if count:
        chats = "A chat is" if count == 1 else f"{count} chats are"
        raise ConflictError(f"{chats} open in this room. Pause it, and delete it when they have ended.", code="room_in_use")


def _new_chat(tx: TenantTx, room_id: UUID, visitor_id: UUID, wanted: Open, user_agent: str | None) -> Chat:
    return Chat(
        id=new_id(),
        room_id=room_id,
        customer_id=visitor_id,
        cid=wanted.cid,
        status=ChatStatus.WAITING,
        since=tx.now,
        opened_at=tx.now,
        name=wanted.name,
        question=wanted.question,
        page=wanted.page,
        page_title=wanted.page_title,
        referrer=wanted.referrer,
        user_agent=user_agent,
        agent_id=None,
        entrance_id=None,
        transferred_by=None,
        last_seq=0,
    )
