"""One part of a running Switchboard: a process, its log, and when it is started again after it died."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LARGEST_LOG = 10 * 2**20
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 10.0
_HEALTHY_AFTER_S = 30


def pause_before_restart(deaths_in_a_row: int) -> float:
    """Seconds to wait after the n-th death in a row: 0.5, doubling, at most 10."""
    return min(_FIRST_PAUSE_S * 2 ** (min(deaths_in_a_row, 10) - 1), _LONGEST_PAUSE_S)


@dataclass(frozen=True, slots=True)
class Command:
    """How to start a part, and the signal that asks it to stop."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    farewell: signal.Signals = signal.SIGTERM


class Part:
    """A started command. `watch` is called again and again; it starts the process again when its pause is over."""

    def __init__(self, command: Command, log: Path, inherited_lock: int) -> None:
        self.name: str = command.name
        self.log: Path = log
        self._command: Command = command
        self._lock: int = inherited_lock
        self._deaths: int = 0
        self._start_again_at: float | None = None
        self._start()

    def watch(self, now: float) -> str | None:
        """Note a death and return the line to print about it; start again when due. `now` is the monotonic clock."""
        if self._start_again_at is not None:
            if now >= self._start_again_at:
                self._start()
            return None
        if self._process.poll() is None:
            return None
        self._deaths = 1 if now - self._started_at > _HEALTHY_AFTER_S else self._deaths + 1
        pause = pause_before_restart(self._deaths)
        self._start_again_at = now + pause
        return f"{self.name} {self._how_it_ended()}; starting it again in {pause:g} s.\n{self.last_lines()}"

    def why_dead(self) -> str | None:
        """How it ended and the end of its log; None while it runs."""
        if self._process.poll() is None:
            return None
        return f"{self.name} {self._how_it_ended()}.\n{self.last_lines()}"

    def last_lines(self, count: int = 8) -> str:
        """The end of its log, indented, under the name of the file."""
        with self.log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 8192))
            lines = file.read().decode(errors="replace").splitlines()[-count:]
        return "\n".join([f"  {self.log}:", *(f"  | {line}" for line in lines)])

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(self._command.farewell)

    def wait_or_kill(self, deadline: float) -> None:
        """Wait until it is gone; kill it at `deadline` (monotonic)."""
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        self._start_again_at = None
        _cut(self.log)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command.arguments,
                env=self._command.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches the whole terminal group: the parts must hear of it from us, in order.
                start_new_session=True,
                pass_fds=(self._lock,),
            )
        self._started_at = time.monotonic()

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _cut(log: Path) -> None:
    """Begin a log anew that grew beyond 10 MB."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.unlink()
