"""The courier between relay and workers: SAQ, with the settings under which it loses nothing (reference/stack.md 7).

What it carries are due rows; Postgres stays the truth, so a queue that forgets costs a lease, not a job.
"""

import asyncio
from signal import Signals
from typing import Any, ClassVar

import msgspec
from saq import Queue, Worker
from saq.queue.postgres import PostgresQueue
from saq.types import PartialTimersDict

from switchboard.infra.due import Due
from switchboard.infra.works import Works

TRIES = 3
TAKES_AT_MOST_S = 30
# Seconds; only `sweep` differs from the library: at 60 a killed worker's jobs lie for a minute.
TIMERS = PartialTimersDict(schedule=1, worker_info=10, sweep=5, abort=1)
KEPT_S = 60
AT_ONCE = 10
# Polling: the queue's LISTEN connection does not come back after Postgres was restarted.
LOOKS_EVERY_S = 0.2
GRACE_S = 8


def open_queue(url: str, name: str) -> Queue:
    """`url`: postgresql:// of role jobs, or redis://. Connect it before its worker starts, or that takes no job."""
    name = f"switchboard-{name}"
    if url.startswith("postgresql"):
        return PostgresQueue.from_url(url, name=name, min_size=1, max_size=4)
    return Queue.from_url(url, name=name)


async def enqueue(queue: Queue, claimed: Due) -> None:
    """A claim is carried once. The try's number is in the key, so that a killed worker's job does not block the next try."""
    await queue.enqueue(
        "perform",
        key=f"{queue.name}:{claimed.kind}:{claimed.tenant_id or ''}:{claimed.id}:{claimed.attempts}",
        claimed=msgspec.to_builtins(claimed),
        retries=TRIES,
        timeout=TAKES_AT_MOST_S,
        heartbeat=TAKES_AT_MOST_S,
        ttl=KEPT_S,
    )


class _Worker(Worker[Any]):
    """Several run in one process, which stops them."""

    SIGNALS: ClassVar[list[Signals]] = []

    async def stop(self) -> None:
        """Takes no more, and waits for what is in hand. The library's own grace would wait for its idle timers, too."""
        self.event.set()
        in_hand = [context["task"] for context in self.job_task_contexts.values()]
        if in_hand:
            await asyncio.wait(in_hand, timeout=GRACE_S)
        await super().stop()


def open_worker(queue: Queue, works: Works) -> Worker[Any]:
    """Performs what is carried until it is stopped: what it holds then is finished, or carried again."""

    async def perform(_context: Any, *, claimed: dict[str, Any]) -> None:
        await works.perform(msgspec.convert(claimed, Due))

    return _Worker(
        queue,
        [("perform", perform)],
        concurrency=AT_ONCE,
        timers=TIMERS,
        poll_interval=LOOKS_EVERY_S,
    )
