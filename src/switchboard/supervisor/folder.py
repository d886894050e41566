"""The folder of one installation (VAR_DIR): usable, held by one supervisor, with a secret that is made once."""

import fcntl
import os
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from switchboard.supervisor import CannotStartError

_ORPHANS_MAY_TAKE_S = 10


@contextmanager
def alone_in(var_dir: Path) -> Generator[int]:
    """Hold the folder for one supervisor; gives a descriptor that every part must inherit.

    The parts hold a lock of their own through it: after kill -9 of a supervisor the next one waits until the last
    of its parts is gone, instead of meeting their ports and files.
    """
    _make_usable(var_dir)
    with (var_dir / "up.lock").open("a+") as mine, (var_dir / "parts.lock").open("a") as theirs:
        if not _taken(mine.fileno()):
            raise _already_running(var_dir)
        mine.truncate(0)
        mine.write(str(os.getpid()))
        mine.flush()
        _wait_for_orphans(theirs.fileno(), var_dir)
        yield theirs.fileno()


def keep_secret(var_dir: Path) -> None:
    """Make the installation's SECRET_KEY, once."""
    kept = var_dir / "secret.key"
    if kept.exists():
        return
    draft = var_dir / "secret.key.new"
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    draft.rename(kept)


def _make_usable(var_dir: Path) -> None:
    try:
        (var_dir / "log").mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = var_dir / "log" / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as reason:
        raise CannotStartError(
            f"The folder {var_dir} cannot be written ({reason.strerror}).\n"
            "Make it writable, or choose another one: VAR_DIR=/path/to/a/folder make up"
        ) from reason


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _already_running(var_dir: Path) -> CannotStartError:
    pid = (var_dir / "up.lock").read_text() or "unknown"
    return CannotStartError(
        f"Switchboard is already running in {var_dir} (process {pid}).\n"
        "Stop it with Ctrl-C where it runs, or start another one beside it with a folder and ports of its own:\n"
        "VAR_DIR=var2 PORT=8010 SHOP_PORT=8090 MAIL_PORT=8035 make up"
    )


def _wait_for_orphans(descriptor: int, var_dir: Path) -> None:
    deadline = time.monotonic() + _ORPHANS_MAY_TAKE_S
    while not _taken(descriptor):
        if time.monotonic() > deadline:
            raise CannotStartError(
                f"Parts of a Switchboard that was killed are still running: `fuser {var_dir}/parts.lock` names them."
            )
        time.sleep(0.05)
