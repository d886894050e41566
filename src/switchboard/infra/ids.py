"""Ids and tokens. Ids are UUIDv7, so they sort by time; tokens are opaque and only their hash is stored."""

import hashlib
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7."""
    return uuid7()


def new_token() -> str:
    """256 random bits, URL-safe (OWASP ASVS 7.2.3 asks for at least 128)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """32 bytes, what is stored of a token. No salt: a token has more entropy than the hash."""
    return hashlib.sha256(token.encode()).digest()
