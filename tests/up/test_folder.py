"""The folder of an installation: one supervisor at a time, and every refusal says what to do."""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from switchboard.settings import Settings, from_environment
from switchboard.supervisor import CannotStartError
from switchboard.supervisor.folder import alone_in, keep_secret
from switchboard.supervisor.ports import choose_postgres_port, refuse_busy_ports
from tests.ports import free_port
from tests.until import until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "secret.key").write_text("s" * 32)
    return from_environment({"VAR_DIR": str(tmp_path)})


def test_a_second_instance_is_told_who_runs_and_how_to_run_beside_it(tmp_path: Path) -> None:
    with alone_in(tmp_path), pytest.raises(CannotStartError) as refused, alone_in(tmp_path):
        pass
    assert f"process {os.getpid()}" in str(refused.value)
    assert "VAR_DIR=var2 PORT=8010 SHOP_PORT=8090 MAIL_PORT=8035 make up" in str(refused.value)
    with alone_in(tmp_path):
        pass


def test_a_new_supervisor_waits_for_the_parts_of_a_killed_one(tmp_path: Path) -> None:
    with alone_in(tmp_path) as lock:
        orphan = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock,))
    waiting = "import sys; from pathlib import Path; from switchboard.supervisor.folder import alone_in\n"
    waiting += "with alone_in(Path(sys.argv[1])): pass"
    next_one = subprocess.Popen([sys.executable, "-c", waiting, str(tmp_path)])
    until(lambda: (tmp_path / "up.lock").read_text() == str(next_one.pid))
    assert next_one.poll() is None
    orphan.communicate(b"\n")
    assert next_one.wait(timeout=10) == 0


def test_an_unusable_folder_is_named_with_the_way_to_another(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(CannotStartError) as refused, alone_in(tmp_path / "var"):
        pass
    assert str(tmp_path / "var") in str(refused.value)
    assert "VAR_DIR=/path/to/a/folder make up" in str(refused.value)


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    keep_secret(tmp_path)
    made = (tmp_path / "secret.key").read_text()
    keep_secret(tmp_path)
    assert (tmp_path / "secret.key").read_text() == made
    assert len(made) >= 32
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("variable", "advice"), [("port", "PORT=8010"), ("shop_port", "SHOP_PORT=8090")])
def test_a_busy_port_is_named_with_the_way_to_another(settings: Settings, variable: str, advice: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        free = {"port": free_port(), "shop_port": free_port()}
        with pytest.raises(CannotStartError) as refused:
            refuse_busy_ports(replace(settings, **free | {variable: port}))
    assert f"Port {port} on 127.0.0.1 cannot be used" in str(refused.value)
    assert f"{advice} make up" in str(refused.value)


def test_the_port_of_postgres_is_kept_while_it_is_free(settings: Settings, tmp_path: Path) -> None:
    choose_postgres_port(settings)
    chosen = (tmp_path / "postgres.port").read_text()
    choose_postgres_port(settings)
    assert (tmp_path / "postgres.port").read_text() == chosen
    with socket.create_server(("127.0.0.1", int(chosen))):
        choose_postgres_port(settings)
    assert (tmp_path / "postgres.port").read_text() != chosen


def test_the_port_asked_for_is_taken_or_refused(settings: Settings, tmp_path: Path) -> None:
    wanted = free_port()
    choose_postgres_port(replace(settings, postgres_port=wanted))
    assert (tmp_path / "postgres.port").read_text() == str(wanted)
    with socket.create_server(("127.0.0.1", wanted)), pytest.raises(CannotStartError, match="POSTGRES_PORT="):
        choose_postgres_port(replace(settings, postgres_port=wanted))
