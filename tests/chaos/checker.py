"""Judges a history (DESIGN 5): nothing lost, nothing doubled, order kept, nobody else's eyes, in time. Pure.

    python -m tests.chaos.checker HISTORY

In time means: no moment passes from which a message was stored, the device live and nothing broken that would keep every
product from delivering (`Fault.blinds`), for longer than LATEST without the message being shown. What counts as whole
again is asked from outside the product (`Healed`): so its own reconnecting is inside these 5 s. A killed web process, a
dead bus and a cut line excuse nothing: there the device's own line, which comes back by itself, is all that counts.
Seconds in which other programs held the CPUs, or the test's own process was late, are not counted (`history.Lag`).
Devices ask for the log when their line goes live or when a seq is missing, as the browser does, and never otherwise.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from tests.chaos import history
from tests.chaos.history import Acked, Arrived, Fault, Follows, Gap, Refused, Sent, Shown, Stored, Wrote
from tests.chaos.timing import Clock

LATEST = 5.0


class Violation(NamedTuple):
    """A promise that was broken, and where."""

    rule: str
    detail: str


class Facts:
    """The history, sorted for the rules."""

    def __init__(self, events: list[history.Any]) -> None:
        def of(kind: type[history.E_]) -> list[history.E_]:
            return history.of(events, kind)

        self.wrote = {event.cid: event for event in of(Wrote)}
        self.sent = of(Sent)
        self.acked = of(Acked)
        self.refused = of(Refused)
        self.arrived = of(Arrived)
        self.gaps = of(Gap)
        self.faults = of(Fault)
        self.rows: dict[UUID, list[Stored]] = defaultdict(list)
        for row in of(Stored):
            self.rows[row.chat].append(row)
        self.follows = {(event.device, event.chat) for event in of(Follows)}
        self.shown: dict[tuple[str, UUID], list[Shown]] = {key: [] for key in self.follows}
        for event in of(Shown):
            self.shown.setdefault((event.device, event.chat), []).append(event)
        self.clock = Clock(events)


def judged(events: list[history.Any], latest: float = LATEST) -> list[Violation]:
    """Every broken promise; empty when all were kept."""
    facts = Facts(events)
    rules = (unsettled, lost, doubled, gapped, unlike, out_of_order, foreign, idle_faults)
    return [violation for rule in rules for violation in rule(facts)] + list(late(facts, latest))


def unsettled(facts: Facts) -> Iterator[Violation]:
    """Every send is acknowledged in the end, after the client's own tries; none is refused for good."""
    for refused in facts.refused:
        if refused.retry_ms is None:
            yield Violation("failed", f"{refused.command} {refused.cid} of {refused.device}: {refused.code}")
    acked = {event.cid for event in facts.acked}
    for cid in facts.wrote.keys() - acked:
        yield Violation("unsettled", f"{facts.wrote[cid].text} was never acknowledged")


def lost(facts: Facts) -> Iterator[Violation]:
    """What was acknowledged is stored, where the ack said."""
    rows = {row.cid: row for rows in facts.rows.values() for row in rows}
    for ack in facts.acked:
        row = rows.get(ack.cid)
        if row is None:
            yield Violation("lost", f"{_text(facts, ack.cid)}: acknowledged to {ack.device}, not in the database")
        elif row.seq != ack.seq:
            yield Violation("unlike", f"{row.text}: acknowledged as {ack.seq}, stored as {row.seq}")


def doubled(facts: Facts) -> Iterator[Violation]:
    """Stored once; shown once on each device."""
    for rows in facts.rows.values():
        for text, times in Counter(row.text for row in rows if row.text is not None).items():
            if times > 1:
                yield Violation("doubled", f"{text} is stored {times} times")
    for (device, _), shown in facts.shown.items():
        for text, times in Counter(event.text for event in shown if event.text).items():
            if times > 1:
                yield Violation("doubled", f"{text} stands {times} times on {device}")


def gapped(facts: Facts) -> Iterator[Violation]:
    """Per chat seq 1..n in the database, and the same on every device that follows it; streams are sent without gaps."""
    for chat, rows in facts.rows.items():
        if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
            yield Violation("gap", f"chat {chat}: stored are {[row.seq for row in rows]}")
    for gap in facts.gaps:
        if gap.by == "message":
            yield Violation("gap", f"{gap.device} was sent {gap.seq} of chat {gap.chat} too early")
    for (device, chat), shown in facts.shown.items():
        there = {event.seq for event in shown}
        missing = [row.text or f"line {row.seq}" for row in facts.rows[chat] if row.seq not in there]
        if missing:
            yield Violation("missing", f"{device} never got {missing[:5]} ({len(missing)} in all)")


def unlike(facts: Facts) -> Iterator[Violation]:
    """The same text and cid at the same place everywhere, as it was written."""
    for chat, rows in facts.rows.items():
        stored = {row.seq: (row.cid, row.text or "") for row in rows}
        for (device, other), shown in facts.shown.items():
            for event in shown if other == chat else ():
                if stored.get(event.seq) != (event.cid, event.text):
                    yield Violation("unlike", f"{device} shows {event.text!r} at {event.seq} of chat {chat}")
        for row in rows:
            if row.cid in facts.wrote and facts.wrote[row.cid].text != row.text:
                yield Violation("unlike", f"{facts.wrote[row.cid].text!r} is stored as {row.text!r}")


def out_of_order(facts: Facts) -> Iterator[Violation]:
    """Each device shows a chat by seq, and what one device wrote stays in the order in which it was written."""
    for (device, chat), shown in facts.shown.items():
        seqs = [event.seq for event in shown]
        if seqs != sorted(seqs):
            yield Violation("order", f"{device} shows {seqs} of chat {chat}")
    for rows in facts.rows.values():
        numbers: dict[str, int] = {}
        for row in rows:
            wrote = facts.wrote.get(row.cid)
            if wrote is not None:
                if wrote.number < numbers.get(wrote.device, 0):
                    yield Violation("order", f"{row.text} is stored after number {numbers[wrote.device]} of {wrote.device}")
                numbers[wrote.device] = wrote.number


def foreign(facts: Facts) -> Iterator[Violation]:
    """No entry reaches a device that does not follow the chat."""
    for device, chat in {(event.device, event.chat) for event in facts.arrived} - facts.follows:
        yield Violation("foreign", f"{device} got entries of chat {chat}")


def late(facts: Facts, latest: float) -> Iterator[Violation]:
    """See the top of this file."""
    for device, row, waited in waits(facts):
        if waited > latest:
            yield Violation("late", f"{row.text or row.seq} waited {waited:.1f} s for {device}")


def waits(facts: Facts) -> Iterator[tuple[str, Stored, float]]:
    """How long each entry waited for each device that follows its chat."""
    for (device, chat), shown in facts.shown.items():
        at = {event.seq: event.at for event in shown}
        for row in facts.rows[chat]:
            yield device, row, facts.clock.waited(device, row.at, at.get(row.seq))


def idle_faults(facts: Facts) -> Iterator[Violation]:
    """A fault while nothing was unacknowledged proves nothing."""
    for fault in facts.faults:
        if fault.unacked == []:
            yield Violation("idle fault", f"{fault.name} {fault.target}")


def _text(facts: Facts, cid: UUID) -> str:
    return facts.wrote[cid].text if cid in facts.wrote else str(cid)


def main() -> None:
    found = judged(history.read(Path(sys.argv[1])))
    for violation in found:
        print(f"{violation.rule}: {violation.detail}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
