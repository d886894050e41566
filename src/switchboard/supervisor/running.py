"""All parts together: started one by one, kept alive, stopped in order."""

import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from switchboard.supervisor.parts import Command, Part

_LOOK_EVERY_S = 0.2
_PARTS_MAY_TAKE_S, _ALL_MAY_TAKE_S = 2.5, 4.0
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


class Running:
    """The parts that run. The first one started is stopped last and alone: it is what the others stand on."""

    def __init__(self, var_dir: Path, inherited_lock: int) -> None:
        self._logs: Path = var_dir / "log"
        self._lock: int = inherited_lock
        self._parts: list[Part] = []

    def start(self, command: Command) -> Part:
        part = Part(command, self._logs / f"{command.name}.log", self._lock)
        self._parts.append(part)
        return part

    def keep_alive(self) -> None:
        """Start again whatever dies, and say so, until Stopped is raised."""
        while True:
            for part in self._parts:
                if news := part.watch(time.monotonic()):
                    print(news, flush=True)
            time.sleep(_LOOK_EVERY_S)

    def stop(self) -> None:
        """End all parts within 4 s, the first one started last."""
        began = time.monotonic()
        _stop_all(self._parts[1:], began + _PARTS_MAY_TAKE_S)
        _stop_all(self._parts[:1], began + _ALL_MAY_TAKE_S)


@contextmanager
def until_stopped() -> Generator[None]:
    """Turn the signals that mean stop into Stopped, once; the end of the block is then left in peace to clean up."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for ending in _STOPPING:
            signal.signal(ending, signal.SIG_IGN)
        raise Stopped

    before = {ending: signal.signal(ending, stop) for ending in _STOPPING}
    try:
        yield
    except Stopped:
        pass
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def _stop_all(parts: list[Part], deadline: float) -> None:
    for part in parts:
        part.ask_to_stop()
    for part in parts:
        part.wait_or_kill(deadline)
