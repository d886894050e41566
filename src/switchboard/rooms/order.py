"""The order of a tenant's rooms, and which of them a plan has place for. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from switchboard.rooms.models import PausedBy


class Step(StrEnum):
    """Which way a room moves."""

    UP = "up"
    DOWN = "down"


def moved(rooms: Sequence[UUID], room: UUID, step: Step) -> list[UUID]:
    """The new order. The first, which is GENERAL, stays the first; at the ends a step changes nothing."""
    order = list(rooms)
    here = order.index(room)
    there = here - 1 if step is Step.UP else here + 1
    if 0 < there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def paused_by(now: str | None, *, has_place: bool) -> str | None:
    """Who keeps the room from new chats after its place or the plan has changed. What its people paused stays paused."""
    if has_place:
        return None if now == PausedBy.PLAN else now
    return now or PausedBy.PLAN
