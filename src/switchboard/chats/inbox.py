"""What each topic of a desk shows, as a snapshot and as the change from one to the next. Pure."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.protocol import Card, ChatStatus, Current, Inbox, InboxChange, InboxRoom, Status, Teammate
from switchboard.realtime.connection import encode


@dataclass(frozen=True, slots=True)
class InboxView:
    """An agent's inbox: cards by chat, the team by agent, the rooms to which a chat can be transferred."""

    cards: dict[UUID, Card]
    team: dict[UUID, Teammate]
    rooms: list[InboxRoom]

    def snapshot(self, epoch: str, offset: int) -> bytes:
        cards, team = list(self.cards.values()), list(self.team.values())
        return encode(Inbox(epoch=epoch, offset=offset, cards=cards, team=team, rooms=self.rooms))

    def change(self, before: "InboxView", epoch: str, offset: int) -> bytes:
        return encode(
            InboxChange(
                epoch=epoch,
                offset=offset,
                cards=[card for chat, card in self.cards.items() if before.cards.get(chat) != card],
                gone=[chat for chat in before.cards if chat not in self.cards],
                team=[mate for agent, mate in self.team.items() if before.team.get(agent) != mate],
                rooms=self.rooms if self.rooms != before.rooms else None,
            )
        )


@dataclass(frozen=True, slots=True)
class StatusView:
    """Who can answer in a room."""

    agents: tuple[str, ...]

    def snapshot(self, epoch: str, offset: int) -> bytes:
        return encode(Status(online=bool(self.agents), agents=list(self.agents)))

    def change(self, before: "StatusView", epoch: str, offset: int) -> bytes:
        return self.snapshot(epoch, offset)


@dataclass(frozen=True, slots=True)
class CurrentView:
    """A visitor's open chat in a room."""

    chat: UUID | None
    status: ChatStatus | None

    def snapshot(self, epoch: str, offset: int) -> bytes:
        return encode(Current(chat=self.chat, status=self.status))

    def change(self, before: "CurrentView", epoch: str, offset: int) -> bytes:
        return self.snapshot(epoch, offset)
