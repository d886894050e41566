"""argon2id, in a thread: a hash takes some 100 ms of CPU and must not stop the loop."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


@cache
def _of_nobody() -> str:
    return _hasher.hash("the password of an address that is not known")


async def hashed(password: str) -> str:
    """What is stored."""
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Does the same work when nothing is stored, so that known and unknown addresses answer alike (DESIGN 10)."""
    return await asyncio.to_thread(_matches, password, stored)


def _matches(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or _of_nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
