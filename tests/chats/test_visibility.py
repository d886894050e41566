"""What each side gets of an entry: one rule, over every kind of body."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from switchboard.chats.visibility import frame_of, visible_to
from switchboard.protocol import Body, Entry, Hidden, Note, Side
from tests.cast import a_cid
from tests.protocol.test_wire import made

ENTRY = Entry(
    seq=7, sender=Side.AGENT, name="Ben", at=datetime(2026, 1, 5, tzinfo=UTC), cid=a_cid(), body=Note(text="She is in a hurry")
)


@pytest.mark.parametrize("kind", get_args(Body), ids=lambda kind: kind.__name__)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_visitor_gets_every_kind_but_notes_and_an_agent_gets_all(kind: type[Any], data: st.DataObject) -> None:
    entry = Entry(seq=1, sender=Side.AGENT, name="Ben", at=ENTRY.at, cid=a_cid(), body=data.draw(made(kind)))
    assert visible_to(Side.AGENT, entry) is entry
    assert (visible_to(Side.VISITOR, entry) is entry) == (kind is not Note)


def test_in_place_of_a_note_stands_its_seq_without_text_and_name() -> None:
    shown = visible_to(Side.VISITOR, ENTRY)
    assert (shown.seq, shown.name, shown.body) == (7, "", Hidden())
    frame = frame_of(a_cid(), ENTRY)
    assert [word in frame.agent for word in (b"hurry", b"Ben")] == [True, True]
    assert [word in frame.visitor for word in (b"hurry", b"Ben")] == [False, False]


def test_an_entry_that_both_may_read_is_encoded_once() -> None:
    entry = Entry(seq=1, sender=Side.VISITOR, name="Vera", at=ENTRY.at, cid=a_cid(), body=Hidden())
    frame = frame_of(a_cid(), entry)
    assert frame.visitor is frame.agent
