"""A real Switchboard for one measurement: embedded Postgres with fsync, one web process, one tenant, in a temporary folder.

Where /tmp lies in memory fsync costs nothing: set TMPDIR to a folder on a disk.
"""

import secrets
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import PYTHON, free_port, running, until
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

    def options(self) -> dict[str, str]:
        """For the chatbench driver."""
        agents = ",".join(f"{email}:{PASSWORD}" for email in self.emails)
        return {"url": self.url, "room": self.room, "slug": SLUG, "agents": agents, "dsn": self.administrator}


@contextmanager
def a_stack(agents: int) -> Generator[Stack]:
    """Runs while the block does."""
    emails = [f"agent{number}@bench.example" for number in range(agents)]
    with TemporaryDirectory(prefix="switchboard-bench-") as name:
        folder = Path(name)
        with _postgres(folder) as (postgres, administrator):
            port = free_port()
            environment = _environment(folder, port, administrator)
            room = _prepared(folder, environment, emails)
            with running("web", [*PYTHON, "switchboard.cli", "web"], folder, environment) as web:
                until(lambda: why_http_fails("127.0.0.1", port, "/readyz"), web)
                yield Stack(environment["PUBLIC_URL"], room, emails, administrator, web.pid, postgres)


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


def _environment(folder: Path, port: int, administrator: str) -> dict[str, str]:
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


def _prepared(folder: Path, environment: dict[str, str], emails: list[str]) -> str:
    """Migrates, founds the tenant; returns the token of its room."""
    file = folder / "tenants.toml"
    file.write_text(_tenants_file(emails))
    _switchboard(environment, "migrate")
    _switchboard(environment, "tenants", "apply", str(file))
    return _switchboard(environment, "rooms", "address", SLUG).strip().rpartition("/")[2]


def _tenants_file(emails: list[str]) -> str:
    agents = [f'[[tenants.agents]]\nname = "{email}"\nemail = "{email}"\npassword = "{PASSWORD}"\n' for email in emails]
    return f'[[tenants]]\nslug = "{SLUG}"\nname = "Bench"\n' + "".join(agents)


def _switchboard(environment: dict[str, str], *arguments: str) -> str:
    command = [*PYTHON, "switchboard.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"switchboard {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
