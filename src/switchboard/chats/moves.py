"""What moves of a chat have in common: the compare-and-swap of its status, and who sits down in it or gets up."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from switchboard.accounts.models import Agent
from switchboard.chats.lifecycle import Move, after, before
from switchboard.chats.models import Chat, Party
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.protocol import Side


async def moved(tx: TenantTx, chat_id: UUID, move: Move, *also: ColumnElement[bool], **values: Any) -> Chat | None:
    """The chat in its new status, or None when its status, or what must `also` hold, does not allow the move (any more)."""
    target = {after(status, move) for status in before(move)}
    swap = (
        update(Chat)
        .where(Chat.id == chat_id, Chat.status.in_(before(move)), *also)
        .values(status=target.pop(), since=tx.now, **values)
        .returning(Chat)
    )
    return await tx.session.scalar(swap, execution_options={"synchronize_session": False, "populate_existing": True})


async def sit_down(tx: TenantTx, chat: Chat, agent: Agent) -> Party:
    """The agent's party; the one they had, if they were in this chat before: a party is per chat and agent."""
    mine = (Party.chat_id == chat.id, Party.agent_id == agent.id)
    await tx.session.execute(update(Party).where(*mine).values(left_at=None, name=agent.name))
    party = await tx.session.scalar(select(Party).where(*mine), execution_options={"populate_existing": True})
    if party is None:
        party = new_party(chat, Side.AGENT, agent.name, agent.id)
        tx.session.add(party)
        await tx.session.flush()
    return party


async def get_up(tx: TenantTx, party: Party) -> None:
    """From now on what the party says is refused, and the chat is not there for it."""
    mine = (Party.chat_id == party.chat_id, Party.id == party.id)
    await tx.session.execute(update(Party).where(*mine).values(left_at=tx.now))


def new_party(chat: Chat, side: Side, name: str, agent_id: UUID | None = None) -> Party:
    """Somebody who sits down, not stored yet."""
    return Party(
        chat_id=chat.id,
        id=new_id(),
        side=side,
        agent_id=agent_id,
        name=name,
        left_at=None,
        delivered_seq=0,
        read_seq=0,
    )
