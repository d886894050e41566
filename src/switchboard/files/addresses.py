"""Addresses under which a file may be fetched: signed, for one party of its chat, for minutes. Pure.

No cookie is needed or looked at: inside a frame on a foreign site there is none.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from switchboard.errors import NotFoundError

LASTS = timedelta(minutes=10)
_ENDED = "This address has ended. Open the file from its chat again."
_KEY = b"switchboard: address of a file"
_IDS, _TIME, _MARK = 3 * 16, 5, 32
_LENGTH = _IDS + _TIME + _MARK


@dataclass(frozen=True, slots=True)
class Address:
    """Whose file, for which party of its chat, until when."""

    tenant: UUID
    file: UUID
    party: UUID
    ends: datetime


def signed(address: Address, secret: str) -> str:
    """The address' token; nobody without the secret can make or change one."""
    ids = address.tenant.bytes + address.file.bytes + address.party.bytes
    content = ids + int(address.ends.timestamp()).to_bytes(_TIME, "big")
    return urlsafe_b64encode(content + _mark(content, secret)).decode().rstrip("=")


def read(token: str, secret: str, now: datetime) -> Address:
    """Raises NotFoundError: never ours, changed, or ended."""
    try:
        found = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Error, ValueError):
        raise NotFoundError(_ENDED) from None
    content, mark = found[:-_MARK], found[-_MARK:]
    if len(found) != _LENGTH or not hmac.compare_digest(mark, _mark(content, secret)):
        raise NotFoundError(_ENDED)
    ends = datetime.fromtimestamp(int.from_bytes(content[_IDS:], "big"), now.tzinfo)
    if ends <= now:
        raise NotFoundError(_ENDED)
    return Address(UUID(bytes=content[:16]), UUID(bytes=content[16:32]), UUID(bytes=content[32:48]), ends)


def _mark(content: bytes, secret: str) -> bytes:
    key = hmac.digest(secret.encode(), _KEY, hashlib.sha256)
    return hmac.digest(key, content, hashlib.sha256)
