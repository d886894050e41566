"""Which entries of a log are for whom. Every way by which a log leaves for a visitor goes through `visible_to`."""

from uuid import UUID

from switchboard.protocol import Entry, Hidden, Message, Note, Side
from switchboard.realtime.connection import encode
from switchboard.realtime.streams import Frame


def visible_to(side: Side, entry: Entry) -> Entry:
    """The entry itself, or `hidden` in its place: seqs stay gapless. A note is for agents (SPEC 5)."""
    if side is Side.AGENT or not isinstance(entry.body, Note):
        return entry
    return Entry(seq=entry.seq, sender=entry.sender, name="", at=entry.at, cid=entry.cid, body=Hidden())


def frame_of(chat_id: UUID, entry: Entry, leaves: UUID | None = None) -> Frame:
    """For the stream, encoded a second time only where the sides see different things. `leaves`: see `Frame`."""
    for_agents = encode(Message(chat=chat_id, entry=entry))
    shown = visible_to(Side.VISITOR, entry)
    for_visitor = for_agents if shown is entry else encode(Message(chat=chat_id, entry=shown))
    return Frame(for_visitor, for_agents, leaves)
