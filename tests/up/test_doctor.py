"""`switchboard doctor`: every part is looked at, and what is wrong comes with what to do."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from switchboard.infra.migrate import migrate
from switchboard.settings import Settings, as_role, from_environment, passwords_of_roles
from switchboard.supervisor import doctor, examination
from switchboard.supervisor.doctor import Finding, examine
from tests.embedded.cluster import start_cluster, stop_cluster
from tests.ports import free_port
from tests.valkey import ValkeyServer

SECRET = "s" * 32


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A migrated database of its own, because roles belong to a whole cluster."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        cluster, dsn = start_cluster(Path(folder))
        asyncio.run(migrate(dsn, passwords_of_roles(SECRET)))
        yield dsn
        stop_cluster(cluster)


def test_a_migrated_database_is_well(database: str) -> None:
    assert advice(database) == {"Database": "", "Roles": "", "Schema": ""}


def test_web_may_ask_with_its_own_role(database: str) -> None:
    assert advice(as_role(database, "app", SECRET)) == {"Database": "", "Roles": "", "Schema": ""}


@pytest.mark.parametrize("right", ["superuser", "bypassrls"])
def test_a_right_that_opens_every_tenant_is_reported(database: str, right: str) -> None:
    run(database, f"alter role app {right}")
    try:
        assert "it would see every tenant" in advice(database)["Roles"]
    finally:
        run(database, f"alter role app no{right}")


def test_an_old_schema_names_the_command_that_mends_it(database: str) -> None:
    run(database, "create database empty")
    assert advice(database.removesuffix("postgres") + "empty")["Schema"] == "run `switchboard migrate`"


def test_a_database_that_does_not_answer_is_reported_with_advice(tmp_path: Path) -> None:
    found = examine(settings(tmp_path, DATABASE_URL=f"postgresql://root:hunter2@127.0.0.1:{free_port()}/chat"))
    line = next(finding for finding in found if finding.part == "Database")
    assert "correct DATABASE_URL" in line.advice
    assert "hunter2" not in repr(found)


def test_the_bus_is_looked_at(tmp_path: Path, valkey: ValkeyServer) -> None:
    def line(**environ: str) -> Finding:
        return next(finding for finding in examine(settings(tmp_path, **environ)) if finding.part == "Bus")

    there = line(VALKEY_URL=valkey.url)
    assert (there.seen.startswith((f"127.0.0.1:{valkey.port}: Valkey ", f"127.0.0.1:{valkey.port}: Redis ")), there.advice) == (
        True,
        "",
    )
    away = line(VALKEY_URL=f"valkey://:hunter2@127.0.0.1:{free_port()}")
    assert "correct VALKEY_URL" in away.advice
    assert "hunter2" not in repr(away)
    assert line().advice == ""


def test_what_is_wrong_is_marked_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(SystemExit) as ended:
        doctor.main()
    assert ended.value.code == 1
    assert "!!  Settings      PORT=http: must be a port number from 1 to 65535" in capsys.readouterr().out


def advice(url: str) -> dict[str, str]:
    return {part: what_to_do for part, _, what_to_do in asyncio.run(examination.of_database(url))}


def settings(var_dir: Path, **environ: str) -> Settings:
    return from_environment({"SECRET_KEY": SECRET, "VAR_DIR": str(var_dir), "PORT": str(free_port()), **environ})


def run(dsn: str, statement: str) -> None:
    async def work() -> None:
        connection = await asyncpg.connect(dsn)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(work())
