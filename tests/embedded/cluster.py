"""A throw-away Postgres for tests, started the way `make up` starts it."""

import asyncio
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg

from tests.ports import free_port

MODULE = "from switchboard.embedded.postgres import main; main()"
Cluster = subprocess.Popen[bytes]


def start_cluster(folder: Path, program: str = MODULE) -> tuple[Cluster, str]:
    """Start Postgres on a free port with its data in `folder`, wait until it answers, return it and the superuser's DSN."""
    port = free_port()
    command = [sys.executable, "-c", program, "--data", str(folder / "pg")]
    with (folder / "pg.log").open("ab") as log:
        cluster = subprocess.Popen([*command, "--port", str(port), "--unsafe-fast"], stdout=log, stderr=log)
    return cluster, _dsn_once_it_answers(cluster, folder, port)


def stop_cluster(cluster: Cluster) -> None:
    cluster.send_signal(signal.SIGINT)
    cluster.wait(timeout=10)


def _dsn_once_it_answers(cluster: Cluster, folder: Path, port: int) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and cluster.poll() is None:
        try:
            password = (folder / "pg.password").read_text()
            dsn = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
            # In a thread of its own: the caller may be inside a running loop, as Playwright's tests are.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _greet(dsn)).result()
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.05)
        else:
            return dsn
    cluster.kill()
    raise RuntimeError(f"Postgres did not come up:\n{(folder / 'pg.log').read_text()}")


async def _greet(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.close()
