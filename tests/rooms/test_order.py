"""Where rooms stand, and which of them a plan has place for."""

from uuid import UUID

import pytest

from switchboard.rooms.models import PausedBy
from switchboard.rooms.order import Step, moved, paused_by

GENERAL, SALES, REPAIRS = ROOMS = [UUID(int=number) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("room", "step", "order"),
    [
        (SALES, Step.DOWN, [GENERAL, REPAIRS, SALES]),
        (REPAIRS, Step.UP, [GENERAL, REPAIRS, SALES]),
        (REPAIRS, Step.DOWN, ROOMS),
        (SALES, Step.UP, ROOMS),
    ],
)
def test_a_room_moves_one_place_and_never_before_the_first(room: UUID, step: Step, order: list[UUID]) -> None:
    assert moved(ROOMS, room, step) == order


@pytest.mark.parametrize(
    ("before", "has_place", "after"),
    [
        (None, True, None),
        (None, False, PausedBy.PLAN),
        (PausedBy.PLAN, True, None),
        (PausedBy.PLAN, False, PausedBy.PLAN),
        (PausedBy.TEAM, True, PausedBy.TEAM),
        (PausedBy.TEAM, False, PausedBy.TEAM),
    ],
)
def test_a_plan_pauses_what_it_has_no_place_for_and_gives_back_only_that(
    before: PausedBy | None, *, has_place: bool, after: PausedBy | None
) -> None:
    assert paused_by(before, has_place=has_place) == after
