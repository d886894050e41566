"""The processes of a run: started, waited for, killed, started again on the same port."""

import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from switchboard.settings import inherited
from tests.chaos.waiting import until

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0
STOPS_WITHIN = 40.0


class Part:
    """One process. `ready` says from outside whether it serves; its output is appended to `folder/name.log`."""

    def __init__(
        self,
        name: str,
        port: int,
        command: list[str],
        folder: Path,
        ready: Callable[[], Awaitable[bool]],
    ) -> None:
        self.name = name
        self.port = port
        self.environment = inherited()
        self.command = command
        self._log = folder / f"{name}.log"
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def launch(self) -> None:
        # Dies with this process, whatever happens to it.
        tied = [sys.executable, "-m", "switchboard.embedded.tether", str(os.getpid()), *self.command]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                tied, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    async def start(self) -> None:
        """Returns when it serves."""
        self.launch()
        await self.up()

    async def up(self) -> None:
        try:
            await until(self._serves, STARTS_WITHIN)
        except TimeoutError:
            raise RuntimeError(f"{self.name} does not serve:\n{self.log()[-3000:]}") from None

    async def _serves(self) -> bool:
        if not self.is_running:
            raise EndedError(f"{self.name} ended:\n{self.log()[-3000:]}")
        return await self._ready()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, how)

    async def gone(self) -> None:
        """Returns when the process has ended."""

        async def ended() -> bool:
            return not self.is_running

        try:
            await until(ended, STOPS_WITHIN)
        except TimeoutError:
            raise RuntimeError(f"{self.name} does not stop:\n{self.log()[-3000:]}") from None

    async def stop(self) -> None:
        if self.is_running:
            self.kill()
            await self.gone()


class EndedError(Exception):
    """A part ended while it was to serve; its last words."""
