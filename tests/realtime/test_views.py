"""Snapshot + events = new snapshot, for the inbox as an agent's device builds it."""

import random
from datetime import UTC, datetime

import msgspec
import pytest

from switchboard.chats.inbox import InboxView
from switchboard.protocol import AgentState, Card, ChatStatus, Event, Inbox, InboxChange, Teammate
from tests.cast import a_cid

CHATS = [a_cid() for _ in range(6)]
AGENTS = [a_cid() for _ in range(3)]


def a_view(chance: random.Random) -> InboxView:
    cards = {chat: a_card(chat, chance) for chat in chance.sample(CHATS, chance.randrange(len(CHATS)))}
    return InboxView(cards, {agent: a_teammate(agent, chance) for agent in AGENTS})


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
    )


def a_teammate(agent, chance: random.Random) -> Teammate:
    return Teammate(agent=agent, name="Ben", state=chance.choice(list(AgentState)), used=chance.randrange(3), capacity=4)


def applied(inbox: Inbox, change: InboxChange) -> Inbox:
    """The rule of protocol.InboxChange, as any client follows it."""
    assert (change.epoch, change.offset) == (inbox.epoch, inbox.offset + 1)
    cards = {card.chat: card for card in inbox.cards if card.chat not in change.gone}
    cards |= {card.chat: card for card in change.cards}
    team = {mate.agent: mate for mate in inbox.team} | {mate.agent: mate for mate in change.team}
    return Inbox(epoch=change.epoch, offset=change.offset, cards=list(cards.values()), team=list(team.values()))


def in_order(inbox: Inbox) -> tuple[object, ...]:
    return (sorted(map(repr, inbox.cards)), sorted(map(repr, inbox.team)), inbox.offset)


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
