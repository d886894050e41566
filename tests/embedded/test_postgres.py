"""The embedded Postgres: private, tied to its starter, and hard to stop from coming up again."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.embedded.cluster import Cluster, start_cluster, stop_cluster
from tests.ports import free_port
from tests.until import until

AS_NOBODY = """
import sys, switchboard.embedded.unprivileged as unprivileged
def refused(): raise OSError("no user namespaces")
unprivileged._enter_namespace = refused
from switchboard.embedded.postgres import main
main()
"""


def nobody_may_enter(folder: Path) -> bool:
    """As a checkout in `mktemp -d` is not."""
    return all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents])


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, and closed to everybody else, as mktemp -d makes it."""
    with tempfile.TemporaryDirectory(prefix="pg") as made:
        yield Path(made)


@pytest.fixture
def clusters() -> Iterator[list[Cluster]]:
    started: list[Cluster] = []
    yield started
    for cluster in started:
        stop_cluster(cluster)


def test_data_and_password_outlive_a_restart(folder: Path) -> None:
    cluster, dsn = start_cluster(folder)
    ask(dsn, "create table kept as select 7 as n")
    stop_cluster(cluster)
    cluster, dsn = start_cluster(folder)
    assert ask(dsn, "select n from kept") == 7
    stop_cluster(cluster)


def test_nobody_gets_in_without_the_password(folder: Path, clusters: list[Cluster]) -> None:
    cluster, dsn = start_cluster(folder)
    clusters.append(cluster)
    address = dsn.rpartition("@")[2]
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(f"postgresql://postgres:wrong@{address}", "select 1")
    assert (folder / "pg.password").stat().st_mode & 0o777 == 0o600
    assert (folder / "pg").stat().st_mode & 0o777 == 0o700


def test_it_dies_with_the_process_that_started_it(folder: Path) -> None:
    starter = "import sys; from pathlib import Path; from tests.embedded.cluster import start_cluster;"
    starter += f"cluster, _ = start_cluster(Path({str(folder)!r})); print(cluster.pid, flush=True); cluster.wait()"
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    until(lambda: not Path(f"/proc/{pid}").exists())
    assert "database system is shut down" in (folder / "pg.log").read_text()


def test_it_refuses_a_parent_that_is_gone_already(folder: Path) -> None:
    assert "is gone" in refusal(folder, "--port", "54999", "--parent", "999999999")


def test_an_interrupted_creation_is_done_again(folder: Path, clusters: list[Cluster]) -> None:
    (folder / "pg.new").mkdir()
    (folder / "pg.new" / "PG_VERSION").write_text("18\n")
    cluster, dsn = start_cluster(folder)
    clusters.append(cluster)
    assert ask(dsn, "select 1") == 1


def test_kill_9_does_not_stop_the_next_start(folder: Path) -> None:
    cluster, _ = start_cluster(folder)
    cluster.kill()
    cluster.wait()
    cluster, dsn = start_cluster(folder)
    assert ask(dsn, "select 1") == 1
    stop_cluster(cluster)


def test_a_recycled_process_number_does_not_stop_the_next_start(folder: Path) -> None:
    cluster, _ = start_cluster(folder)
    left = (folder / "pg" / "postmaster.pid").read_text()
    stop_cluster(cluster)
    # This test process is alive and of the same user: Postgres alone would take it for a running server.
    (folder / "pg" / "postmaster.pid").write_text(left.replace(str(cluster.pid), str(os.getpid()), 1))
    cluster, dsn = start_cluster(folder)
    assert ask(dsn, "select 1") == 1
    stop_cluster(cluster)


def test_the_next_start_waits_until_the_last_one_is_gone(folder: Path) -> None:
    first, dsn = start_cluster(folder)
    second = subprocess.Popen(command(folder, "--port", str(free_port())), stderr=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=0.3)
    assert ask(dsn, "select 1") == 1
    stop_cluster(first)
    until((folder / "pg" / "postmaster.pid").exists)
    stop_cluster(second)


def test_a_busy_port_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port} on 127.0.0.1 cannot be used" in refusal(folder, "--port", port)


def test_a_folder_with_other_files_is_left_alone(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "thesis.txt").write_text("two years of work")
    assert "holds other files" in refusal(folder, "--port", str(free_port()))
    assert (folder / "pg" / "thesis.txt").exists()


def test_data_of_another_postgres_is_refused_with_advice(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "PG_VERSION").write_text("15\n")
    assert "made by PostgreSQL 15" in refusal(folder, "--port", str(free_port()))


def test_a_path_too_long_for_a_socket_does_without_one(folder: Path, clusters: list[Cluster]) -> None:
    deep = folder / ("long" * 25)
    deep.mkdir()
    cluster, dsn = start_cluster(deep)
    clusters.append(cluster)
    assert ask(dsn, "show unix_socket_directories") == ""


@pytest.mark.skipif(not nobody_may_enter(Path(sys.prefix)), reason="in a private folder nobody is refused: the test below")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become nobody")
def test_without_user_namespaces_root_becomes_nobody_and_back(folder: Path) -> None:
    folder.chmod(0o755)
    first, dsn = start_cluster(folder, AS_NOBODY)
    ask(dsn, "create table kept as select 7 as n")
    assert (folder / "pg").stat().st_uid != 0
    stop_cluster(first)
    second, dsn = start_cluster(folder)
    assert ask(dsn, "select n from kept") == 7
    assert (folder / "pg").stat().st_uid == 0
    stop_cluster(second)
    third, dsn = start_cluster(folder, AS_NOBODY)
    assert ask(dsn, "select n from kept") == 7
    stop_cluster(third)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become nobody")
def test_where_nobody_cannot_go_the_advice_says_so(folder: Path) -> None:
    wanted = [sys.executable, "-c", AS_NOBODY, "--data", str(folder / "pg"), "--port", str(free_port())]
    refused = subprocess.run(wanted, capture_output=True, text=True, timeout=20, check=False)
    assert "Run as a normal user" in refused.stderr


def ask(dsn: str, question: str) -> Any:
    async def answer() -> Any:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(answer())


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "switchboard.embedded.postgres", "--data", str(folder / "pg"), *arguments]


def refusal(folder: Path, *arguments: str) -> str:
    refused = subprocess.run(command(folder, *arguments), capture_output=True, text=True, timeout=20, check=False)
    assert refused.returncode == 1
    assert refused.stdout == ""
    return refused.stderr
