"""Snapshot + events = new snapshot, for the inbox as an agent's device builds it."""

import asyncio
import random
from datetime import UTC, datetime
from unittest.mock import AsyncMock
from uuid import UUID

import msgspec
import pytest

from switchboard.chats.inbox import InboxView
from switchboard.protocol import AgentState, Card, ChatStatus, Event, Inbox, InboxChange, InboxRoom, Teammate
from switchboard.realtime.connection import Connection
from switchboard.realtime.views import Topic, View, Views, pause_after
from tests.cast import a_cid
from tests.until import comes_true

CHATS = [a_cid() for _ in range(6)]
AGENTS = [a_cid() for _ in range(3)]


def a_view(chance: random.Random) -> InboxView:
    cards = {chat: a_card(chat, chance) for chat in chance.sample(CHATS, chance.randrange(len(CHATS)))}
    rooms = [InboxRoom(room=room, name="GENERAL", agents=chance.sample(AGENTS, 2)) for room in CHATS[: chance.randrange(3)]]
    return InboxView(cards, {agent: a_teammate(agent, chance) for agent in AGENTS}, rooms)


def a_card(chat, chance: random.Random) -> Card:
    return Card(
        chat=chat,
        room="GENERAL",
        status=chance.choice(list(ChatStatus)),
        name="Vera",
        question="?",
        page=None,
        since=datetime(2026, 1, 1, tzinfo=UTC),
        agent=chance.choice([None, *AGENTS]),
        agent_name=None,
        transferred_by=chance.choice([None, "Ben"]),
    )


def a_teammate(agent, chance: random.Random) -> Teammate:
    return Teammate(agent=agent, name="Ben", state=chance.choice(list(AgentState)), used=chance.randrange(3), capacity=4)


def applied(inbox: Inbox, change: InboxChange) -> Inbox:
    """The rule of protocol.InboxChange, as any client follows it."""
    assert (change.epoch, change.offset) == (inbox.epoch, inbox.offset + 1)
    cards = {card.chat: card for card in inbox.cards if card.chat not in change.gone}
    cards |= {card.chat: card for card in change.cards}
    team = {mate.agent: mate for mate in inbox.team} | {mate.agent: mate for mate in change.team}
    rooms = inbox.rooms if change.rooms is None else change.rooms
    return Inbox(epoch=change.epoch, offset=change.offset, cards=list(cards.values()), team=list(team.values()), rooms=rooms)


def in_order(inbox: Inbox) -> tuple[object, ...]:
    return (sorted(map(repr, inbox.cards)), sorted(map(repr, inbox.team)), inbox.rooms, inbox.offset)


@pytest.mark.parametrize("seed", range(40))
def test_a_snapshot_and_its_changes_are_the_new_snapshot(seed: int) -> None:
    chance = random.Random(seed)
    view = a_view(chance)
    inbox = decoded(view.snapshot("epoch", 0))
    for offset in range(1, 6):
        before, view = view, a_view(chance)
        inbox = applied(inbox, decoded(view.change(before, "epoch", offset)))
        assert in_order(inbox) == in_order(decoded(view.snapshot("epoch", offset)))


def decoded(frame: bytes):
    return msgspec.json.decode(frame, type=Event)


def test_a_desk_rests_longer_the_longer_it_takes_and_never_beyond_100_ms() -> None:
    assert [pause_after(took) for took in (0, 0.005, 0.02, 0.05, 3)] == [0, 0.02, 0.08, 0.1, 0.1]


async def test_after_quiet_a_desk_is_read_at_once_and_what_changes_meanwhile_together() -> None:
    tenant, reads, gate = a_cid(), 0, asyncio.Event()

    class Nothing:
        def view(self, topic: Topic) -> View:
            raise KeyError(topic)

    async def read(_tenant: UUID) -> Nothing:
        nonlocal reads
        reads += 1
        await gate.wait()
        return Nothing()

    views = Views(read)
    gate.set()
    await views.subscribe(tenant, (), Connection(AsyncMock(), AsyncMock()))
    gate.clear()
    views.stir(tenant)
    await asyncio.sleep(0)  # no pause before the first
    assert reads == 2
    for _ in range(50):
        views.stir(tenant)
    gate.set()
    await comes_true(lambda: views._tenants[tenant].refreshing is None)
    assert reads == 3
