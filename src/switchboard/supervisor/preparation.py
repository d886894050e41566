"""Bringing the database to where `web` can start, through the same commands that an operator uses."""

import subprocess
import sys
from pathlib import Path

from switchboard.settings import Settings, inherited
from switchboard.supervisor import CannotStartError


def prepare(settings: Settings, tenants_file: Path) -> str:
    """Migrate, apply the demo tenants; returns the token of the demo room."""
    _switchboard(settings, "migrate")
    _switchboard(settings, "tenants", "apply", str(tenants_file))
    address = _switchboard(settings, "rooms", "address", "acme", "GENERAL")
    return address.strip().rpartition("/")[2]


def _switchboard(settings: Settings, *command: str) -> str:
    environment = inherited() | {
        "DATABASE_URL": settings.as_administrator,
        "APP_DATABASE_URL": settings.as_app,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "VAR_DIR": str(settings.var_dir),
    }
    run = subprocess.run(
        [sys.executable, "-m", "switchboard.cli", *command], env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise CannotStartError(f"`switchboard {' '.join(command)}` failed:\n{run.stdout}{run.stderr}".rstrip())
    return run.stdout
