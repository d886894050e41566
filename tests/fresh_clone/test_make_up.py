"""`git clone`, `make up`: nothing else. Run by `make test-long`; the figures printed are for the reader."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.fresh_clone.installation import Installation, Run, children_of, clone, processes_in
from tests.until import until

pytestmark = [pytest.mark.fresh_clone, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="fresh") as folder:
        yield Installation(clone(Path(folder) / "switchboard"))


@pytest.fixture
def running(installation: Installation) -> Iterator[Run]:
    run = installation.start()
    run.wait_until_ready()
    yield run
    run.end()


def test_make_up_alone_is_enough_and_ctrl_c_ends_it_all(installation: Installation) -> None:
    run = installation.start()
    print(f"\n  first start: ready after {run.wait_until_ready():.1f} s")
    block = run.output().partition("Switchboard is ready")[2]
    assert f"http://localhost:{installation.port}/console/acme/" in block
    assert "alice@acme.example" in block
    assert f"http://127.0.0.1:{installation.shop_port}/" in block
    assert f"http://127.0.0.1:{installation.mail_port}/" in block
    until(lambda: "Acme Bikes is on Switchboard" in str(installation.get(installation.mail_port, "/")))
    assert installation.is_ready()
    assert f'src="http://localhost:{installation.port}/w.js?r=' in str(installation.get(installation.shop_port, "/"))
    took = run.press_ctrl_c()
    print(f"  Ctrl-C: all gone after {took:.1f} s")
    assert took < 5
    assert processes_in(installation.folder) == []


def test_a_second_start_keeps_the_data_and_is_fast(installation: Installation) -> None:
    run = installation.start()
    run.wait_until_ready()
    ask(installation, "create table if not exists kept as select 7 as n")
    run.press_ctrl_c()
    run = installation.start()
    took = run.wait_until_ready(within=60)
    print(f"\n  warm start: ready after {took:.1f} s")
    assert took < 60
    assert ask(installation, "select n from kept") == 7
    assert "Installing" not in run.output()
    assert "Building" not in run.output()
    run.end()


def test_a_part_that_dies_is_started_again(installation: Installation, running: Run) -> None:
    for name in ("web", "worker", "mail", "postgres"):
        says = f"{name} was killed by SIGKILL"
        before = children_of(installation.supervisor())[name]
        os.kill(before, signal.SIGKILL)
        until(lambda says=says: says in running.output())
        until(lambda name=name, before=before: children_of(installation.supervisor()).get(name, before) != before)
        until(installation.is_ready, within=60)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_works(installation: Installation, running: Run) -> None:
    ask(installation, "create table if not exists kept as select 7 as n")
    os.kill(installation.supervisor(), signal.SIGKILL)
    next_run = installation.start()
    next_run.wait_until_ready(within=60)
    assert ask(installation, "select n from kept") == 7
    next_run.press_ctrl_c()
    until(lambda: processes_in(installation.folder) == [])


def test_a_second_instance_says_who_runs_already(installation: Installation, running: Run) -> None:
    said = installation.refusal()
    assert f"process {installation.supervisor()}" in said
    assert "VAR_DIR=var2 PORT=8010 SHOP_PORT=8090 MAIL_PORT=8035 make up" in said
    assert installation.is_ready()


def test_a_busy_port_says_how_to_take_another(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "PORT=8010 make up" in installation.refusal(PORT=port)
        assert "SHOP_PORT=8090 make up" in installation.refusal(SHOP_PORT=port)
        assert "MAIL_PORT=8035 make up" in installation.refusal(MAIL_PORT=port)


def test_an_unusable_folder_says_how_to_take_another(installation: Installation) -> None:
    in_the_way = installation.folder / "a-file"
    in_the_way.touch()
    said = installation.refusal(VAR_DIR=str(in_the_way))
    assert f"{in_the_way} cannot be written" in said
    assert "VAR_DIR=/path/to/a/folder make up" in said


def test_a_given_database_is_used_instead_of_the_embedded_one(installation: Installation, running: Run) -> None:
    beside = Installation(installation.folder)
    given = database_url(installation).replace("/switchboard", "/given")
    run = beside.start(VAR_DIR=str(installation.folder / "var2"), DATABASE_URL=given)
    run.wait_until_ready(within=60)
    assert "Using the database of DATABASE_URL" in run.output()
    assert not (installation.folder / "var2" / "postgres").exists()
    run.end()


@pytest.mark.skipif(os.geteuid() != 0, reason="runs as a normal user already")
def test_a_normal_user_without_uv_gets_there_too() -> None:
    with tempfile.TemporaryDirectory(prefix="fresh") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        checkout = clone(Path(folder) / "switchboard")
        subprocess.run(["chown", "-R", "65534:65534", folder], check=True)
        as_nobody = [shutil.which("setpriv") or "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        newcomer = Installation(checkout, [*as_nobody, "env", "PATH=/usr/local/bin:/usr/bin:/bin"], home)
        run = newcomer.start()
        print(f"\n  as a normal user: ready after {run.wait_until_ready():.1f} s")
        assert newcomer.is_ready()
        assert run.press_ctrl_c() < 5
        (checkout / "closed").mkdir(mode=0o500)
        assert "cannot be written" in newcomer.refusal(VAR_DIR=str(checkout / "closed"))


def database_url(installation: Installation) -> str:
    var = installation.folder / "var"
    password = (var / "postgres.password").read_text()
    return f"postgresql://postgres:{password}@127.0.0.1:{(var / 'postgres.port').read_text()}/switchboard"


def ask(installation: Installation, question: str) -> Any:
    async def answer() -> Any:
        connection = await asyncpg.connect(database_url(installation))
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(answer())
