"""Every type and code that crosses a socket. `widget_js/shared/protocol.ts` is generated from this file (`make protocol`).

Frames are JSON objects tagged by `t`, bodies of log entries by `kind`; unknown fields are refused (DESIGN 5).
Times are UTC, ISO 8601. `cid` is the client's id of a message (UUIDv7), stored by the client before it is sent.
"""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

import msgspec

LONGEST_TEXT = 8_000
LONGEST_NAME = 120
LONGEST_QUESTION = 2_000
LONGEST_PAGE = 2_000
LONGEST_TITLE = 300
LONGEST_USER_AGENT = 400
LONGEST_PREVIEW = 500
TYPING_LASTS_MS = 5_000
LONGEST_COMMENT = 1_000
MOST_STARS = 5
LARGEST_FRAME = 1 << 20
LARGEST_FILE = 20 << 20
LONGEST_VOICE_S = 300


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of what is sent: refuses fields that it does not know."""


# ------------------------------------------------------------------ the log


class Side(StrEnum):
    """Who wrote an entry."""

    VISITOR = "visitor"
    AGENT = "agent"


class Text(Wire, tag_field="kind", tag="text"):
    """What a person wrote: 1 to LONGEST_TEXT characters, no NUL."""

    text: str


class Answered(Wire, tag_field="kind", tag="answered"):
    """The entry's agent took the chat."""


class Ended(Wire, tag_field="kind", tag="ended"):
    """The entry's party ended the chat; nothing follows it."""


class Note(Wire, tag_field="kind", tag="note"):
    """What an agent wrote for agents: 1 to LONGEST_TEXT characters, no NUL. Visitors get `hidden` in its place."""

    text: str


class Hidden(Wire, tag_field="kind", tag="hidden"):
    """A place in the log that is not for this side: neither text nor name."""


class Transferred(Wire, tag_field="kind", tag="transferred"):
    """The entry's agent gave the chat away: to `agent`, by name, or (None) to whoever answers in `room`."""

    room: str
    agent: str | None


class FileState(StrEnum):
    """Life of a file: uploaded, held until a virus scanner has looked at it, ready to be sent and fetched, or infected."""

    ARRIVING = "arriving"
    HELD = "held"
    READY = "ready"
    INFECTED = "infected"


class SentFile(Wire, tag_field="kind", tag="file"):
    """A file, `size` in bytes; pictures have `width`, `height`, voice notes `seconds`. From clients only `file` counts."""

    file: UUID
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    state: FileState = FileState.READY


class Erased(Wire, tag_field="kind", tag="erased"):
    """What stood here was erased at the customer's wish."""


Body = Text | SentFile | Answered | Ended | Note | Hidden | Transferred | Erased


class Entry(Wire, rename={"sender": "from"}):
    """One place in a chat's log. `seq` counts from 1 without gaps."""

    seq: int
    sender: Side
    name: str
    at: datetime
    cid: UUID
    body: Body


class Marks(Wire):
    """Highest seq that each side's devices have received and shown. They only rise."""

    visitor_delivered: int = 0
    visitor_read: int = 0
    agent_delivered: int = 0
    agent_read: int = 0


# ------------------------------------------------------------------ commands: client → server


class Hello(Wire, tag_field="t", tag="hello"):
    """First frame of every socket, within 5 s. `token`: the visitor's; agents come by session cookie."""

    token: str | None = None


class Open(Wire, tag_field="t", tag="open"):
    """A visitor asks for a chat. Sent again with the same cid it answers with the same chat.

    What a browser says by itself is not refused: too long it is cut; control characters and the referrer's query are left out.
    """

    cid: UUID
    name: str
    question: str
    page: str | None = None
    page_title: str | None = None
    referrer: str | None = None


class Say(Wire, tag_field="t", tag="say"):
    """Append to the chat's log. Sent again with the same cid it answers with the first seq. Notes are said by agents."""

    cid: UUID
    chat: UUID
    body: Text | Note | SentFile


class Resume(Wire, tag_field="t", tag="resume"):
    """Subscribe to a chat and read its log after this seq (0 = from the start)."""

    chat: UUID
    after: int


class Mark(Wire, tag_field="t", tag="mark"):
    """This device has received up to `delivered` and its person has seen up to `read`."""

    chat: UUID
    delivered: int
    read: int


class Answer(Wire, tag_field="t", tag="answer"):
    """An agent takes a waiting chat."""

    chat: UUID


class End(Wire, tag_field="t", tag="end"):
    """Either side ends an active chat; the visitor also leaves a waiting one with it."""

    chat: UUID


class TransferToAgent(Wire, tag_field="t", tag="transfer_to_agent"):
    """An agent hands their active chat to a colleague of its room, who has it at once. `note` is for agents."""

    chat: UUID
    agent: UUID
    note: str | None = None


class TransferToRoom(Wire, tag_field="t", tag="transfer_to_room"):
    """An agent lets their active chat ring in a room, ahead of those who wait there. `note` is for agents."""

    chat: UUID
    room: UUID
    note: str | None = None


class Compose(Wire, tag_field="t", tag="typing"):
    """What stands in the sender's composer now; empty: nothing, or nobody is at it. From agents any text says only that."""

    chat: UUID
    text: str


class Availability(StrEnum):
    """What an agent chose (SPEC 5)."""

    ONLINE = "online"
    OFFLINE = "offline"


class Choose(Wire, tag_field="t", tag="choose"):
    """An agent chooses whether chats may ring."""

    availability: Availability


class Look(Wire, tag_field="t", tag="look"):
    """Ask for the account view (inbox, room status) as a snapshot again."""


class Rate(Wire, tag_field="t", tag="rate"):
    """A visitor says how a chat was, 1 to MOST_STARS, in place of what they said before. Until they open another chat."""

    chat: UUID
    stars: int
    comment: str | None = None


class Recall(Wire, tag_field="t", tag="recall"):
    """A visitor asks for their chats, the newest first."""


class Transcribe(Wire, tag_field="t", tag="transcribe"):
    """A visitor wants a chat as a mail. `zone`: in whose times, an IANA name, else UTC; `language`: BCP 47, else English."""

    chat: UUID
    to: str
    zone: str
    language: str


class Admit(Wire, tag_field="t", tag="admit"):
    """Another window of this visitor comes with this code, of its own making: once, and within a minute."""

    code: str


class Forget(Wire, tag_field="t", tag="forget"):
    """A visitor ends what is open and wants everything about them erased. The sockets of the visitor close."""


Command = (
    Hello
    | Open
    | Say
    | Resume
    | Mark
    | Answer
    | End
    | TransferToAgent
    | TransferToRoom
    | Compose
    | Choose
    | Look
    | Rate
    | Recall
    | Transcribe
    | Admit
    | Forget
)


# ------------------------------------------------------------------ events: server → client


class WelcomeVisitor(Wire, tag_field="t", tag="welcome_visitor"):
    """The visitor's token is good; `status` and `current` follow."""

    business: str
    room: str


class WelcomeAgent(Wire, tag_field="t", tag="welcome_agent"):
    """The agent's session is good; `inbox` follows."""

    agent: UUID
    name: str


class Ack(Wire, tag_field="t", tag="ack"):
    """The message is stored for good (sent after COMMIT)."""

    cid: UUID
    chat: UUID
    seq: int
    at: datetime


class Opened(Wire, tag_field="t", tag="opened"):
    """The chat exists and rings; its first entry (seq 1) is the question, under the same cid."""

    cid: UUID
    chat: UUID


class Message(Wire, tag_field="t", tag="message"):
    """A new entry, to every other party and device. A gap before its seq: send `resume`."""

    chat: UUID
    entry: Entry


class Entries(Wire, tag_field="t", tag="entries"):
    """Answer to `resume`: the next page of the log. `more`: resume again after the last seq of this page."""

    chat: UUID
    entries: list[Entry]
    more: bool
    marks: Marks


class Marked(Wire, tag_field="t", tag="marked"):
    """The chat's marks rose."""

    chat: UUID
    marks: Marks


class Typing(Wire, tag_field="t", tag="typing", rename={"sender": "from"}):
    """The other side is writing; over after TYPING_LASTS_MS, at its next message, or when `text` is empty.

    Agents get the end of what the visitor has written so far, visitors an ellipsis. Never stored, and may be lost.
    """

    chat: UUID
    sender: Side
    text: str


class ChatStatus(StrEnum):
    """Life of a chat (SPEC 5)."""

    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"
    ABANDONED = "abandoned"


class Status(Wire, tag_field="t", tag="status"):
    """To visitors: can anybody answer in this room now? `agents`: names of those who can."""

    online: bool
    agents: list[str]


class Current(Wire, tag_field="t", tag="current"):
    """To visitors: their open chat in this room on any of their tabs, or none."""

    chat: UUID | None
    status: ChatStatus | None


class Rating(Wire):
    """What a visitor said of a chat, and when."""

    stars: int
    comment: str | None
    at: datetime


class Rated(Wire, tag_field="t", tag="rated"):
    """The rating is stored for good."""

    chat: UUID
    rating: Rating


class PastChat(Wire):
    """A chat of a visitor, open or over. `since`: when it entered its status; `agent_name`: who answered."""

    chat: UUID
    room: str
    status: ChatStatus
    opened_at: datetime
    since: datetime
    question: str
    agent_name: str | None
    rating: Rating | None


class PastChats(Wire, tag_field="t", tag="past_chats"):
    """Answer to `recall`, the newest first."""

    chats: list[PastChat]


class Transcribed(Wire, tag_field="t", tag="transcribed"):
    """The mail leaves for this address."""

    chat: UUID
    to: str


class Admitted(Wire, tag_field="t", tag="admitted"):
    """The other window may come."""


class Forgotten(Wire, tag_field="t", tag="forgotten"):
    """Everything about this visitor is erased; the socket closes."""


class ChatErased(Wire, tag_field="t", tag="chat_erased"):
    """What was said in this chat is erased: drop it and read the log from the start."""

    chat: UUID


class Card(Wire):
    """A chat in the inbox. `since`: when it entered its status. `transferred_by`: who gave it away last; it waits first."""

    chat: UUID
    room: str
    status: ChatStatus
    name: str
    question: str
    page: str | None
    since: datetime
    agent: UUID | None
    agent_name: str | None
    transferred_by: str | None
    tags: list[str] = []
    rating: Rating | None = None
    page_title: str | None = None


class AgentState(StrEnum):
    """For display, derived from choice, lease and slots (SPEC 5). AWAY: chose ONLINE, no connection."""

    ONLINE = "online"
    IN_CHAT = "in_chat"
    OFFLINE = "offline"
    AWAY = "away"


class Teammate(Wire):
    """An agent of the tenant, as the team sees them; the reader is among them."""

    agent: UUID
    name: str
    state: AgentState
    used: int
    capacity: int


class InboxRoom(Wire):
    """A room of the tenant and who serves it."""

    room: UUID
    name: str
    agents: list[UUID]


class Inbox(Wire, tag_field="t", tag="inbox"):
    """Snapshot of an agent's inbox: waiting, active (own and others') and lately closed own chats."""

    epoch: str
    offset: int
    cards: list[Card]
    team: list[Teammate]
    rooms: list[InboxRoom]


class InboxChange(Wire, tag_field="t", tag="inbox_change"):
    """The next state: replace or add these cards and teammates, drop `gone`; `rooms` are all or (None) as before.

    Other epoch or a gap in offset: send `look`.
    """

    epoch: str
    offset: int
    cards: list[Card]
    gone: list[UUID]
    team: list[Teammate]
    rooms: list[InboxRoom] | None


# ------------------------------------------------------------------ the customer panel, over HTTP


class EarlierChat(Wire):
    """An ended chat of the same customer. `question`: its beginning."""

    chat: UUID
    at: datetime
    room: str
    agent: str | None
    question: str


class CustomerRecord(Wire):
    """`chats`: how many the reader may know of, the present one among them. `more`: ask again before the last of `earlier`.

    `page`, whole, `referrer` and `user_agent` are as the customer's browser said when the present chat was opened: nothing of
    it is certain. `device`: what people call that browser.
    """

    name: str
    first_seen: datetime
    chats: int
    earlier: list[EarlierChat]
    more: bool
    page: str | None = None
    referrer: str | None = None
    device: str | None = None
    user_agent: str | None = None


class EarlierEntries(Wire):
    """A page of an earlier chat's log. `more`: ask again after the last seq."""

    entries: list[Entry]
    more: bool


class KnownTags(Wire):
    """Tags as the tenant spells them."""

    names: list[str]


class Code(StrEnum):
    """Why a command was refused. The table RETRYABLE says which may simply be sent again."""

    BUSY = "busy"
    FULL = "full"
    NO_CHAT = "no_chat"
    CLOSED = "closed"
    NOT_PARTY = "not_party"
    CID_REUSED = "cid_reused"
    BAD_BODY = "bad_body"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOBODY_ONLINE = "nobody_online"
    ALREADY_TAKEN = "already_taken"
    AT_CAPACITY = "at_capacity"
    NOT_ALLOWED = "not_allowed"
    UNAVAILABLE = "unavailable"
    FILE_HELD = "file_held"
    BAD_ADDRESS = "bad_address"
    TOO_MANY = "too_many"


RETRYABLE = frozenset({Code.BUSY, Code.FULL, Code.UNAVAILABLE})


class Refused(Wire, tag_field="t", tag="refused"):
    """The command changed nothing. `message` is for people and says what to do; `retry_ms`: send again after this pause."""

    command: str
    code: Code
    message: str
    cid: UUID | None = None
    chat: UUID | None = None
    retry_ms: int | None = None


class Bye(Wire, tag_field="t", tag="bye"):
    """This server stops: the socket closes with RESTART, everything taken is acknowledged. Come back after this pause."""

    retry_ms: int


Event = (
    WelcomeVisitor
    | WelcomeAgent
    | Ack
    | Opened
    | Message
    | Entries
    | Marked
    | Typing
    | Status
    | Current
    | Inbox
    | InboxChange
    | Rated
    | PastChats
    | Transcribed
    | Admitted
    | Forgotten
    | ChatErased
    | Refused
    | Bye
)


class CloseCode(IntEnum):
    """Why the server closed a socket: 1012 and 44xx come back with jitter, 45xx do not (DESIGN 5)."""

    RESTART = 1012
    SLOW = 4400
    RESYNC = 4401
    BUSY = 4403
    BAD_FRAME = 4500
    SIGNED_OUT = 4501
    BAD_TOKEN = 4504
    TOO_MANY_ERRORS = 4506
    FORGOTTEN = 4507
