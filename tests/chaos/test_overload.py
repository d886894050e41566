"""Twice as much as a web can store: refused at once with a hint when to try again, nothing lost, and well again afterwards.

A Python process cannot write twice as fast as a web stores, and would measure itself: what it reads late waits in its own
sockets. So the web's writer is made small and slow (`sabotage.small_writer`), everything else is as it is.
"""

import asyncio
import time
from pathlib import Path
from uuid import UUID

from tests.chaos import history
from tests.chaos.history import Acked, Refused, Sent
from tests.chaos.run import Run, a_run
from tests.chaos.town import Plan

CHATS = 40
WARM_UP_S = 1.5
FLOOD_S = 3.0
TICK = 0.02
PROBES = 40
QUICK = 2.0
"""Far above what it takes, for machines that are busy with other things: the figure itself is printed."""


async def test_twice_too_much_is_refused_quickly_and_nothing_is_lost(tmp_path: Path, assets_dir: Path) -> None:
    plan = Plan(1, workers=0, sabotage=("small_writer",))
    async with a_run(tmp_path, assets_dir, "overload", plan) as run:
        await run.town.let_agents_hold_any_number()
        await run.crowd.arrive()
        await run.crowd.open_chats(CHATS, tabs=1)
        sustained = await as_fast_as_it_goes(run)
        await write(run, rate=2 * sustained, seconds=FLOOD_S)
        assert await run.settle()
        recovered = await probe(run)
        await run.must_be_flawless()
        refusals = times(run, Refused)
        print(
            f"sustained {sustained:.0f}/s, refused {len(refusals)} after p50 {at(refusals, 0.5):.0f} "
            f"p99 {at(refusals, 0.99):.0f} ms, "
            f"acks afterwards p50 {at(recovered, 0.5):.0f} p99 {at(recovered, 0.99):.0f} ms"
        )
        assert refusals
        assert at(refusals, 0.99) < QUICK * 1_000
        assert all(event.retry_ms for event in run.notes.of(Refused))


async def as_fast_as_it_goes(run: Run) -> float:
    """Messages per second when every sender has the next one ready."""
    begun = time.monotonic()
    written: list[UUID] = []
    while time.monotonic() < begun + WARM_UP_S:
        for chat, devices in run.crowd.chats.items():
            written += [device.write(chat) for device in devices[:1] if device.outbox.waiting < 2]
        await asyncio.sleep(0.001)
    await run.settle()
    return len(written) / (time.monotonic() - begun)


async def write(run: Run, rate: float, seconds: float) -> None:
    """At this rate, whatever becomes of it."""
    chats = list(run.crowd.chats.items())
    begun, count = time.monotonic(), 0
    while (now := time.monotonic()) < begun + seconds:
        while count < (now - begun) * rate:
            chat, devices = run.dice.choice(chats)
            run.dice.choice(devices).write(chat)
            count += 1
        await asyncio.sleep(TICK)


async def probe(run: Run) -> list[float]:
    """Milliseconds from sending to ack, one message at a time."""
    known = len(run.notes.events)
    for chat, devices in list(run.crowd.chats.items())[:PROBES]:
        devices[0].write(chat)
        await run.settle()
    return between(run.notes.events[known:], Acked)


def times(run: Run, answer: type[Acked] | type[Refused]) -> list[float]:
    return between(run.notes.events, answer)


def between(events: list[history.Any], answer: type[Acked] | type[Refused]) -> list[float]:
    """Milliseconds from the last sending of a message to this answer, in order of size."""
    sent: dict[UUID, float] = {}
    found: list[float] = []
    for event in events:
        if isinstance(event, Sent):
            sent[event.cid] = event.at
        elif isinstance(event, answer) and event.cid is not None and event.cid in sent:
            found.append((event.at - sent.pop(event.cid)) * 1_000)
    return sorted(found)


def at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
