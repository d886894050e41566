"""Links that we mail: one use, a limited life, and a token that is stored only as a hash (DESIGN 4.16).

The mail is written later, by a worker, so the token is derived from the row's id and our secret instead of being remembered.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from switchboard.accounts.models import MailToken, Purpose
from switchboard.errors import LinkEndedError
from switchboard.infra import due
from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.infra.ids import new_id, token_hash

KIND = "account_mail"
LASTS = {Purpose.SIGN_UP: timedelta(hours=24), Purpose.RESET: timedelta(hours=1)}
KEPT = timedelta(days=7)
UNKNOWN = "This link is not complete. Open it from the mail again, or copy all of it."
USED = "This link has been used. It works once."
EXPIRED = "This link is too old."


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that may still be used."""

    id: UUID
    email: str
    details: dict[str, Any] | None


def token_of(secret: str, id: UUID) -> str:
    """256 bits that only we can make."""
    mac = hmac.digest(secret.encode(), b"mailed link:" + id.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


async def promise(tx: GlobalTx, secret: str, purpose: Purpose, email: str, details: dict[str, Any] | None = None) -> None:
    """A mail with a link leaves after COMMIT. Does not ask whether anybody is known under this address: the worker does."""
    link = new_id()
    row = MailToken(
        id=link,
        purpose=purpose,
        token_hash=token_hash(token_of(secret, link)),
        email=email.strip().lower(),
        details=details,
        created_at=tx.now,
        expires_at=tx.now + LASTS[purpose],
    )
    tx.session.add(row)
    await due.put(tx, KIND, link)


async def opened(tx: GlobalTx, purpose: Purpose, token: str) -> Opened:
    """Changes nothing: who opens a link may be a scanner. Raises LinkEndedError that says why."""
    wanted = select(MailToken).where(MailToken.token_hash == token_hash(token), MailToken.purpose == purpose)
    row = await tx.session.scalar(wanted)
    if row is None:
        raise LinkEndedError(UNKNOWN, code="link_unknown")
    if row.used_at is not None:
        raise LinkEndedError(USED, code="link_used")
    if row.expires_at <= tx.now:
        raise LinkEndedError(EXPIRED, code="link_expired")
    return Opened(row.id, row.email, row.details)


async def use(tx: GlobalTx | TenantTx, link: Opened) -> None:
    """Compare-and-swap: of two clicks one passes. What was entered is forgotten. Raises LinkEndedError."""
    fresh = update(MailToken).where(MailToken.id == link.id, MailToken.used_at.is_(None), MailToken.expires_at > tx.now)
    used = fresh.values(used_at=tx.now, details=None).returning(MailToken.id)
    if await tx.session.scalar(used, execution_options={"synchronize_session": False}) is None:
        raise LinkEndedError(USED, code="link_used")


async def void(tx: GlobalTx, purpose: Purpose, email: str) -> None:
    """All links of this kind that were mailed to this address."""
    open_ones = update(MailToken).where(MailToken.email == email, MailToken.purpose == purpose, MailToken.used_at.is_(None))
    await tx.session.execute(open_ones.values(used_at=tx.now, details=None), execution_options={"synchronize_session": False})


async def forget_old_links(tx: GlobalTx) -> None:
    """A week after the end a link is not even answered with the reason. What was entered goes with its link's life."""
    await tx.session.execute(delete(MailToken).where(MailToken.expires_at < tx.now - KEPT))
    ended = update(MailToken).where(MailToken.expires_at < tx.now, MailToken.details.is_not(None)).values(details=None)
    await tx.session.execute(ended, execution_options={"synchronize_session": False})
