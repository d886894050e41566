"""A clone of HEAD, driven the way a newcomer drives it: `make up`, Ctrl-C."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port
from tests.until import until

ROOT = Path(__file__).resolve().parents[2]
# What a shell at login would not have, or what belongs to the checkout that these tests run in.
_NOT_OURS = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DATABASE_URL", "SECRET_KEY", "VAR_DIR")


@dataclass
class Installation:
    """`as_user` is put before every command, so that another user runs it."""

    folder: Path
    as_user: list[str] = field(default_factory=list)
    home: Path | None = None
    port: int = field(default_factory=lambda: free_port())
    shop_port: int = field(default_factory=lambda: free_port())
    mail_port: int = field(default_factory=lambda: free_port())

    def start(self, **variables: str) -> "Run":
        """`make up`, in a terminal group of its own."""
        began = time.monotonic()
        said = self.folder / f"output-{time.monotonic_ns()}.txt"
        command = [*self.as_user, "make", "up"]
        with said.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self._environment(variables), stdout=output, stderr=output, start_new_session=True
            )
        return Run(process, began, said)

    def refusal(self, **variables: str) -> str:
        """What `make up` says when it does not start."""
        run = self.start(**variables)
        assert run.process.wait(timeout=300) != 0
        return run.output()

    def supervisor(self) -> int:
        return int((self.folder / "var" / "up.lock").read_text())

    def get(self, port: int, path: str) -> str | None:
        """The body of a page, None when nobody answers with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (OSError, urllib.error.URLError):
            return None

    def is_ready(self) -> bool:
        return self.get(self.port, "/readyz") is not None

    def _environment(self, variables: dict[str, str]) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
        clean |= {"PORT": str(self.port), "SHOP_PORT": str(self.shop_port)}
        clean |= {"MAIL_PORT": str(self.mail_port), **variables}
        return clean | ({"HOME": str(self.home)} if self.home else {})


@dataclass
class Run:
    """One `make up`."""

    process: subprocess.Popen[bytes]
    began: float
    said: Path

    def output(self) -> str:
        return self.said.read_text(errors="replace")

    def wait_until_ready(self, within: float = 600) -> float:
        """Seconds from typing `make up` to the block that begins with `Switchboard is ready`."""
        until(lambda: "Switchboard is ready" in self.output() or self.process.poll() is not None, within)
        assert self.process.poll() is None, self.output()
        return time.monotonic() - self.began

    def press_ctrl_c(self) -> float:
        """Seconds until everything is gone."""
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=30)
        return time.monotonic() - began

    def end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)


def clone(into: Path) -> Path:
    """HEAD as anybody gets it: nothing built, nothing installed, nothing uncommitted."""
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", f"file://{ROOT}", str(into)], check=True)
    return into


def processes_in(folder: Path) -> list[int]:
    """Processes whose command line or working directory lies in `folder`."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and _is_in(entry, folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def children_of(pid: int) -> dict[str, int]:
    """Name of the part → its process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = {int(child): Path(f"/proc/{child}/cmdline").read_bytes().decode() for child in children}
    ours = {name: f"switchboard.cli\0{name}" for name in ("web", "worker")}
    names = {"postgres": "bin/postgres", "shop": "embedded.shop", "mail": "embedded.mail", **ours}
    return {name: child for name, mark in names.items() for child, line in lines.items() if mark in line}


def _is_in(process: Path, folder: Path) -> bool:
    if (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
        return False
    return str(folder) in (process / "cmdline").read_bytes().decode(errors="replace") or (
        process / "cwd"
    ).readlink().is_relative_to(folder)
