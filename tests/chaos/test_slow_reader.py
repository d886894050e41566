"""Readers that take nothing: closed when their queue is full, the others get everything in time, and the slow ones later."""

from pathlib import Path
from uuid import UUID

from switchboard.protocol import LONGEST_TEXT, CloseCode
from tests.chaos import history
from tests.chaos.device import Device
from tests.chaos.load import Load
from tests.chaos.run import Run, a_run
from tests.chaos.town import Plan
from tests.chaos.waiting import until

MESSAGES = 900
"""Of 8 KB: more than a queue of 1 MiB and the kernel's buffers on the way, up to 4 MiB, hold together."""
MOST_GROWTH_KB = 64 << 10
PATIENCE = 60.0


async def test_slow_readers_are_closed_and_harm_nobody(tmp_path: Path, assets_dir: Path) -> None:
    async with a_run(tmp_path, assets_dir, "slow readers", Plan(1, workers=0)) as run:
        slow = await flood(run)
        await until(closed_as_slow(run, slow), PATIENCE)
        await run.must_be_flawless()


async def test_a_queue_without_bounds_is_noticed(tmp_path: Path, assets_dir: Path) -> None:
    """The control."""
    async with a_run(tmp_path, assets_dir, "boundless queue", Plan(1, workers=0, sabotage=("boundless_queue",))) as run:
        slow = await flood(run)
        await run.must_be_flawless()
        assert not await closed_as_slow(run, slow)()


async def flood(run: Run) -> list[Device]:
    """Large messages in a chat, two of whose devices take nothing until the others have everything; small talk in the rest."""
    await run.crowd.arrive(["Alice", "Ben"])
    await run.crowd.open_chats(4)
    chat, (writer, *readers) = next(iter(run.crowd.chats.items()))
    slow, fast = readers[1:], readers[:1]
    stall(run, slow)
    load = Load(run.crowd, run.dice, count=200, rate=50)
    load.start()
    before = resident_kb(run)
    for _ in range(MESSAGES):
        writer.write(chat, "." * (LONGEST_TEXT - 100))
    await until(have_all(chat, [writer, *fast]), PATIENCE)
    grown = resident_kb(run) - before
    print(f"the web grew by {grown} KB while {len(slow)} readers took nothing")
    assert grown < MOST_GROWTH_KB
    flow(run, slow)
    await load.finish()
    return slow


def stall(run: Run, slow: list[Device]) -> None:
    for device in slow:
        run.notes.note(history.Fault(name="stall", target=device.name, unacked=None, blinds=[device.name]))
        run.town.balancer.must_pipe_of(device.line.port).stall("down")


def flow(run: Run, slow: list[Device]) -> None:
    for device in slow:
        run.notes.note(history.Healed(name="stall", target=device.name))
        run.town.balancer.must_pipe_of(device.line.port).flow()


def have_all(chat: UUID, devices: list[Device]):
    async def have() -> bool:
        return all(device.following.logs[chat].last >= MESSAGES for device in devices)

    return have


def closed_as_slow(run: Run, slow: list[Device]):
    async def are() -> bool:
        closed = {link.device for link in run.notes.of(history.Link) if link.code == CloseCode.SLOW}
        return closed >= {device.name for device in slow}

    return are


def resident_kb(run: Run) -> int:
    """What the web process holds in memory."""
    status = Path(f"/proc/{run.town.webs[0].pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
