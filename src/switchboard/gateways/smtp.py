"""The mail server of the operator: one connection per letter."""

import asyncio
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from switchboard.infra.works import GivenUpError, NotNowError

ANSWERS_WITHIN_S = 10.0
TAKES_AT_MOST_S = 20.0
_PERMANENT = range(500, 600)


class SmtpGateway:
    """`url`: smtp://user:password@host:587 (STARTTLS where the server offers it), smtps://…:465, ?starttls=required|never."""

    def __init__(self, url: str) -> None:
        self._options = options(url)

    async def send(self, message: EmailMessage) -> None:
        """Raises GivenUpError when the server refuses this letter with 5xx, NotNowError for anything else.

        A connection lost after the text was sent is NotNowError, too: whether it was taken is unknown, and it is sent again
        under the same Message-ID. The errors do not chain: aiosmtplib's carry addresses.
        """
        try:
            async with asyncio.timeout(TAKES_AT_MOST_S):
                await self._hand_over(message)
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            raise _judged(refusal.recipients[0]) from None
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as refusal:
            raise _judged(refusal) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as trouble:
            code = getattr(trouble, "code", None)
            raise NotNowError(f"SMTP {code}" if code else type(trouble).__name__) from None

    async def _hand_over(self, message: EmailMessage) -> None:
        client = aiosmtplib.SMTP(timeout=ANSWERS_WITHIN_S, **self._options)
        await client.connect()
        try:
            await client.send_message(message)
            await client.quit()
        finally:
            client.close()


def options(url: str) -> dict[str, Any]:
    """What aiosmtplib calls them."""
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    start_tls = {"starttls=required": True, "starttls=never": False}.get(parts.query)
    return {
        "hostname": parts.hostname,
        "port": parts.port or (465 if tls else 587),
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "use_tls": tls,
        "start_tls": None if not tls and start_tls is None else bool(start_tls),
    }


def _judged(refusal: aiosmtplib.SMTPResponseException) -> Exception:
    reason = f"SMTP {refusal.code}"
    return GivenUpError(reason) if refusal.code in _PERMANENT else NotNowError(reason)
