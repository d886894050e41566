"""Whatever people write, a mail has exactly the headers and the one recipient that we gave it."""

import email
import email.policy
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchboard.infra.works import GivenUpError
from switchboard.mailing.compose import address_of, compose
from switchboard.mailing.letters import Letter

ID = UUID("019b0000-0000-7000-8000-000000000001")
SENDER = Address("Switchboard", addr_spec="no-reply@chat.example.com")
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}
INJECTIONS = [
    "Hello\r\nBcc: gil@globex.example",
    "Hello\nBcc: gil@globex.example",
    "Hello\rBcc: gil@globex.example",
    "Hello\u2028Bcc: gil@globex.example",
    "Hello\x85Bcc: gil@globex.example",
    "Hello\x0bBcc: gil@globex.example",
    "=?utf-8?q?Hello=0D=0ABcc:_gil@globex.example?=",
    "=?utf-8?b?SGVsbG8NCkJjYzogZ2lsQGdsb2JleC5leGFtcGxl?=",
    "Hello\r\n\r\n<script>",
    "Hello\x00",
    "x" * 5000,
    "\u202egnp.txt",
    "",
]


def sent(letter: Letter) -> EmailMessage:
    """As the other side reads it."""
    raw = compose(letter, sender=SENDER, id=ID, at=datetime(2026, 11, 22, tzinfo=UTC)).as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_subject_adds_no_header_and_no_recipient(text: str) -> None:
    message = sent(Letter("vera@example.com", text, "Hello", "<p>Hello"))
    assert set(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["vera@example.com"]
    assert not set("\r\n\u2028\x00") & set(str(message["Subject"]))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_out_of_its_place(subject: str, text: str, html: str) -> None:
    message = sent(Letter("vera@example.com", subject.encode(errors="replace").decode(), _storable(text), _storable(html)))
    assert set(message.keys()) == HEADERS
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize(
    "recipient",
    [
        *("vera@example.com\r\nBcc: gil@globex.example", "vera@example.com,gil@globex.example", "vera@example.com\n", ""),
        *("vera", "@example.com", "vera@", "Vera <vera@example.com>", "vera@example.com ", "=?utf-8?q?a?=@b.example"),
        *("vera@exämple.com\u2028", "vera\x00@example.com", "vera@example.com;gil@globex.example", "a b@example.com"),
    ],
)
def test_what_is_no_address_is_refused_for_good(recipient: str) -> None:
    with pytest.raises(GivenUpError):
        address_of(recipient)


@pytest.mark.parametrize("recipient", ["vera@example.com", "v.o'neil+shop@mail.example.co.uk", '"a b"@example.com'])
def test_an_address_is_an_address(recipient: str) -> None:
    assert address_of(recipient).addr_spec == recipient


def test_both_parts_arrive_as_written_and_the_id_is_stable() -> None:
    letter = Letter("vera@example.com", "Größe M? 你好 🚲", "Ja — 你好 🚲\n.\nEnde", "<p>Ja — 你好 🚲</p>")
    first, second = sent(letter), sent(letter)
    assert first["Message-ID"] == second["Message-ID"] == f"<{ID}@chat.example.com>"
    assert str(first["Subject"]) == letter.subject
    parts = {part.get_content_type(): part.get_content() for part in first.walk() if not part.is_multipart()}
    assert parts["text/plain"].strip().splitlines() == letter.text.splitlines()
    assert parts["text/html"].strip() == letter.html


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode(errors="replace").decode()
