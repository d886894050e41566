"""A real Switchboard for one measurement: embedded Postgres with fsync and a web process, in a temporary folder.

A process that is alone keeps its bus silent. To measure a bus, a second web process listens, without sockets of its own.

Where /tmp lies in memory fsync costs nothing: set TMPDIR to a folder on a disk.
"""

import secrets
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import PYTHON, free_port, running, until
from bench.valkey import a_valkey
from switchboard.settings import inherited
from switchboard.supervisor.answers import why_database_fails, why_http_fails

SLUG = "bench"
PASSWORD = "bench password"


@dataclass(frozen=True, slots=True)
class Stack:
    """Where it is, and its processes. `administrator` is the superuser's address of the database."""

    url: str
    room: str
    emails: list[str]
    administrator: str
    web: int
    postgres: int
    others: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    @property
    def roots(self) -> dict[str, list[int]]:
        """Everything that counts as the server's."""
        return {"web": [self.web], "postgres": [self.postgres], **self.others}

    def options(self) -> dict[str, str]:
        """For the chatbench driver."""
        agents = ",".join(f"{email}:{PASSWORD}" for email in self.emails)
        return {"url": self.url, "room": self.room, "slug": SLUG, "agents": agents, "dsn": self.administrator}


@contextmanager
def a_stack(agents: int, bus: str | None = None, tenants: int = 1) -> Generator[Stack]:
    """Runs while the block does. `bus`: postgres or valkey. Of several tenants, all have the same agents; the first is SLUG."""
    emails = [f"agent{number}@bench.example" for number in range(agents)]
    with ExitStack() as parts:
        folder = Path(parts.enter_context(TemporaryDirectory(prefix="switchboard-bench-")))
        postgres, administrator = parts.enter_context(_postgres(folder))
        environment = _environment(folder, administrator)
        others: dict[str, list[int]] = {}
        if bus == "valkey":
            valkey, url = parts.enter_context(a_valkey(folder))
            environment["VALKEY_URL"] = url
            others["valkey"] = [valkey]
        room = _prepared(folder, environment, emails, tenants)
        web = parts.enter_context(_web("web", folder, environment))
        if bus is not None:
            port = str(free_port())
            others["listener"] = [parts.enter_context(_web("listener", folder, environment | {"PORT": port}))]
        yield Stack(environment["PUBLIC_URL"], room, emails, administrator, web, postgres, others)


@contextmanager
def _web(name: str, folder: Path, environment: dict[str, str]) -> Generator[int]:
    with running(name, [*PYTHON, "switchboard.cli", "web"], folder, environment) as web:
        until(lambda: why_http_fails("127.0.0.1", int(environment["PORT"]), "/readyz"), web)
        yield web.pid


@contextmanager
def _postgres(folder: Path) -> Generator[tuple[int, str]]:
    port = free_port()
    data = folder / "postgres"
    password = folder / "postgres.password"
    command = [*PYTHON, "switchboard.embedded.postgres", "--data", str(data), "--port", str(port)]

    def address() -> str:
        return f"postgresql://postgres:{password.read_text()}@127.0.0.1:{port}/switchboard"

    with running("postgres", command, folder, inherited()) as server:
        until(lambda: why_database_fails(address()) if password.is_file() else "it has no password yet", server)
        yield server.pid, address()


def _environment(folder: Path, administrator: str) -> dict[str, str]:
    port = free_port()
    return inherited() | {
        "DATABASE_URL": administrator,
        "SECRET_KEY": secrets.token_urlsafe(32),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "DRAIN_S": "0",
        "PORT": str(port),
        "VAR_DIR": str(folder),
        # One address is thousands of visitors here.
        "RATE_LIMITS": "off",
    }


def _prepared(folder: Path, environment: dict[str, str], emails: list[str], tenants: int) -> str:
    """Migrates, founds the tenants; returns the token of the first one's room."""
    file = folder / "tenants.toml"
    file.write_text(_tenants_file(emails, tenants))
    _switchboard(environment, "migrate")
    _switchboard(environment, "tenants", "apply", str(file))
    return _switchboard(environment, "rooms", "address", SLUG).strip().rpartition("/")[2]


def _tenants_file(emails: list[str], tenants: int) -> str:
    agents = [f'[[tenants.agents]]\nname = "{email}"\nemail = "{email}"\npassword = "{PASSWORD}"\n' for email in emails]
    return "".join(f'[[tenants]]\nslug = "{slug}"\nname = "Bench"\n' + "".join(agents) for slug in slugs(tenants))


def slugs(tenants: int) -> list[str]:
    """Of that many tenants."""
    return [SLUG, *(f"{SLUG}-{number}" for number in range(1, tenants))]


def _switchboard(environment: dict[str, str], *arguments: str) -> str:
    command = [*PYTHON, "switchboard.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"switchboard {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
