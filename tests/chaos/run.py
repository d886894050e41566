"""One run: a town, a crowd, a history; at the end everything must have arrived, and the checker says whether it did."""

import asyncio
import os
import random
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos import history, machine
from tests.chaos.checker import LATEST, Violation, judged
from tests.chaos.crowd import Crowd
from tests.chaos.flight import Flight
from tests.chaos.history import History
from tests.chaos.summary import summary
from tests.chaos.town import Plan, Town, fresh_seed
from tests.chaos.waiting import until

LOOKED_EVERY = 0.05
SAMPLED_EVERY = 0.5
SETTLES_WITHIN = 40.0
"""Longest way back: a pause of 5 s, a handshake, a refused greeting, and all that again on a slow machine."""


@dataclass
class Run:
    """What a test works with."""

    town: Town
    crowd: Crowd
    notes: History
    flight: Flight
    dice: random.Random

    async def settle(self, within: float = SETTLES_WITHIN) -> bool:
        """Waits until all that was written is acknowledged and on every device that follows it; False when it does not come."""
        async with self.town.superuser() as connection:

            async def is_whole() -> bool:
                if any(device.outbox.waiting for device in self.crowd.devices.values()):
                    return False
                ends = {row[0]: row[1] for row in await connection.fetch("select id, last_seq from chat")}
                return all(
                    device.following.logs[chat].last >= ends[chat]
                    for chat, devices in self.crowd.chats.items()
                    for device in devices
                )

            try:
                await until(is_whole, within)
            except TimeoutError:
                return False
        return True

    async def verdict(self, latest: float = LATEST) -> list[Violation]:
        """Adds what Postgres holds to the history and has it judged."""
        self.notes.note(history.Lag(seconds=0.0))  # the end, as the devices see it
        async with self.town.superuser() as connection:
            rows = await connection.fetch(
                "select chat_id, seq, cid, body->>'text', extract(epoch from at)::float from message order by chat_id, seq"
            )
        for chat, seq, cid, text, at in rows:
            if chat in self.crowd.chats:
                self.notes.note(history.Stored(at=at, chat=chat, seq=seq, cid=cid, text=text))
        return judged(self.notes.events, latest)

    async def must_be_flawless(self, latest: float = LATEST) -> None:
        """Fails with the path of the history and the first of what is wrong."""
        await self.settle()
        found = await self.verdict(latest)
        print(summary(self.notes.events))
        if found:
            shown = "\n".join(f"  {violation.rule}: {violation.detail[:300]}" for violation in found[:20])
            pytest.fail(f"{len(found)} promises broken; the history is {self.notes.path}\n{shown}", pytrace=False)


@asynccontextmanager
async def a_run(
    folder: Path, assets: Path, name: str, plan: Plan | None = None, *, seed: int | None = None
) -> AsyncIterator[Run]:
    """Everything up, nobody there yet. CHAOS_SEED repeats the choices of an earlier run."""
    seed = seed or int(os.environ.get("CHAOS_SEED", "0")) or fresh_seed()
    print(f"CHAOS_SEED={seed}")
    dice = random.Random(seed)
    notes, flight = History(folder / "history.jsonl"), Flight()
    notes.listeners.append(flight.heard)
    notes.note(history.Run(test=name, seed=seed))
    town = Town(folder, assets, plan or Plan())
    crowd = Crowd(town, notes, dice)
    watch = asyncio.create_task(_watch_lag(notes))
    try:
        await town.rise()
        yield Run(town, crowd, notes, flight, dice)
    finally:
        watch.cancel()
        await crowd.leave()
        await town.fall()
        notes.close()
        shutil.rmtree(folder / "pg", ignore_errors=True)


async def _watch_lag(notes: History) -> None:
    """Notes how much later everything was than it would have been on a machine of our own."""
    before, since, late = machine.sample(), time.monotonic(), 0.0
    while True:
        asleep = time.monotonic()
        await asyncio.sleep(LOOKED_EVERY)
        late += max(0.0, time.monotonic() - asleep - 2 * LOOKED_EVERY)
        if time.monotonic() - since < SAMPLED_EVERY:
            continue
        now = machine.sample()
        late = max(late, machine.taken(before, now))
        if late > LOOKED_EVERY:
            notes.note(history.Lag(seconds=late))
        before, since, late = now, time.monotonic(), 0.0
