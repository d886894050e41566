"""Real browsers on a real stack. Debian's Chromium or Playwright's own; nothing outside this machine is looked up."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Playwright, expect

from e2e.canary import Canary
from e2e.people import PATIENCE_MS, Screens
from e2e.pouring import Sql
from e2e.town import Town

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    "--use-fake-device-for-media-stream",
    "--disable-features=OptimizationHints,MediaRouter",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]

SHELL, WHOLE = "chromium-headless-shell", "chromium"

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium()}


def chromium(*names: str) -> dict[str, Any]:
    """Which browser is started, and how. The shell draws and runs pages as the whole one does, with a quarter less work."""
    installed = (shutil.which(name) for name in names or (SHELL, WHOLE))
    found = os.environ.get("CHROMIUM") or next((path for path in installed if path), None)
    own = {"executable_path": found} if found else {}
    # As root Chromium starts without its sandbox only.
    return {**own, "chromium_sandbox": os.geteuid() != 0, "args": FLAGS}


@pytest.fixture(scope="module")
def kind_of_town() -> type[Town]:
    """A module may want more than the usual."""
    return Town


@pytest.fixture(scope="module")
def town(kind_of_town: type[Town], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = kind_of_town(Path(tmp_path_factory.mktemp("town")))
    try:
        town.rise()
        yield town
    finally:
        town.fall()


@pytest.fixture(scope="module")
def expected_complaints() -> list[str]:
    """Parts of what a browser may complain of here."""
    return []


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """With what the shell leaves out: notifications, recording, the back/forward cache."""
    browser = playwright.chromium.launch(**{**browser_type_launch_args, **chromium(WHOLE)})
    yield browser
    browser.close()


@pytest.fixture
def screens(request: pytest.FixtureRequest, town: Town, expected_complaints: list[str]) -> Iterator[Screens]:
    """Fails when any page complained in its console: a blocked script, a policy broken, an error not caught."""
    whole = request.node.get_closest_marker("whole_browser")
    browser: Browser = request.getfixturevalue("whole_browser" if whole else "browser")
    screens = Screens(browser, town, [])
    yield screens
    assert [said for said in screens.complaints if not any(part in said for part in expected_complaints)] == []


@pytest.fixture
def canary(town: Town) -> Iterator[Canary]:
    canary = Canary({f"localhost:{town.app_port}", f"127.0.0.1:{town.shop_port}"})
    yield canary
    assert canary.song == {}


@pytest.fixture
def sql(town: Town) -> Iterator[Sql]:
    """As the database's superuser: what no form would take may still be in a row."""
    with psycopg.connect(town.dsn, autocommit=True) as connection:
        connection.execute("update presence set capacity = 1000")

        def execute(statement: Any, *values: str | list[str]) -> None:
            connection.execute(statement, values)

        yield execute
