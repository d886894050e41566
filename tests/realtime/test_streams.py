"""A stream reaches every subscriber once and in order, whatever happens to wake-ups and however slow the database is."""

import asyncio
import random
from uuid import UUID

import pytest

from switchboard.protocol import Side
from switchboard.realtime.connection import Connection
from switchboard.realtime.streams import Frame, Frames, Streams
from tests.cast import a_cid
from tests.until import comes_true

TENANT, CHAT = a_cid(), a_cid()
KEY = (TENANT, CHAT)


class Ear(Connection):
    """A connection that only listens."""

    def __init__(self, side: Side = Side.AGENT) -> None:
        self.heard: list[int] = []
        self.side = side
        self.party = a_cid()

    def send(self, frame: bytes) -> None:
        self.heard.append(int(frame))


def both(seq: int, leaves: UUID | None = None) -> Frame:
    """Visitors hear the negative."""
    return Frame(b"-%d" % seq, b"%d" % seq, leaves)


class Log:
    """A chat's log whose reads take a random while."""

    def __init__(self, seed: int) -> None:
        self.seq = 0
        self.random = random.Random(seed)
        self.reads = 0
        self.leaving: dict[int, UUID] = {}

    async def read_after(self, _tenant: object, _chat: object, after: int) -> Frames:
        self.reads += 1
        for _ in range(self.random.randrange(3)):
            await asyncio.sleep(0)
        page = [(seq, both(seq, self.leaving.get(seq))) for seq in range(after + 1, min(self.seq, after + 7) + 1)]
        for _ in range(self.random.randrange(3)):
            await asyncio.sleep(0)
        return page


async def join(streams: Streams, log: Log, ear: Ear, after: int = 0) -> None:
    """What `resume` does: subscribe, read to the end, release."""
    streams.subscribe(KEY, ear, ear.party, ear.side)
    position = after
    while page := await log.read_after(TENANT, CHAT, position):
        for seq, frame in page:
            ear.send(frame.agent)
            position = seq
    streams.release(KEY, ear, position)


@pytest.mark.parametrize("seed", range(60))
async def test_every_ear_hears_everything_once_in_order(seed: int) -> None:
    log, chance = Log(seed), random.Random(seed)
    streams = Streams(log.read_after)
    ears: list[tuple[Ear, Ear | None]] = []
    joining: list[asyncio.Task[None]] = []
    for _ in range(80):
        match chance.randrange(6):
            case 0 if len(ears) < 4:
                ear = Ear()
                ears.append((ear, None))
                joining.append(asyncio.create_task(join(streams, log, ear)))
            case 1 | 2:  # committed here, published at once
                log.seq += 1
                streams.publish(KEY, log.seq, both(log.seq), None)
            case 3:  # committed elsewhere, the wake-up lost
                log.seq += 1
            case 4:  # a wake-up, perhaps an old one, perhaps doubled
                streams.grew(KEY, chance.randint(0, log.seq))
            case _:
                await asyncio.sleep(0)
    await asyncio.gather(*joining)
    streams.grew(KEY, log.seq)
    for _ in range(200):
        await asyncio.sleep(0)
    for ear, _ in ears:
        assert ear.heard == list(range(1, log.seq + 1))


async def test_an_author_gets_no_copy_and_misses_nothing_of_others() -> None:
    log = Log(0)
    streams, author, other = Streams(log.read_after), Ear(), Ear()
    await join(streams, log, author)
    await join(streams, log, other)
    log.seq = 1
    streams.publish(KEY, 1, both(1), author)
    log.seq = 2
    streams.publish(KEY, 2, both(2), other)
    assert (author.heard, other.heard) == ([2], [1])


async def test_a_resend_is_not_published_twice() -> None:
    log = Log(0)
    streams, ear = Streams(log.read_after), Ear()
    await join(streams, log, ear)
    log.seq = 1
    for _ in range(3):
        streams.publish(KEY, 1, both(1), None)
    assert ear.heard == [1]


async def test_nobody_listening_costs_no_read() -> None:
    log = Log(0)
    streams, ear = Streams(log.read_after), Ear()
    await join(streams, log, ear)
    streams.forget(ear)
    reads, log.seq = log.reads, 5
    streams.grew(KEY, 5)
    await asyncio.sleep(0)
    assert log.reads == reads
    assert streams.positions() == []


async def test_each_side_gets_its_own_frame_live_held_and_caught_up() -> None:
    log = Log(0)
    streams, visitor, late, agent = Streams(log.read_after), Ear(Side.VISITOR), Ear(Side.VISITOR), Ear()
    for ear in (visitor, agent):
        await join(streams, log, ear)
    streams.subscribe(KEY, late, late.party, late.side)
    log.seq = 1
    streams.publish(KEY, 1, both(1), None)
    streams.release(KEY, late, 0)
    log.seq = 3
    streams.grew(KEY, 3)
    await heard_all(agent, 3)
    assert (visitor.heard, late.heard, agent.heard) == ([-1, -2, -3], [-1, -2, -3], [1, 2, 3])


@pytest.mark.parametrize("told", ["live", "by the comparison"])
async def test_who_leaves_hears_of_it_and_nothing_more(told: str) -> None:
    log = Log(0)
    streams, leaver, stayer = Streams(log.read_after), Ear(), Ear()
    for ear in (leaver, stayer):
        await join(streams, log, ear)
    log.leaving[1] = leaver.party
    log.seq = 2
    if told == "live":
        streams.publish(KEY, 1, both(1, leaver.party), None)
        streams.publish(KEY, 2, both(2), None)
    else:
        streams.grew(KEY, 2)
    await heard_all(stayer, 2)
    assert leaver.heard == [1]
    assert streams.side_of(KEY, leaver) is None
    assert streams.subscribers(KEY) == [stayer]


async def test_who_leaves_while_they_read_the_past_is_let_go_too() -> None:
    log = Log(0)
    streams, leaver, stayer = Streams(log.read_after), Ear(), Ear()
    await join(streams, log, stayer)
    streams.subscribe(KEY, leaver, leaver.party, leaver.side)
    log.seq = 2
    streams.publish(KEY, 1, both(1, leaver.party), None)
    streams.publish(KEY, 2, both(2), None)
    streams.release(KEY, leaver, 0)
    assert leaver.heard == [1]


async def test_who_comes_back_is_not_let_go_by_what_they_have_read() -> None:
    log = Log(0)
    streams, back = Streams(log.read_after), Ear()
    log.leaving[1] = back.party
    log.seq = 2
    await join(streams, log, back)
    log.seq = 3
    streams.grew(KEY, 3)
    await heard_all(back, 3)
    assert streams.side_of(KEY, back) is Side.AGENT


async def heard_all(ear: Ear, seq: int) -> None:
    await comes_true(lambda: seq in ear.heard)
