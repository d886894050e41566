"""How everything that can be asked for is used by right, and where ids and tokens stand in it. Data only.

A route, command or socket without an entry fails `test_matrix.py`, which says what to add here. The principals and what is
judged are in `principals.py` and `*_cases.py`; `test_isolation.py` tries every entry x principal x place of a foreign id.
Ids are named as in `World.ids`; what the fields of an entry mean stands in `entries.py`.
"""

from typing import Any
from uuid import UUID

from switchboard.protocol import (
    Ack,
    Answer,
    Availability,
    Choose,
    CloseCode,
    Code,
    Compose,
    Current,
    End,
    Ended,
    Entries,
    Hello,
    Inbox,
    InboxChange,
    Look,
    Mark,
    Marked,
    Message,
    Open,
    Opened,
    Refused,
    Resume,
    Say,
    Text,
    Transferred,
    TransferToAgent,
    TransferToRoom,
    Typing,
)
from tests.accounts.forms import ROWAN
from tests.cast import PASSWORD
from tests.tenancy.entries import AS_NEW, REFUSED, WELCOME, Asked, Done, Knock, Route
from tests.tenancy.principals import ALICE, BEN, VERA
from tests.tenancy.rooms_matrix import AGENTS, OF_ROOMS
from tests.tenancy.visitors_matrix import OF_VISITORS
from tests.tenancy.world import Ids

ROOM_ADDRESS = "a room's token is its public address"
CANNED = {"shortcut": "hello", "text": "Hello"}
OWN_TEXT = {"path.slug": "slug", "path.text_id": "canned_text"}
IN_CHAT = {"path.slug": "slug", "path.chat_id": "chat"}
MAILED = "whoever reads the mail holds the link"

ROUTES = [
    Route("GET", "/", 302, no_id="sends everybody to /console"),
    Route("GET", "/healthz", 200, no_id="for load balancers"),
    Route("GET", "/readyz", 200, no_id="for load balancers"),
    Route("GET", "/assets/{name:str}", 200, ids={"path.name": "asset"}, public="built files are the same for everybody"),
    Route("GET", "/sign-in", 200, no_id="a form"),
    Route("POST", "/sign-in", 303, of=(ALICE,), form={"email": "{email}", "password": PASSWORD}, no_id="a password decides"),
    Route("POST", "/sign-out", 303, of=(ALICE,), no_id="ends the session of its own cookie"),
    Route("GET", "/sign-up", 200, no_id="a form"),
    Route("POST", "/sign-up", 200, form=ROWAN, no_id="what was entered goes to that address only"),
    Route("GET", "/sign-up/{token:str}", 303, ids={"path.token": "sign_up_link"}, public=MAILED),
    Route("GET", "/sign-up/confirm", 410, no_id="shows the link of its own cookie"),
    Route(
        *("POST", "/sign-up/confirm", 303),
        ids={"form.token": "sign_up_link"},
        form={"name": "Rowan", "password": PASSWORD},
        public=MAILED,
    ),
    Route("GET", "/forgot", 200, no_id="a form"),
    Route("POST", "/forgot", 200, form={"email": "alice@acme.example"}, no_id="the link goes to that address only"),
    Route("GET", "/reset/{token:str}", 303, ids={"path.token": "reset_link"}, public=MAILED),
    Route("GET", "/reset", 410, no_id="shows the link of its own cookie"),
    Route("POST", "/reset", 303, ids={"form.token": "reset_link"}, form={"password": "maple kettle orbit"}, public=MAILED),
    Route("GET", "/account", 200, of=AGENTS, no_id="the session's own user"),
    Route(
        *("POST", "/account/password", 303),
        of=(ALICE,),
        form={"old": PASSWORD, "new": "maple kettle orbit"},
        no_id="the session's own user",
    ),
    Route("POST", "/account/sessions/{session_id:uuid}/end", 303, of=(ALICE,), ids={"path.session_id": "other_session"}),
    Route("POST", "/account/sign-out-everywhere", 303, of=(ALICE,), no_id="the session's own user"),
    Route("GET", "/console", 302, of=AGENTS, no_id="leads to a tenant of the session's user"),
    Route("GET", "/console/{slug:str}", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route("GET", "/console/{slug:str}/inbox", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route("GET", "/console/{slug:str}/plan", 200, of=AGENTS, ids={"path.slug": "slug"}),
    *OF_ROOMS,
    Route(
        *("POST", "/visitor/chats/{chat_id:uuid}/files", 201),
        of=(VERA,),
        ids={"path.chat_id": "chat"},
        form={"bytes": "of a file"},
    ),
    Route(
        *("GET", "/visitor/chats/{chat_id:uuid}/files/{file_id:uuid}", 200),
        of=(VERA,),
        ids={"path.chat_id": "chat", "path.file_id": "file"},
    ),
    Route(
        *("POST", "/console/{slug:str}/chats/{chat_id:uuid}/files", 201),
        of=(BEN,),
        ids={"path.slug": "slug", "path.chat_id": "chat"},
        form={"bytes": "of a file"},
    ),
    Route(
        *("GET", "/console/{slug:str}/chats/{chat_id:uuid}/files/{file_id:uuid}", 200),
        of=(BEN,),
        ids={"path.slug": "slug", "path.chat_id": "chat", "path.file_id": "file"},
    ),
    Route(
        *("GET", "/console/{slug:str}/chats/{chat_id:uuid}/earlier/{earlier_id:uuid}/files/{file_id:uuid}", 200),
        of=(BEN,),
        ids={**IN_CHAT, "path.earlier_id": "earlier", "path.file_id": "earlier_file"},
    ),
    Route("GET", "/f/{token:str}", 200, ids={"path.token": "file_address"}, public="signed for minutes, for one party"),
    Route("GET", "/console/{slug:str}/canned-texts", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route("GET", "/console/{slug:str}/canned-texts/usable", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route("POST", "/console/{slug:str}/canned-texts", 303, of=AGENTS, ids={"path.slug": "slug"}, form=CANNED),
    Route("POST", "/console/{slug:str}/canned-texts/{text_id:uuid}", 303, of=(BEN,), ids=OWN_TEXT, form=CANNED),
    Route("POST", "/console/{slug:str}/canned-texts/{text_id:uuid}/remove", 303, of=(BEN,), ids=OWN_TEXT),
    Route("GET", "/console/{slug:str}/tags", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route(
        "GET", "/console/{slug:str}/chats/{chat_id:uuid}/customer", 200, of=(BEN,), ids={**IN_CHAT, "query.before": "earlier"}
    ),
    Route(
        *("GET", "/console/{slug:str}/chats/{chat_id:uuid}/earlier/{earlier_id:uuid}", 200),
        of=(BEN,),
        ids={**IN_CHAT, "path.earlier_id": "earlier"},
    ),
    Route("POST", "/console/{slug:str}/chats/{chat_id:uuid}/tags", 201, of=(BEN,), ids=IN_CHAT, form={"name": "spare part"}),
    Route("POST", "/console/{slug:str}/chats/{chat_id:uuid}/tags/remove", 204, of=(BEN,), ids=IN_CHAT, form={"name": "repair"}),
    Route("GET", "/c/{token:str}", 200, ids={"path.token": "room_token"}, public=ROOM_ADDRESS),
    Route("GET", "/w.js", 200, ids={"query.r": "room_token"}, public=ROOM_ADDRESS),
    Route("GET", "/words/loader/{wanted:str}", 200, ids={"path.wanted": "language"}, public="the same words for everybody"),
    Route("GET", "/words/widget/{wanted:str}", 200, ids={"path.wanted": "language"}, public="the same words for everybody"),
    Route("POST", "/c/{token:str}/visitor", 201, ids={"path.token": "room_token"}, public=ROOM_ADDRESS),
    Route(
        *("POST", "/c/{token:str}/window", 201),
        ids={"path.token": "room_token", "form.code": "window_code"},
        public="whoever holds the code is the visitor: once, within a minute",
    ),
]


BOTH = ("visitor", "agent")


def _about(ids: Ids, event: Any) -> bool:
    return str(getattr(event, "chat", "")) == ids["chat"]


def _logged(ids: Ids, event: Any, body: type) -> bool:
    return isinstance(event, Message) and _about(ids, event) and isinstance(event.entry.body, body)


COMMANDS = [
    Asked(
        Hello,
        BOTH,
        lambda ids: Hello(token=ids["visitor_token"]),
        lambda _, event: isinstance(event, Refused) and event.code is Code.NOT_ALLOWED,
        no_id="only the first frame counts, and SOCKETS tries that; later it changes nothing, whoever says it",
    ),
    Asked(
        Open,
        ("visitor",),
        lambda ids: Open(cid=UUID(ids["cid"]), name="Vera", question="And an S?"),
        lambda ids, event: isinstance(event, Opened) and _about(ids, event) and str(event.cid) == ids["cid"],
        ids={"cid": AS_NEW},
    ),
    Asked(
        Say,
        BOTH,
        lambda ids: Say(cid=UUID(ids["cid"]), chat=UUID(ids["chat"]), body=Text(text="Anybody here?")),
        lambda ids, event: isinstance(event, Ack) and _about(ids, event) and str(event.cid) == ids["cid"] and event.seq > 3,
        ids={"chat": REFUSED, "cid": AS_NEW},
    ),
    Asked(
        Resume,
        BOTH,
        lambda ids: Resume(chat=UUID(ids["chat"]), after=0),
        lambda ids, event: isinstance(event, Entries) and _about(ids, event),
        ids={"chat": REFUSED},
    ),
    Asked(
        Mark,
        BOTH,
        lambda ids: Mark(chat=UUID(ids["chat"]), delivered=1, read=1),
        lambda ids, event: isinstance(event, Marked) and _about(ids, event),
        ids={"chat": REFUSED},
    ),
    Asked(
        Answer,
        ("agent",),
        lambda ids: Answer(chat=UUID(ids["chat"])),
        lambda ids, event: (
            isinstance(event, InboxChange) and any(str(card.chat) == ids["chat"] and card.agent for card in event.cards)
        ),
        ids={"chat": REFUSED},
        of=AGENTS,
        waiting=True,
    ),
    Asked(
        End,
        BOTH,
        lambda ids: End(chat=UUID(ids["chat"])),
        lambda ids, event: _logged(ids, event, Ended),
        ids={"chat": REFUSED},
    ),
    Asked(
        TransferToAgent,
        ("agent",),
        lambda ids: TransferToAgent(chat=UUID(ids["chat"]), agent=UUID(ids["agent"]), note="Knows his way"),
        lambda ids, event: _logged(ids, event, Transferred),
        ids={"chat": REFUSED, "agent": REFUSED},
        of_tenant=("agent",),
    ),
    Asked(
        TransferToRoom,
        ("agent",),
        lambda ids: TransferToRoom(chat=UUID(ids["chat"]), room=UUID(ids["room"]), note="Knows his way"),
        lambda ids, event: _logged(ids, event, Transferred),
        ids={"chat": REFUSED, "room": REFUSED},
        of_tenant=("room",),
    ),
    Asked(
        Compose,
        BOTH,
        lambda ids: Compose(chat=UUID(ids["chat"]), text="Any"),
        lambda ids, event: isinstance(event, Typing) and _about(ids, event),
        ids={"chat": REFUSED},
        heard=True,
    ),
    Asked(
        Choose,
        ("agent",),
        lambda _: Choose(availability=Availability.ONLINE),
        lambda _, event: isinstance(event, Inbox),
        no_id="about the agent of this socket",
    ),
    *OF_VISITORS,
    Asked(
        Look,
        BOTH,
        lambda _: Look(),
        lambda _, event: isinstance(event, Inbox | Current),
        no_id="about the account of this socket",
    ),
]


_OUT, _BAD = CloseCode.SIGNED_OUT, CloseCode.BAD_TOKEN

SOCKETS = {
    "/console/{slug:str}/socket": [
        *(Knock("acme", f"session {name}", WELCOME) for name in ("Alice", "Ben", "Cara")),
        Knock("acme", "session Gil", 404),
        Knock("globex", "session Ben", 404),
        Knock("globex", "session Cara", WELCOME),  # she is an agent of both
        Knock("absent", "session Ben", 404),
        *(Knock("acme", token, _OUT) for token in ("", "session ended", "visitor vera", "room acme", "nonsense")),
    ],
    "/c/{token:str}/socket": [
        Knock("acme", "visitor vera", WELCOME),
        Knock("acme", "visitor globex", _BAD),
        Knock("globex", "visitor vera", _BAD),
        Knock("absent", "visitor vera", _BAD),
        *(Knock("acme", token, _BAD) for token in ("", "session Ben", "room acme", "nonsense", "a" * 5_000, "../x", "\0")),
    ],
}


JOBS = [Done("welcome_owner", ids={"tenant": "tenant", "owner": "agent"}, leaves="mail")]

# Kinds of due work → the table that the row's id leads to; None: it belongs to no tenant.
KINDS = {"job": "outbox", "mail": "mail", "schedule": None, "account_mail": None, "unsent_file": "file", "file_scan": "file"}
