"""`switchboard web` as a process of its own, with its log in a file."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from switchboard.settings import Settings
from tests.ports import free_port
from tests.until import until


class WebProcess:
    """Started with the variables of the test's settings and `given`."""

    def __init__(self, settings: Settings, secret: str, program: list[str] | None = None, **given: str) -> None:
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.log = settings.var_dir / f"web-{self.port}.log"
        environment = {
            "PATH": os.environ["PATH"],
            "PORT": str(self.port),
            "PUBLIC_URL": self.origin,
            "APP_DATABASE_URL": settings.as_app,
            "SECRET_KEY": secret,
            "ASSETS_DIR": str(settings.assets_dir),
            "VAR_DIR": str(settings.var_dir),
            "VALKEY_URL": settings.valkey_url or "",
            **given,
        }
        with self.log.open("wb") as log:
            command = [sys.executable, *(program or ["-m", "switchboard.cli"]), "web"]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=Path(__file__).parents[1])
        until(self._is_ready, within=60)

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def ask_to_stop(self, with_: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(with_)


@contextmanager
def web_process(settings: Settings, secret: str, program: list[str] | None = None, **given: str) -> Iterator[WebProcess]:
    """Killed at the end, if it still runs."""
    web = WebProcess(settings, secret, program, **given)
    try:
        yield web
    finally:
        web.process.kill()
        web.process.wait()
