"""The matrix of what visitors may do beside the thread: part of `matrix.py`."""

from uuid import UUID

from switchboard.protocol import (
    Admit,
    Admitted,
    Forget,
    Forgotten,
    PastChats,
    Rate,
    Rated,
    Recall,
    Transcribe,
    Transcribed,
)
from tests.tenancy.entries import REFUSED, Asked

OF_VISITORS = [
    Asked(
        Rate,
        ("visitor",),
        lambda ids: Rate(chat=UUID(ids["chat"]), stars=4, comment="Knew the sizes."),
        lambda ids, event: isinstance(event, Rated) and str(event.chat) == ids["chat"],
        ids={"chat": REFUSED},
    ),
    Asked(
        Recall,
        ("visitor",),
        lambda _: Recall(),
        lambda _, event: isinstance(event, PastChats),
        no_id="about the visitor of this socket",
    ),
    Asked(
        Transcribe,
        ("visitor",),
        lambda ids: Transcribe(chat=UUID(ids["chat"]), to=f"{ids['cid']}@holm.example", zone="UTC", language="en"),
        lambda ids, event: isinstance(event, Transcribed) and str(event.chat) == ids["chat"],
        ids={"chat": REFUSED},
    ),
    Asked(
        Admit,
        ("visitor",),
        lambda ids: Admit(code=ids["cid"]),
        lambda _, event: isinstance(event, Admitted),
        no_id="a code of one's own making",
    ),
    Asked(
        Forget,
        ("visitor",),
        lambda _: Forget(),
        lambda _, event: isinstance(event, Forgotten),
        no_id="about the visitor of this socket",
    ),
]
