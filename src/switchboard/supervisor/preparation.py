"""Bringing the database to where `web` can start, in a process of its own: the supervisor stays small."""

import subprocess
import sys
from pathlib import Path

from switchboard.settings import Settings, inherited
from switchboard.supervisor import CannotStartError


def prepare(settings: Settings, tenants_file: Path, slug: str) -> str:
    """Migrate and apply the tenants file; returns the token of that tenant's room GENERAL."""
    environment = inherited() | {
        "DATABASE_URL": settings.as_administrator,
        "APP_DATABASE_URL": settings.as_app,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "VAR_DIR": str(settings.var_dir),
    }
    command = [sys.executable, "-m", "switchboard.cli", "prepare", str(tenants_file), slug]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotStartError(f"The database could not be prepared:\n{done.stderr.rstrip()}")
    return done.stdout.strip().rpartition("/")[2]
