"""Life of a chat: a table and one pure function (SPEC 5). Consent, wrap-up, message and missed come with their features."""

from enum import StrEnum

from switchboard.errors import ConflictError
from switchboard.protocol import ChatStatus, Code


class Move(StrEnum):
    """What can happen to a chat."""

    ANSWER = "answer"
    CANCEL = "cancel"
    END = "end"
    HAND_OVER = "hand_over"
    RING_AGAIN = "ring_again"


MOVES: dict[tuple[ChatStatus, Move], ChatStatus] = {
    (ChatStatus.WAITING, Move.ANSWER): ChatStatus.ACTIVE,
    (ChatStatus.WAITING, Move.CANCEL): ChatStatus.ABANDONED,
    (ChatStatus.ACTIVE, Move.END): ChatStatus.CLOSED,
    (ChatStatus.ACTIVE, Move.HAND_OVER): ChatStatus.ACTIVE,
    (ChatStatus.ACTIVE, Move.RING_AGAIN): ChatStatus.WAITING,
}


class IllegalMoveError(ConflictError):
    """The chat's status does not allow this move."""

    code = Code.CLOSED
    message = "This chat has ended. Start a new one."


def after(status: ChatStatus, move: Move) -> ChatStatus:
    """The status that follows. Raises IllegalMoveError."""
    try:
        return MOVES[status, move]
    except KeyError:
        raise IllegalMoveError from None


def before(move: Move) -> list[ChatStatus]:
    """The statuses that allow this move: what a compare-and-swap compares with."""
    return [status for status, made in MOVES if made is move]
