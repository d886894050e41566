"""What people may write, and what they are told when it cannot be taken. Pure."""

import re

import msgspec

from switchboard.errors import ConflictError
from switchboard.protocol import LONGEST_NAME, LONGEST_PAGE, LONGEST_QUESTION, LONGEST_TEXT, LONGEST_TITLE, Code, Open

_WHY = {
    Code.BUSY: "This chat is busy for a moment. Your text is kept and goes out by itself.",
    Code.FULL: "We have more messages than we can store right now. Your text is kept and goes out by itself.",
    Code.NO_CHAT: "This chat is not here any more. This was not sent.",
    Code.CLOSED: "This chat has ended. This was not sent.",
    Code.NOT_PARTY: "You are no longer in this chat.",
    Code.CID_REUSED: "This was sent before with other words. Send it again as a new message.",
    Code.FILE_HELD: "This file is still being looked at. Send it again in a minute.",
    Code.BAD_BODY: "This text holds a character that cannot be stored. Remove it and send again.",
}


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class RefusedTextError(ConflictError):
    """The text cannot be taken; `code` says why."""

    status = 422


def checked(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text itself. Raises RefusedTextError: empty, too long, or with a NUL (Postgres cannot store one)."""
    if not text.strip():
        raise RefusedTextError("Write something first.", code=Code.EMPTY)
    if len(text) > longest:
        over = len(text) - longest
        raise RefusedTextError(f"This is {over:,} characters too long. Send it in parts.", code=Code.TOO_LONG)
    if "\x00" in text:
        raise RefusedTextError(_WHY[Code.BAD_BODY], code=Code.BAD_BODY)
    return text


def opening(wanted: Open) -> Open:
    """The request with trimmed texts. Raises RefusedTextError."""
    return msgspec.structs.replace(
        wanted,
        name=checked(wanted.name.strip(), LONGEST_NAME),
        question=checked(wanted.question.strip(), LONGEST_QUESTION),
        page=noted(wanted.page, LONGEST_PAGE),
        page_title=noted(wanted.page_title, LONGEST_TITLE),
        referrer=noted(_without_query(wanted.referrer), LONGEST_PAGE),
    )


def noted(said: str | None, longest: int) -> str | None:
    """What a browser says by itself. No person can mend it, so it is never refused: cut, and without control characters."""
    return _CONTROL.sub(" ", said or "")[:longest].strip() or None


def _without_query(address: str | None) -> str | None:
    """It may hold secrets of the tenant's customers."""
    return address and re.split(r"[?#]", address, maxsplit=1)[0]


def why_refused(code: Code) -> str:
    """What the sender is told."""
    return _WHY[code]
