"""One Postgres per test process, migrated as in production; one empty set of tables per test."""

import functools
import gc
import shutil
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest
from argon2 import PasswordHasher

from switchboard.accounts import passwords
from switchboard.cli.processes import GC_THRESHOLDS
from switchboard.infra.bus_packet import CHANNEL
from switchboard.infra.db import Database
from switchboard.infra.migrate import migrate
from switchboard.languages.negotiation import LANGUAGES
from switchboard.mailing.writing import Letters
from switchboard.settings import Settings, from_environment, passwords_of_roles
from switchboard.wiring import listening_database
from tests.cast import Cast
from tests.embedded.cluster import start_cluster, stop_cluster
from tests.stack import Stack, serving
from tests.stage import Stage
from tests.valkey import ValkeyServer, a_valkey

SECRET = "a secret for tests, at least 32 characters long"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The worker's first: they wait longest, and at the end they would wait alone."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/worker/"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it again and again is work for nothing, as in `switchboard web`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """argon2id all the same, with the smallest cost: the cast signs in for every test."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def _one_trust_store() -> None:
    """Every HTTP client reads it, 20 ms each, and nothing here speaks TLS."""
    ssl.create_default_context = functools.cache(ssl.create_default_context)


@pytest.fixture(scope="session")
def admin_dsn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The superuser's address of this process' own cluster."""
    cluster, dsn = start_cluster(tmp_path_factory.mktemp("cluster"))
    yield dsn
    stop_cluster(cluster)


@pytest.fixture(scope="session")
async def migrated(admin_dsn: str) -> str:
    """A database at the newest schema."""
    dsn = admin_dsn.rpartition("/")[0] + "/switchboard"
    await migrate(dsn, passwords_of_roles(SECRET))
    return dsn


@pytest.fixture(scope="session")
def assets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands in for the built browser code where no browser looks at it."""
    folder = tmp_path_factory.mktemp("dist")
    names = [
        *("customer.js", "customer.css", "console.js", "console.css", "pages.css", "pages.js", "console_pages.css"),
        *("copy.js", "presence.js", "w.js", "w_hover.js", "later.css"),
        *(f"{app}_stories.{kind}" for app in ("widget", "console") for kind in ("js", "css")),
        *(f"{language}.js" for language in LANGUAGES),
    ]
    for name in names:
        (folder / name).write_text(f"/* {name} */")
    (folder / "manifest.json").write_text("{" + ",".join(f'"{name}": "{name}"' for name in names) + "}")
    return folder


@pytest.fixture
async def superuser(migrated: str) -> AsyncIterator[asyncpg.Connection]:
    """Sees every row; for looking behind the curtain."""
    connection = await asyncpg.connect(migrated)
    yield connection
    await connection.close()


@pytest.fixture
async def clean(superuser: asyncpg.Connection) -> str:
    """Every table empty. The name of the database's address is returned for those who need it."""
    tables = await superuser.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
    )
    await superuser.execute("truncate " + ", ".join(f'"{table[0]}"' for table in tables) + " cascade")
    return ""


@pytest.fixture(scope="session")
def settings_of_process(migrated: str, assets_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a web process on the test database."""
    var_dir = tmp_path_factory.mktemp("var")
    return from_environment(
        {"DATABASE_URL": migrated, "SECRET_KEY": SECRET, "ASSETS_DIR": str(assets_dir), "VAR_DIR": str(var_dir)}
    )


@pytest.fixture
def settings(settings_of_process: Settings, clean: str) -> Settings:
    """The same for every test, so that it gets an app that is built already; the folder is empty."""
    shutil.rmtree(settings_of_process.var_dir)
    settings_of_process.var_dir.mkdir()
    return settings_of_process


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyServer]:
    """This process' own, shared by the tests that only use it; who breaks it starts another one."""
    with a_valkey() as server:
        yield server


@pytest.fixture(params=["postgres", "valkey"])
def settings_of_bus(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Runs the test with each bus."""
    if request.param == "postgres":
        return settings
    return replace(settings, valkey_url=request.getfixturevalue("valkey").url)


@pytest.fixture
def kill_connections(request: pytest.FixtureRequest, settings_of_bus: Settings, superuser) -> Callable[[], Awaitable[object]]:
    """Ends every connection of this bus, from the server's side."""
    server: ValkeyServer = request.getfixturevalue("valkey")

    async def kill() -> object:
        if settings_of_bus.valkey_url:
            return [await server.command("CLIENT", "KILL", "TYPE", kind) for kind in ("pubsub", "normal")]
        mine = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'switchboard %'"
        return await superuser.execute(mine)

    return kill


@pytest.fixture
def say_on_channel(request: pytest.FixtureRequest, settings_of_bus: Settings, superuser) -> Callable[[str], Awaitable[object]]:
    """Puts any text on the bus."""
    server: ValkeyServer = request.getfixturevalue("valkey")

    async def say(text: str) -> object:
        if settings_of_bus.valkey_url:
            return await server.command("PUBLISH", CHANNEL, text)
        return await superuser.execute("select pg_notify($1, $2)", CHANNEL, text)

    return say


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The pool of role `app`."""
    database = listening_database(settings.as_app)
    yield database
    await database.engine.dispose()


@pytest.fixture
def letters(settings: Settings) -> Letters:
    """Written from our own templates."""
    return Letters(settings.templates_dir, settings.public_url)


@pytest.fixture(scope="session")
def stage() -> Stage:
    """Of this process: the cast as it was put on first."""
    return Stage()


@pytest.fixture
async def cast(database: Database, superuser: asyncpg.Connection, stage: Stage) -> Cast:
    """Acme with Alice, Ben and Cara; Globex with Gil (DESIGN 4.19)."""
    return await stage.set(database, superuser)


@pytest.fixture
async def stack(settings: Settings, cast: Cast) -> AsyncIterator[Stack]:
    """A web process with the cast in it."""
    async with serving(settings) as stack:
        yield stack


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts, on our own pages."""
    headers = {"origin": stack.origin, "accept": "text/html"}
    async with httpx.AsyncClient(base_url=stack.origin, headers=headers) as client:
        yield client
