"""A throw-away Valkey (or Redis) for tests: on a free port, without a disk, in the hands of the test."""

import asyncio
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from valkey import Valkey
from valkey.exceptions import ConnectionError as Away
from valkey.exceptions import ValkeyError

from tests.ports import free_port
from tests.until import until

PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")


class ValkeyServer:
    """Started with `start`; every fault is a method."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"valkey://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        assert PROGRAM, "neither valkey-server nor redis-server is installed: run `make system`"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([PROGRAM, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers)

    def stop(self) -> None:
        """kill -9: no farewell to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """Connections stay open and nothing answers."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    async def command(self, *words: str) -> object:
        """Any command, on a connection of its own."""
        return await asyncio.to_thread(self._command, *words)

    def _command(self, *words: str) -> object:
        with Valkey.from_url(self.url, socket_timeout=2) as client:
            try:
                return client.execute_command(*words)
            except Away:
                return None  # CLIENT KILL may reach the one who asked

    def _answers(self) -> bool:
        try:
            return self._command("PING") is True
        except ValkeyError:
            return False


@contextmanager
def a_valkey() -> Iterator[ValkeyServer]:
    server = ValkeyServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
