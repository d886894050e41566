"""`switchboard tenants`, as an operator types it: a process of its own, on a real database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from switchboard.infra.db import Database
from switchboard.rooms.actions import open_room
from switchboard.settings import ROOT
from switchboard.tenancy.actions import put_on
from tests.cast import PRICE_LIST, Cast
from tests.conftest import SECRET

EXAMPLE = str(ROOT / "tenants" / "example.toml")


@pytest.fixture
def switchboard(migrated: str, clean: str, tmp_path: Path):
    def run(*arguments: str, answer: str = "") -> tuple[int, list[str]]:
        own = {"DATABASE_URL": migrated, "SECRET_KEY": SECRET, "VAR_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "switchboard.cli", "tenants", *arguments]
        ended = subprocess.run(
            command, env={**os.environ, **own}, input=answer, capture_output=True, text=True, timeout=60, check=False
        )
        return ended.returncode, (ended.stdout + ended.stderr).splitlines()

    return run


def test_check_exits_with_1_until_the_file_is_applied(switchboard) -> None:
    assert switchboard("apply", EXAMPLE, "--check") == (1, ["missing: tenant example", f"1 difference from {EXAMPLE}"])
    assert switchboard("apply", EXAMPLE) == (0, ["missing: tenant example", f"Applied {EXAMPLE}"])
    assert switchboard("apply", EXAMPLE, "--check") == (0, [f"Nothing differs from {EXAMPLE}"])
    assert switchboard("apply", EXAMPLE) == (0, [f"Applied {EXAMPLE}"])


def test_a_wrong_file_is_one_sentence_and_no_traceback(switchboard, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(Path(EXAMPLE).read_text().replace('plan = "business"', 'plan = "free"'))
    code, lines = switchboard("apply", str(wrong))
    assert code == 1
    sentence = "tenant example: 3 rooms with GENERAL, but Forever Free has 1: take some out or choose professional"
    assert lines == [f"{wrong}: {sentence}"]


async def test_a_larger_plan_is_given_at_once(switchboard, cast: Cast, superuser) -> None:
    assert switchboard("plan", "acme", "professional") == (0, ["Acme: from Forever Free to Professional, 19 USD a month"])
    assert await superuser.fetchval("select generation || ' ' || plan from tenant where slug = 'acme'") == "v1 professional"
    assert switchboard("plan", "acme", "professional") == (0, ["Acme has Professional of generation v1 and keeps it"])


@pytest.mark.parametrize(("answer", "plan"), [("y\n", "free"), ("n\n", "professional")])
async def test_what_is_over_the_limit_is_listed_first_and_kept(
    switchboard, cast: Cast, database: Database, superuser, answer: str, plan: str
) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    for name in ("Sales", "Repairs"):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await open_room(tx, PRICE_LIST, name)
    code, lines = switchboard("plan", "acme", "free", answer=answer)
    assert lines[0] == "Over the limit of Forever Free, will pause and is kept: rooms Sales, Repairs"
    assert code == (0 if plan == "free" else 1)
    assert await superuser.fetchval("select plan from tenant where slug = 'acme'") == plan
    assert await superuser.fetchval("select count(*) from room where tenant_id = $1", cast.acme.tenant_id) == 3


async def test_with_yes_nothing_is_asked(switchboard, cast: Cast, database: Database) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await open_room(tx, PRICE_LIST, "Sales")
    assert switchboard("plan", "acme", "free", "--yes") == (
        0,
        [
            "Over the limit of Forever Free, will pause and is kept: room Sales",
            "Acme: from Professional to Forever Free, 0 USD a month",
        ],
    )


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["nobody", "free"], "there is no tenant nobody"),
        (["acme", "gold"], "there is no plan gold on sale: choose one of free, professional, business, enterprise"),
    ],
)
async def test_who_or_what_is_not_there_is_said(switchboard, cast: Cast, arguments: list[str], advice: str) -> None:
    assert switchboard("plan", *arguments) == (1, [advice])
