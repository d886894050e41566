"""How much of the machine others took: the time in which a process of ours was ready to run and waited for a CPU.

Of that, the part that goes to others; waiting for each other is our own affair.
"""

import os
from pathlib import Path
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """Seconds since boot: of CPU for everybody; of CPU, and of waiting for it, for each process that we have started."""

    busy: float
    spent: dict[int, float]
    waited: dict[int, float]


def sample() -> Sample:
    """Now. Where the system does not say, nobody is blamed."""
    try:
        user, nice, system, _idle, _wait, *interrupts = (int(word) for word in _first_line(Path("/proc/stat")).split()[1:9])
        pids = _ours()
        return Sample((user + nice + system + sum(interrupts)) / TICK, *_spent_and_waited(pids))
    except OSError:
        return Sample(0.0, {}, {})


def taken(before: Sample, after: Sample) -> float:
    """Seconds that others took between the two from that process of ours which waited longest."""
    busy = after.busy - before.busy
    ours = sum(spent - before.spent.get(pid, 0.0) for pid, spent in after.spent.items())
    waited = max((waited - before.waited.get(pid, 0.0) for pid, waited in after.waited.items()), default=0.0)
    return waited * max(0.0, busy - ours) / busy if busy > 0 else 0.0


def _spent_and_waited(pids: list[int]) -> tuple[dict[int, float], dict[int, float]]:
    spent: dict[int, float] = {}
    waited: dict[int, float] = {}
    for pid in pids:
        try:
            running, ready, _ = (int(word) for word in _first_line(Path(f"/proc/{pid}/schedstat")).split())
        except OSError:
            continue  # it has just ended
        spent[pid], waited[pid] = running / 1e9, ready / 1e9
    return spent, waited


def _ours() -> list[int]:
    """This process and all below it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int(folder.name)] = int(_first_line(folder / "stat").rpartition(")")[2].split()[1])
            except OSError:
                continue
    return [pid for pid in parents if _is_ours(pid, parents)]


def _is_ours(pid: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = parents.get(pid, 0)
    return False


def _first_line(path: Path) -> str:
    with path.open() as file:
        return file.readline()
