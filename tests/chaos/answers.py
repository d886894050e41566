"""Which event answers which command: `widget_js/shared/answers.ts` in Python. What is not answered in 10 s is a dead line."""

from typing import Any

from switchboard.protocol import Ack, Command, Entries, Inbox, Look, Opened, Refused, Resume, Say, Status


def awaited(command: Command) -> object | None:
    """The key under which the answer will come (`answers.ts`)."""
    match command:
        case Say():
            return command.cid
        case Resume():
            return ("resume", command.chat)
        case Look():
            return "look"
        case _:
            return None


def answered(event: Any) -> object | None:
    """The key of the command that this event answers."""
    match event:
        case Ack() | Opened():
            return event.cid
        case Entries():
            return ("resume", event.chat)
        case Inbox() | Status():
            return "look"
        case Refused():
            return event.cid or (("resume", event.chat) if event.command == "resume" else event.command)
        case _:
            return None
