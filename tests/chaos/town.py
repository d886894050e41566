"""The real stack: two webs behind one address, worker, Postgres as in production (fsync), Valkey, a network that fails."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import asyncpg

from switchboard.infra.db import Database
from switchboard.infra.migrate import migrate
from switchboard.settings import as_role, inherited, passwords_of_roles
from switchboard.wiring import listening_database
from tests.cast import Cast, engage
from tests.chaos.balancer import Balancer, is_ready
from tests.chaos.parts import Part
from tests.chaos.proxy import Proxy
from tests.ports import free_port
from tests.valkey import PROGRAM as VALKEY

SECRET = "a secret for chaos, at least 32 characters long"
SWITCHBOARD = [sys.executable, "-m", "switchboard.cli"]
MANY = 1_000_000

Bus = Literal["valkey", "postgres"]


@dataclass(frozen=True)
class Plan:
    """What runs. `sabotage` names protections that the webs go without."""

    webs: int = 2
    workers: int = 1
    bus: Bus = "valkey"
    sabotage: tuple[str, ...] = ()
    drain_s: float = 1.0


class Town:
    """Everything that runs, each part behind a proxy of its own. Their logs and the database lie in `folder`."""

    def __init__(self, folder: Path, assets: Path, plan: Plan) -> None:
        public, to_postgres, postgres, to_valkey, valkey, *rest = (free_port() for _ in range(5 + plan.webs + plan.workers))
        webs, workers = rest[: plan.webs], rest[plan.webs :]
        self._folder = folder
        self._assets = assets
        self._plan = plan
        self.bus: Bus = plan.bus
        self.balancer = Balancer(public, webs)
        self.to_postgres = Proxy(to_postgres, [postgres])
        self.to_valkey = Proxy(to_valkey, [valkey])
        self.postgres = Part("postgres", postgres, _postgres(folder, postgres), folder, self._postgres_serves)
        self.valkey = Part("valkey", valkey, _valkey(valkey), folder, lambda: _pongs(valkey))
        self.webs = [self._web(f"web{place}", port) for place, port in enumerate(webs, 1)]
        self.workers = [self._worker(f"worker{place}", port) for place, port in enumerate(workers, 1)]
        self.cast: Cast
        self.database: Database | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.balancer.port}"

    def dsn(self, port: int | None = None, database: str = "switchboard") -> str:
        """The superuser's address, directly or through a proxy."""
        password = (self._folder / "pg.password").read_text()
        return f"postgresql://postgres:{password}@127.0.0.1:{port or self.postgres.port}/{database}"

    async def rise(self) -> None:
        await self.postgres.start()
        await migrate(self.dsn(), passwords_of_roles(SECRET))
        self.database = listening_database(as_role(self.dsn(), "app", SECRET))
        self.cast = await engage(self.database)
        for proxy in (self.to_postgres, self.to_valkey):
            await proxy.start()
        for part in (*self.webs, *self.workers):
            part.environment = self._environment(part.port)
        if self.bus == "valkey":
            await self.valkey.start()
        await asyncio.gather(*(part.start() for part in (*self.webs, *self.workers)))
        await self.balancer.start()

    async def fall(self) -> None:
        await self.balancer.close()
        await asyncio.gather(*(part.stop() for part in (*self.webs, *self.workers, self.valkey)))
        for proxy in (self.to_postgres, self.to_valkey):
            await proxy.close()
        if self.database is not None:
            await self.database.engine.dispose()
        if self.postgres.is_running:
            self.postgres.kill(signal.SIGQUIT)
            await self.postgres.gone()

    @asynccontextmanager
    async def superuser(self) -> AsyncIterator[asyncpg.Connection]:
        """Past every proxy."""
        connection = await asyncpg.connect(self.dsn())
        try:
            yield connection
        finally:
            await connection.close()

    async def let_agents_hold_any_number(self) -> None:
        async with self.superuser() as connection:
            await connection.execute("update presence set capacity = $1", MANY)

    def _web(self, name: str, port: int) -> Part:
        sabotaged = [sys.executable, "-m", "tests.chaos.sabotage", *self._plan.sabotage]
        command = sabotaged if self._plan.sabotage else [*SWITCHBOARD, "web"]
        return Part(name, port, command, self._folder, lambda: is_ready(port))

    def _worker(self, name: str, port: int) -> Part:
        async def works() -> bool:
            return "worker ready" in part.log()

        part = Part(name, port, [*SWITCHBOARD, "worker"], self._folder, works)
        return part

    def _environment(self, port: int) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.dsn(self.to_postgres.port),
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": self.origin,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "VAR_DIR": str(self._folder),
            "ASSETS_DIR": str(self._assets),
            "RATE_LIMITS": "off",  # all devices have one address
            "DRAIN_S": str(self._plan.drain_s),
        }
        valkey = {"VALKEY_URL": f"valkey://127.0.0.1:{self.to_valkey.port}"}
        return inherited() | own | (valkey if self.bus == "valkey" else {})

    async def _postgres_serves(self) -> bool:
        try:
            connection = await asyncpg.connect(self.dsn(database="postgres"), timeout=2)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return False
        await connection.close()
        return True


def _postgres(folder: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "switchboard.embedded.postgres", "--data", str(folder / "pg"), "--port", str(port)]


def _valkey(port: int) -> list[str]:
    assert VALKEY, "neither valkey-server nor redis-server is installed: run `make system`"
    return [VALKEY, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


async def valkey_says(port: int, command: str) -> bytes:
    """One line of the answer to one command, on a connection of its own. Raises OSError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"{command}\r\n".encode())
        return await reader.readline()
    finally:
        writer.close()


async def _pongs(port: int) -> bool:
    try:
        return await valkey_says(port, "PING") == b"+PONG\r\n"
    except OSError:
        return False


def fresh_seed() -> int:
    return time.time_ns() % 1_000_000
