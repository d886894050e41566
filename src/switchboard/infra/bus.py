"""Wake-ups between web processes: topics and sequence numbers, never content. A wake-up may be lost (DESIGN 5).

Postgres LISTEN/NOTIFY implements it in the embedded mode (`infra/bus_postgres.py`), Valkey when scaled out
(`infra/bus_valkey.py`). Both are made of an `Incoming` and an `Outgoing` half.
"""

from collections.abc import Callable
from typing import Protocol

from switchboard.infra.bus_company import Company

Wakes = list[tuple[str, int]]
OnWakes = Callable[[Wakes], None]
OnConnected = Callable[[], None]


class Bus(Protocol):
    """What every bus offers. Publishing never waits and never fails: a lost wake-up is caught by the 2 s comparison."""

    @property
    def company(self) -> Company:
        """Who else listens."""
        ...

    @property
    def is_connected(self) -> bool:
        """Whether wake-ups of others arrive now."""
        ...

    async def start(self, on_wakes: OnWakes, on_connected: OnConnected) -> None:
        """Begin to listen; returns when it listens, or after 3 s and goes on trying.

        `on_wakes` gets what other processes published; `on_connected` is told after each (re)connect.
        """
        ...

    def publish(self, topic: str, seq: int = 0) -> None:
        """Wake the other processes, if there are any; within 10 ms the highest `seq` of a topic stands for all."""
        ...

    async def close(self) -> None:
        """Send what waits, then stop."""
        ...
