"""Giving an active chat away: to a colleague, who has it at once, or to a room, where it rings ahead of those who wait.

There are no offers yet (docs/decisions/0003): an agent who is ONLINE with a free slot is asked for no consent (0013).
"""

from uuid import UUID

from sqlalchemy import func

from switchboard.accounts.models import Agent
from switchboard.accounts.queries import agent as agent_by_id
from switchboard.chats import log
from switchboard.chats.lifecycle import IllegalMoveError, Move
from switchboard.chats.models import Chat, Party
from switchboard.chats.moves import get_up, moved, sit_down
from switchboard.chats.queries import party_of_agent
from switchboard.chats.texts import checked
from switchboard.errors import ConflictError
from switchboard.facts import DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.presence.actions import free_slot, hand_slot
from switchboard.presence.queries import anyone_connected
from switchboard.protocol import Code, Note, Transferred
from switchboard.rooms.queries import agents_of, open_room_until_commit
from switchboard.rooms.queries import room as room_by_id

HAS_ENDED = "This chat has ended meanwhile, so there is nothing to give away."
TO_ONESELF = "You have this chat already. Choose a colleague or a room."
NOT_OF_THE_ROOM = "{name} does not answer in {room}. Choose somebody who does, or another room."
PAUSED = "{room} is paused and takes no chats. Choose another room or a colleague."
NOBODY_THERE = "Nobody else in {room} is ONLINE right now, so the chat stays with you. Choose another room or a colleague."


async def transfer_to_agent(tx: TenantTx, agent: Agent, chat_id: UUID, to: UUID, note: str | None) -> None:
    """Raises NotFoundError, IllegalMoveError when it has ended, ConflictError: who is to have it cannot take it now."""
    party = await party_of_agent(tx, chat_id, agent.id)
    taker = await agent_by_id(tx, to)
    if taker.id == agent.id:
        raise ConflictError(TO_ONESELF, code=Code.NOT_ALLOWED)
    chat = await moved(tx, chat_id, Move.HAND_OVER, Chat.agent_id == agent.id, agent_id=to, transferred_by=agent.id)
    if chat is None:
        raise IllegalMoveError(HAS_ENDED)
    room = await room_by_id(tx, chat.room_id)
    if taker.id not in await agents_of(tx, room.id):
        raise ConflictError(NOT_OF_THE_ROOM.format(name=taker.name, room=room.name), code=Code.NOT_ALLOWED)
    await hand_slot(tx, giver=agent.id, taker=taker.id, name=taker.name)
    await sit_down(tx, chat, taker)
    await _give_away(tx, chat, party, Transferred(room=room.name, agent=taker.name), note)


async def transfer_to_room(tx: TenantTx, agent: Agent, chat_id: UUID, to: UUID, note: str | None) -> None:
    """Raises NotFoundError, IllegalMoveError when it has ended, ConflictError: it is paused, or rings at nobody."""
    party = await party_of_agent(tx, chat_id, agent.id)
    room = await room_by_id(tx, to)
    if await open_room_until_commit(tx, room.id) is None:
        raise ConflictError(PAUSED.format(room=room.name), code=Code.NOT_ALLOWED)
    if not await anyone_connected(tx, set(await agents_of(tx, room.id)) - {agent.id}):
        raise ConflictError(NOBODY_THERE.format(room=room.name), code=Code.NOBODY_ONLINE)
    chat = await moved(
        *(tx, chat_id, Move.RING_AGAIN, Chat.agent_id == agent.id),
        agent_id=None,
        transferred_by=agent.id,
        entrance_id=func.coalesce(Chat.entrance_id, Chat.room_id),
        room_id=room.id,
    )
    if chat is None:
        raise IllegalMoveError(HAS_ENDED)
    await free_slot(tx, agent.id)
    await _give_away(tx, chat, party, Transferred(room=room.name, agent=None), note)


async def _give_away(tx: TenantTx, chat: Chat, party: Party, transferred: Transferred, note: str | None) -> None:
    """The note comes first: with `transferred` the giver's sockets get their last frame."""
    await get_up(tx, party)
    tx.happened(DeskChanged(tx.tenant_id))
    if note is not None and note.strip():
        await log.append(tx, chat, party, Note(text=checked(note.strip())))
    await log.append(tx, chat, party, transferred)
