"""A Valkey, or Redis, for one measurement: without a disk, as a bus needs none."""

import asyncio
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import free_port, running, until
from switchboard.infra.bus_valkey import server_version
from switchboard.settings import inherited


@contextmanager
def a_valkey(folder: Path) -> Generator[tuple[int, str]]:
    """Its process and its address, while the block runs."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        sys.exit("neither valkey-server nor redis-server is installed: run `make system`")
    port = free_port()
    url = f"valkey://127.0.0.1:{port}"

    def problem() -> str | None:
        try:
            asyncio.run(server_version(url))
        except Exception as error:
            return repr(error)
        return None

    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running("valkey", command, folder, inherited()) as server:
        until(problem, server)
        yield server.pid, url
