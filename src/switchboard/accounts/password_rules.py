"""Which passwords are refused (NIST SP 800-63B 3.1.1: length and a list of common ones; no rules about kinds of characters)."""

import asyncio
from collections.abc import Iterable

SHORTEST, LONGEST = 10, 200
# Patterns beyond it add nothing, and matching takes longer than linear time.
_LOOKED_AT = 72
# Below: a million guesses or fewer. zxcvbn knows 30,000 common passwords and their usual disguises.
_WEAKEST = 2

TOO_SHORT = f"Take at least {SHORTEST} characters. Three or four random words are good."
TOO_LONG = f"Take at most {LONGEST} characters."
TOO_COMMON = "This password is among the first that somebody would try. Take three or four random words instead."


async def problem_with(password: str, about: Iterable[str]) -> str | None:
    """What is wrong with it, and what to do. `about` are words that a stranger knows: address, business."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    return TOO_COMMON if await asyncio.to_thread(_is_common, password, list(about)) else None


def _is_common(password: str, about: list[str]) -> bool:
    from zxcvbn import zxcvbn  # a megabyte of words that only sign-up and change need

    # A sentence of one's own words ("acme") is weighed by parts, so split what is known as people would.
    known = [part for text in about for part in (text, *text.replace("@", " ").replace(".", " ").split())]
    return zxcvbn(password[:_LOOKED_AT], user_inputs=known)["score"] < _WEAKEST
