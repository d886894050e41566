"""Every (status, move) pair is in the table or refused."""

from itertools import product

import pytest

from switchboard.chats.lifecycle import MOVES, IllegalMoveError, Move, after, before
from switchboard.chats.models import OPEN_STATUSES
from switchboard.protocol import ChatStatus


@pytest.mark.parametrize(("status", "move"), list(product(ChatStatus, Move)))
def test_every_pair_is_in_the_table_or_refused(status: ChatStatus, move: Move) -> None:
    if (status, move) in MOVES:
        assert after(status, move) is MOVES[status, move]
        assert status in before(move)
    else:
        with pytest.raises(IllegalMoveError):
            after(status, move)


def test_a_move_leads_to_one_status_only() -> None:
    for move in Move:
        assert len({after(status, move) for status in before(move)}) == 1


def test_nothing_follows_an_end() -> None:
    ended = set(ChatStatus) - set(OPEN_STATUSES)
    assert not [pair for pair in MOVES if pair[0] in ended]
