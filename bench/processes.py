"""Processes of a measurement: started, waited for, stopped, and dead with us should we be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PYTHON = (sys.executable, "-m")
_MAY_TAKE_S = 60
_STOPS_WITHIN_S = 10


@dataclass(frozen=True, slots=True)
class Process:
    """A started command and where it writes."""

    name: str
    pid: int
    why_dead: Callable[[], str | None]


@contextmanager
def running(name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Generator[Process]:
    """Runs while the block does; `folder` gets its log."""
    path = folder / f"{name}.log"
    tied = [*PYTHON, "switchboard.embedded.tether", str(os.getpid()), *command]
    with path.open("wb") as log:
        child = subprocess.Popen(tied, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def why_dead() -> str | None:
        return None if child.poll() is None else f"{name} ended with {child.returncode}:\n{path.read_text()[-2000:]}"

    try:
        yield Process(name, child.pid, why_dead)
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(_STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def until(problem: Callable[[], str | None], process: Process) -> None:
    """Returns when there is no problem any more. Ends this process, with the log, when `process` dies or takes too long."""
    deadline = time.monotonic() + _MAY_TAKE_S
    while found := problem():
        if dead := process.why_dead():
            sys.exit(dead)
        if time.monotonic() > deadline:
            sys.exit(f"{process.name} does not answer: {found}")
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
