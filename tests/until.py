"""Waiting in tests: for a fact, never for a time."""

import time
from collections.abc import Callable


def until(fact: Callable[[], object], within: float = 20.0) -> None:
    """Return as soon as `fact` holds; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not fact():
        assert time.monotonic() < deadline, f"not within {within:g} s"
        time.sleep(0.02)
