"""The floor to be compared with: chatbench's reference broker with durable group commit, beside us on the same Postgres."""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bench import generator
from bench.processes import PYTHON, free_port, running, until
from switchboard.settings import inherited

_TABLE = """
create table msg(
  id bigserial primary key, tenant int not null, chat bigint not null, seq int not null,
  at timestamptz not null default now(), body text not null, unique(chat, seq)
)
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The broker's address and process."""

    url: str
    pid: int


@contextmanager
def a_floor(administrator: str) -> Generator[Floor]:
    """Runs while the block does, in a database of its own in the cluster that `administrator` leads to."""
    database = administrator.rpartition("/")[0] + "/floor"
    asyncio.run(_made(administrator, database))
    port = free_port()
    program = str(generator.folder() / "engines" / "floor.py")
    command = [PYTHON[0], program, str(port), "group", database]
    with (
        TemporaryDirectory(prefix="switchboard-bench-") as folder,
        running("floor", command, Path(folder), inherited()) as broker,
    ):
        until(lambda: _why_silent(port), broker)
        yield Floor(f"ws://127.0.0.1:{port}/", broker.pid)


async def _made(administrator: str, database: str) -> None:
    for address, statement in ((administrator, "create database floor"), (database, _TABLE)):
        connection = await asyncpg.connect(address)
        await connection.execute(statement)
        await connection.close()


def _why_silent(port: int) -> str | None:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError as problem:
        return str(problem)
    return None
