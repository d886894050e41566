"""The desk of a tenant: open chats and who can answer them, as each inbox, room and visitor sees it (DESIGN 5)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from switchboard.accounts.models import Agent
from switchboard.chats.inbox import CurrentView, InboxView, StatusView
from switchboard.chats.models import OPEN_STATUSES, Chat, ChatRating
from switchboard.chats.rating import as_rating
from switchboard.chats.tags import tags_of
from switchboard.infra.db import TenantTx
from switchboard.presence.queries import presences, state
from switchboard.protocol import AgentState, Card, ChatStatus, InboxRoom, Teammate
from switchboard.realtime.views import Topic, View
from switchboard.rooms.models import Assignment
from switchboard.rooms.queries import room_names, rooms_in_order

ENDED_STAYS = timedelta(minutes=30)
MOST_OPEN = 500
MOST_ENDED = 200
LONGEST_EXCERPT = 300
CAN_ANSWER = frozenset({AgentState.ONLINE, AgentState.IN_CHAT})


@dataclass(frozen=True, slots=True)
class Desk:
    """`serves`: which rooms an agent is assigned to; `current`: open chat by (visitor, room by which they came in).

    `rooms`: those that take chats.
    """

    cards: dict[UUID, Card]
    room_of: dict[UUID, UUID]
    current: dict[tuple[UUID, UUID], Card]
    team: dict[UUID, Teammate]
    serves: dict[UUID, frozenset[UUID]]
    rooms: list[InboxRoom]

    def view(self, topic: Topic) -> View:
        """Topics: ("inbox", agent) · ("status", room) · ("current", visitor, room)."""
        match topic:
            case ("inbox", UUID() as agent):
                return self._inbox(agent)
            case ("status", UUID() as room):
                return self._status(room)
            case ("current", UUID() as visitor, UUID() as room):
                card = self.current.get((visitor, room))
                return CurrentView(card.chat, card.status) if card else NO_CHAT
            case _:
                raise KeyError(topic)

    def _inbox(self, agent: UUID) -> InboxView:
        rooms = self.serves.get(agent, frozenset())
        mate = self.team.get(agent)
        rings = mate is not None and mate.state is AgentState.ONLINE
        cards = {
            chat: card
            for chat, card in self.cards.items()
            if self.room_of[chat] in rooms and _is_shown(card, agent, rings=rings)
        }
        return InboxView(cards, self.team, self.rooms)

    def _status(self, room: UUID) -> StatusView:
        """Of a room that is paused, nobody can answer."""
        agents = [agent for each in self.rooms if each.room == room for agent in each.agents]
        return StatusView(tuple(mate.name for mate in self.team.values() if mate.state in CAN_ANSWER and mate.agent in agents))


NO_CHAT = CurrentView(None, None)


def _is_shown(card: Card, agent: UUID, *, rings: bool) -> bool:
    """A waiting chat rings at the eligible only; what others do is seen, what they did is not."""
    if card.status is ChatStatus.WAITING:
        return rings
    return card.status is ChatStatus.ACTIVE or card.agent == agent


async def read_desk(tx: TenantTx) -> Desk:
    """The longest open chats, and those that ended in the last half hour, so that an agent finds them after a reload."""
    chats = await _chats(tx)
    ratings = await _ratings(tx, chats)
    # After the chats: whoever has answered one by now is among them.
    agents = {agent.id: agent for agent in await tx.session.scalars(select(Agent).order_by(Agent.name))}
    rooms = await rooms_in_order(tx)
    serves = await _serves(tx)
    tags = await tags_of(tx, [chat.id for chat in chats])
    names = await room_names(tx, {chat.room_id for chat in chats})
    cards = {chat.id: _card(chat, names, agents, tags.get(chat.id, []), ratings.get(chat.id)) for chat in chats}
    return Desk(
        cards=cards,
        room_of={chat.id: chat.room_id for chat in chats},
        current={
            (chat.customer_id, chat.entrance_id or chat.room_id): cards[chat.id]
            for chat in chats
            if chat.status in OPEN_STATUSES
        },
        team=await _team(tx, agents),
        serves=serves,
        rooms=[
            InboxRoom(room=room.id, name=room.name, agents=[agent for agent in agents if room.id in serves.get(agent, ())])
            for room in rooms
            if room.paused_by is None
        ],
    )


async def _chats(tx: TenantTx) -> list[Chat]:
    running = await tx.session.scalars(
        select(Chat).where(Chat.status.in_(OPEN_STATUSES)).order_by(Chat.opened_at).limit(MOST_OPEN)
    )
    lately = select(Chat).where(
        or_(Chat.status == ChatStatus.CLOSED, Chat.status == ChatStatus.ABANDONED),
        Chat.agent_id.is_not(None),
        Chat.since > tx.now - ENDED_STAYS,
    )
    ended = await tx.session.scalars(lately.order_by(Chat.since.desc()).limit(MOST_ENDED))
    return [*running, *ended]


async def _ratings(tx: TenantTx, chats: list[Chat]) -> dict[UUID, ChatRating]:
    """Of those that are over: while a chat runs, its agent is not shown how it is going."""
    over = [chat.id for chat in chats if chat.status not in OPEN_STATUSES]
    if not over:
        return {}
    found = await tx.session.scalars(select(ChatRating).where(ChatRating.chat_id.in_(over)))
    return {rating.chat_id: rating for rating in found}


async def _team(tx: TenantTx, agents: dict[UUID, Agent]) -> dict[UUID, Teammate]:
    present = await presences(tx)
    return {
        agent.id: Teammate(
            agent=agent.id,
            name=agent.name,
            state=state(present[agent.id], tx.now),
            used=present[agent.id].used,
            capacity=present[agent.id].capacity,
        )
        for agent in agents.values()
        if agent.id in present
    }


async def _serves(tx: TenantTx) -> dict[UUID, frozenset[UUID]]:
    rooms: dict[UUID, set[UUID]] = {}
    for agent, room in await tx.session.execute(select(Assignment.agent_id, Assignment.room_id)):
        rooms.setdefault(agent, set()).add(room)
    return {agent: frozenset(served) for agent, served in rooms.items()}


def _card(chat: Chat, rooms: dict[UUID, str], agents: dict[UUID, Agent], tags: list[str], rating: ChatRating | None) -> Card:
    return Card(
        chat=chat.id,
        room=rooms[chat.room_id],
        status=chat.status,
        name=chat.name,
        question=_excerpt(chat.question),
        page=_excerpt(chat.page) if chat.page else None,
        page_title=chat.page_title,
        since=chat.since,
        agent=chat.agent_id,
        agent_name=agents[chat.agent_id].name if chat.agent_id else None,
        transferred_by=agents[chat.transferred_by].name if chat.transferred_by else None,
        tags=tags,
        rating=as_rating(rating),
    )


def _excerpt(text: str) -> str:
    """Snapshots hold hundreds of cards; the thread has the whole."""
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"
