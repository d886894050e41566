"""Parts: started again with growing pauses, stopped in order, killed when they do not listen."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from switchboard.supervisor.parts import Command, Part, pause_before_restart
from switchboard.supervisor.running import Running
from tests.until import until

SLEEPER = "import time; print('slept', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "log").mkdir()
    with (tmp_path / "parts.lock").open("a") as held:
        yield held.fileno()


def test_pauses_double_from_half_a_second_to_ten() -> None:
    assert [pause_before_restart(n) for n in range(1, 8)] == [0.5, 1, 2, 4, 8, 10, 10]
    assert pause_before_restart(10_000) == 10


def test_a_dead_part_is_reported_with_the_end_of_its_log_and_started_when_due(tmp_path: Path, lock: int) -> None:
    part = Part(command("print('no such table'); raise SystemExit(3)"), tmp_path / "web.log", lock)
    until(part.why_dead)
    now = time.monotonic()
    news = part.watch(now)
    assert news
    assert "web ended with exit code 3; starting it again in 0.5 s." in news
    assert "| no such table" in news
    assert part.watch(now + 0.4) is None
    assert part.why_dead()
    part.watch(now + 0.5)
    until(part.why_dead)
    assert "again in 1 s" in str(part.watch(now + 0.6))


def test_a_part_that_lived_for_thirty_seconds_begins_with_the_short_pause(tmp_path: Path, lock: int) -> None:
    part = Part(command("raise SystemExit(1)"), tmp_path / "web.log", lock)
    now = time.monotonic()
    for _ in range(3):
        until(part.why_dead)
        part.watch(now)
        part.watch(now + 10)
    until(part.why_dead)
    assert "again in 0.5 s" in str(part.watch(time.monotonic() + 31))


def test_a_log_beyond_ten_megabytes_is_begun_anew(tmp_path: Path, lock: int) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (10 * 2**20 + 1))
    until(Part(command("pass"), log, lock).why_dead)
    assert log.stat().st_size == 0


def test_the_foundation_is_stopped_last(tmp_path: Path, lock: int) -> None:
    running = Running(tmp_path, lock)
    says = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: (print(time.monotonic()), sys.exit()));"
    for name in ("postgres", "web"):
        part = running.start(command(f"{says} print('up', flush=True); time.sleep(60)", name))
        until(lambda part=part: "up" in part.log.read_text())
    running.stop()
    ended = [float((tmp_path / "log" / f"{name}.log").read_text().split()[-1]) for name in ("web", "postgres")]
    assert ended == sorted(ended)


def test_a_part_that_does_not_listen_is_killed_within_five_seconds(tmp_path: Path, lock: int) -> None:
    running = Running(tmp_path, lock)
    running.start(command(SLEEPER, "postgres"))
    deaf = running.start(command(DEAF, "web"))
    until(lambda: "deaf" in deaf.log.read_text())
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 5
    assert "SIGKILL" in str(deaf.why_dead())


def test_ctrl_c_in_the_terminal_does_not_reach_a_part(tmp_path: Path, lock: int) -> None:
    running = Running(tmp_path, lock)
    part = running.start(command("import os; print(os.getpgid(0), flush=True); import time; time.sleep(60)"))
    until(lambda: part.log.read_text().strip())
    assert int(part.log.read_text()) != os.getpgid(0)
    running.stop()


def command(code: str, name: str = "web") -> Command:
    return Command(name, [sys.executable, "-c", code], dict(os.environ), signal.SIGTERM)
