"""One screen of one person, as the browser's code behaves, with everything it sends and sees in the history."""

import asyncio
import random
from typing import Any
from uuid import UUID

from switchboard.infra.ids import new_id
from switchboard.protocol import Ack, Command, Entries, Entry, Mark, Marked, Message, Refused, Say, Side, Text
from tests.chaos import history
from tests.chaos.following import Following
from tests.chaos.history import History
from tests.chaos.line import Address, Line
from tests.chaos.outbox import Outbox, Store

MARKS_GATHERED_FOR = 0.1


class Device:
    """`name` is a word of the history. `store`: shared by the tabs of one person."""

    def __init__(self, name: str, side: Side, address: Address, notes: History, dice: random.Random, store: Store) -> None:
        self.name = name
        self.side = side
        self._notes = notes
        self._numbers: dict[UUID, int] = {}
        self._opening: Command | None = None
        self.line = Line(address, self._receive, self._live, self._lost, dice)
        self.outbox = Outbox(store, self._send)
        self.following = Following(self.line.send, self._show, self._missing)
        self._marks: dict[UUID, int] = {}
        self._marking: asyncio.TimerHandle | None = None
        self.events: list[Any] = []
        """Frames of accounts (inbox, status, opened): for setting the scene."""

    def follow(self, chat: UUID) -> None:
        self._notes.note(history.Follows(device=self.name, chat=chat))
        self.following.follow(chat)

    def write(self, chat: UUID, words: str = "") -> UUID:
        """A person writes. The text names the device and counts, so that no two are alike."""
        number = self._numbers[chat] = self._numbers.get(chat, 0) + 1
        text = f"{self.name} {str(chat)[-4:]} {number}{words}"
        command = Say(cid=new_id(), chat=chat, body=Text(text=text))
        self._notes.note(history.Wrote(device=self.name, chat=chat, cid=command.cid, number=number, text=text))
        self.outbox.add(command)
        return command.cid

    async def leave(self) -> None:
        if self._marking is not None:
            self._marking.cancel()
        self.outbox.close()
        self.following.close()
        await self.line.leave()

    def _send(self, command: Say) -> bool:
        if not self.line.send(command):
            return False
        self._notes.note(history.Sent(device=self.name, cid=command.cid))
        return True

    def _lost(self, code: int | None) -> None:
        self._notes.note(history.Link(device=self.name, is_live=False, code=code))
        self.outbox.disconnected()

    def _live(self) -> None:
        self._notes.note(history.Link(device=self.name, is_live=True))
        self.following.connected()
        self.outbox.connected()

    def _receive(self, event: Any) -> None:
        match event:
            case Ack():
                self._acked(event)
            case Message():
                self._arrived(event.chat, event.entry, "message")
                self.following.entry(event.chat, event.entry, "message")
            case Entries():
                for entry in event.entries:
                    self._arrived(event.chat, entry, "entries")
                self.following.page(event)
            case Refused():
                self._refused(event)
            case Marked():
                pass
            case _:
                self.events.append(event)

    def _acked(self, ack: Ack) -> None:
        command = self.outbox.settle(ack.cid)
        self._notes.note(history.Acked(device=self.name, cid=ack.cid, seq=ack.seq, by="ack"))
        if command is not None and ack.seq > 0:
            name = self.side.name
            entry = Entry(seq=ack.seq, sender=self.side, name=name, at=ack.at, cid=ack.cid, body=command.body)
            self.following.entry(ack.chat, entry, "ack")

    def _arrived(self, chat: UUID, entry: Entry, frame: str) -> None:
        self._notes.note(history.Arrived(device=self.name, chat=chat, seq=entry.seq, frame=frame))
        if self.outbox.settle(entry.cid) is not None:
            self._notes.note(history.Acked(device=self.name, cid=entry.cid, seq=entry.seq, by=frame))

    def _refused(self, event: Refused) -> None:
        self._notes.note(
            history.Refused(device=self.name, cid=event.cid, command=event.command, code=event.code, retry_ms=event.retry_ms)
        )
        if not self.outbox.refused(event):
            self.following.refused(event)

    def _show(self, chat: UUID, entry: Entry) -> None:
        text = entry.body.text if isinstance(entry.body, Text) else ""
        self._notes.note(history.Shown(device=self.name, chat=chat, seq=entry.seq, cid=entry.cid, text=text))

        if entry.sender is not self.side:
            self._owe_mark(chat, entry.seq)

    def _owe_mark(self, chat: UUID, seq: int) -> None:
        """What the other side wrote was received and seen (`marker.ts`)."""
        self._marks[chat] = seq
        if self._marking is None:
            self._marking = asyncio.get_running_loop().call_later(MARKS_GATHERED_FOR, self._mark)

    def _mark(self) -> None:
        self._marking = None
        for chat, seq in self._marks.items():
            self.line.send(Mark(chat=chat, delivered=seq, read=seq))
        self._marks.clear()

    def _missing(self, chat: UUID, seq: int, by: str) -> None:
        self._notes.note(history.Gap(device=self.name, chat=chat, seq=seq, by=by))
