"""People who write: now one line, now several at once, on any device of any chat."""

import asyncio
import random
from uuid import UUID

from tests.chaos.crowd import Crowd

LONGEST_BURST = 4


class Load:
    """`rate`: messages per second. Writes at least `count`, and on for as long as somebody needs traffic."""

    def __init__(self, crowd: Crowd, dice: random.Random, count: int, rate: float) -> None:
        self._crowd = crowd
        self._dice = dice
        self._count = count
        self._rate = rate
        self._needed = True
        self._task: asyncio.Task[None] | None = None
        self.written: list[UUID] = []

    def start(self) -> None:
        self._task = asyncio.create_task(self._write())

    async def finish(self) -> None:
        """Returns when everything has been written; stored it is later."""
        assert self._task is not None
        self._needed = False
        await self._task

    async def _write(self) -> None:
        chats = list(self._crowd.chats.items())
        while self._needed or len(self.written) < self._count:
            chat, devices = self._dice.choice(chats)
            device = self._dice.choice(devices)
            burst = self._dice.randint(1, LONGEST_BURST)
            for _ in range(burst):
                self.written.append(device.write(chat))
            await asyncio.sleep(self._dice.uniform(0, 2) * burst / self._rate)
