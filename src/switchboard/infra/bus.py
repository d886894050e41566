"""Wake-ups between web processes: topics and sequence numbers. A wake-up may be lost (DESIGN 5), and so may a word.

Postgres LISTEN/NOTIFY carries them in the embedded mode (`infra/bus_postgres.py`), Valkey when scaled out
(`infra/bus_valkey.py`). Each is a `Link`: one connection that both hears and says, so that a process is woken once for the
answer to what it said and its own echo.
"""

from functools import partial
from typing import Protocol

from switchboard.infra.bus_company import Company
from switchboard.infra.bus_incoming import Heard, Incoming, OnWakes, OnWords, Ready
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.infra.bus_packet import Wakes, Words, hello
from switchboard.infra.ids import new_token

__all__ = ["Bus", "Link", "Wakes", "Words"]


class Link(Protocol):
    """The connection of a process to the others."""

    async def listen(self, hello: str, company: Company, heard: Heard, ready: Ready) -> None:
        """Connect, say `hello`, count the company, call `ready`; then `heard` with each payload, and keep counting.

        It ends or raises when the connection is lost, and never connects again by itself: the hub would not look for what it
        missed meanwhile. A server that went away without a word closes nothing: ask from time to time.
        """
        ...

    async def say(self, payloads: list[str]) -> None:
        """Raises when they may not have gone out, as while nobody listens here."""
        ...


class Bus:
    """Publishing never waits and never fails: the 2 s comparison finds what is lost."""

    def __init__(self, link: Link) -> None:
        me = new_token()[:12]
        self.company = Company()
        self._incoming = Incoming(me, self.company, partial(link.listen, hello(me), self.company))
        self._outgoing = Outgoing(me, link.say)

    @property
    def is_connected(self) -> bool:
        """Whether wake-ups of others arrive now."""
        return self._incoming.is_connected

    async def start(self, on_wakes: OnWakes, on_words: OnWords, on_connected: Ready) -> None:
        """Begin to listen; returns when it listens, or after 3 s and goes on trying.

        `on_wakes` gets what others published, `on_words` what they told; `on_connected` is told after each (re)connect.
        """
        await self._incoming.start(on_wakes, on_words, on_connected)

    def publish(self, topic: str, seq: int = 0) -> None:
        """Wake the other processes, if there are any; within 10 ms the highest `seq` of a topic stands for all."""
        if not self.company.is_absent:
            self._outgoing.publish(topic, seq)

    def tell(self, topic: str, word: bytes) -> None:
        """Say this JSON to the other processes, now or never; within 10 ms the last word on a topic stands for all."""
        if not self.company.is_absent:
            self._outgoing.tell(topic, word)

    async def close(self) -> None:
        """Send what waits, then stop."""
        await self._outgoing.close()
        await self._incoming.close()
