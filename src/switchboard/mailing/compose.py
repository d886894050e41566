"""A letter as it goes over the wire. Pure. What people wrote reaches headers only as one line of text (OWASP ASVS 1.3.11)."""

import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from switchboard.infra.works import GivenUpError
from switchboard.mailing.letters import Letter

LONGEST_SUBJECT = 200
# Control and line-separating characters, and the start of an encoded word, which readers would decode into them.
_NOT_FOR_HEADERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+|=\\?")


def compose(letter: Letter, *, sender: Address, id: UUID, at: datetime) -> EmailMessage:
    """The same `id` gives the same Message-ID each time. Raises GivenUpError for an address that cannot be one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = address_of(letter.recipient)
    message["Subject"] = header_text(letter.subject)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def address_of(written: str) -> Address:
    """Raises GivenUpError."""
    try:
        if _NOT_FOR_HEADERS.search(written) or written != written.strip():
            raise ValueError
        address = Address(addr_spec=written)
        address.addr_spec.encode("ascii")
    except (ValueError, IndexError, MessageError):
        raise GivenUpError("not a mail address") from None
    if not address.username or not address.domain:
        raise GivenUpError("not a mail address")
    return address


def header_text(written: str) -> str:
    """One line, without anything that a reader would decode."""
    return " ".join(_NOT_FOR_HEADERS.sub(" ", written).split())
