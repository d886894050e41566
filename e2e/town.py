"""The whole of Switchboard for a story: Postgres, a web process that can be stopped and started, the demo shop."""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.embedded.cluster import Cluster, start_cluster, stop_cluster
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
SECRET = "a secret for stories, at least 32 characters long"
PATIENCE = 30.0


@dataclass
class Town:
    """App on `localhost`, shop on `127.0.0.1`: frames are really cross-site (DESIGN 9)."""

    folder: Path
    app_port: int = field(default_factory=free_port)
    shop_port: int = field(default_factory=free_port)
    cluster: Cluster | None = None
    web: "subprocess.Popen[bytes] | None" = None
    shop: "subprocess.Popen[bytes] | None" = None
    room_page: str = ""
    rate_limits: str = "off"
    """On where they are part of the story; elsewhere Alice signs in for every test, from one address."""
    dsn: str = ""

    @property
    def app(self) -> str:
        return f"http://localhost:{self.app_port}"

    @property
    def shop_page(self) -> str:
        return f"http://127.0.0.1:{self.shop_port}/"

    @property
    def loader(self) -> str:
        """The address in the site's snippet."""
        return f"{self.app}/w.js?r={self.room_page.rpartition('/')[2]}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "PORT": str(self.app_port),
            "PUBLIC_URL": self.app,
            "SECRET_KEY": SECRET,
            "VAR_DIR": str(self.folder),
            "DRAIN_S": "0",
            "DEV_PAGES": "on",
        }
        return {**os.environ, **own, "DATABASE_URL": self.dsn, "RATE_LIMITS": self.rate_limits}

    def rise(self) -> None:
        """Everything up, the demo tenants applied."""
        folder, room_token = built()
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)
        self.cluster, self.dsn = start_cluster(self.folder)
        self.room_page = f"{self.app}/c/{room_token}"
        self.start_web()
        command = [sys.executable, "-m", "switchboard.embedded.shop", "--port", str(self.shop_port), "--snippet", self.loader]
        self.shop = subprocess.Popen(command, cwd=ROOT)
        wait_for(self.shop_page)

    def address_of(self, tenant: str) -> str:
        """The room page of this tenant's GENERAL."""
        return self.operator("rooms", "address", tenant)

    def operator(self, *arguments: str) -> str:
        """What the command prints."""
        command = [sys.executable, "-m", "switchboard.cli", *arguments]
        return subprocess.check_output(command, env=self.environment, cwd=ROOT, text=True).strip()

    def start_web(self) -> None:
        with (self.folder / "web.log").open("ab") as log:
            command = [sys.executable, "-m", "switchboard.cli", "web"]
            self.web = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        wait_for(f"{self.app}/readyz")

    def stop_web(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.web is not None
        self.web.send_signal(how)
        self.web.wait(10)

    def fall(self) -> None:
        for part in (self.web, self.shop):
            if part is not None:
                part.kill()
                part.wait()
        if self.cluster is not None:
            stop_cluster(self.cluster)


@functools.cache
def built() -> tuple[Path, str]:
    """The folder of a town where nobody has been yet, and the token of its room; each town of this process starts as a copy."""
    town = Town(Path(tempfile.mkdtemp(prefix="town-")))
    atexit.register(shutil.rmtree, town.folder, ignore_errors=True)
    town.cluster, town.dsn = start_cluster(town.folder)
    try:
        room_page = town.operator("prepare", "tenants/demo.toml", "acme")
    finally:
        town.fall()
    return town.folder, room_page.rpartition("/")[2]


def wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, f"{url} does not answer"
            time.sleep(0.05)


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """A site of somebody else's: the origin under which it serves these files."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
