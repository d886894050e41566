"""Tenants as data: applying twice changes nothing, and a wrong file says which entry is wrong."""

from pathlib import Path

import pytest

from switchboard.errors import SettingsError
from switchboard.infra.db import Database
from switchboard.provisioning.rooms import room_address
from switchboard.provisioning.tenants_file import apply, read
from switchboard.settings import ROOT
from tests.cast import PRICE_LIST

DEMO = ROOT / "tenants" / "demo.toml"


async def test_the_demo_has_its_cast(database: Database, superuser) -> None:
    await apply(database, PRICE_LIST, read(DEMO))
    rows = await superuser.fetch(
        "select t.name, a.name, a.role, r.name from agent a "
        "join tenant t on t.id = a.tenant_id join assignment s on s.agent_id = a.id "
        "join room r on r.id = s.room_id order by 1, 2"
    )
    assert [tuple(row) for row in rows] == [
        ("Acme Bikes", "Alice", "owner", "GENERAL"),
        ("Acme Bikes", "Ben", "agent", "GENERAL"),
        ("Acme Bikes", "Cara", "agent", "GENERAL"),
        ("Globex", "Gil", "owner", "GENERAL"),
    ]


async def test_applying_twice_changes_nothing(database: Database, superuser) -> None:
    async def everything() -> list[str]:
        tables = ("tenant", "user", "agent", "room", "assignment", "presence", "directory")
        return [
            await superuser.fetchval(f"select string_agg(t::text, '|' order by t::text) from \"{table}\" t") for table in tables
        ]

    await apply(database, PRICE_LIST, read(DEMO))
    before = await everything()
    await apply(database, PRICE_LIST, read(DEMO))
    assert await everything() == before


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[tenants]]\nslug = 'x'", "missing required field `name`"),
        ("[[tenants]]\nslug = 'x'\nname = 'X'\nagents = []\nsurprise = 1", "unknown field `surprise`"),
        (
            "[[tenants]]\nslug = 'x'\nname = 'X'\n[[tenants.agents]]\nname = 'A'\nemail = 'a'\npassword = 'p'\nrole = 'king'",
            "king",
        ),
        ("not toml", "line 1"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=complaint) as refusal:
        read(path)
    assert str(path) in refusal.value.message


async def test_an_address_of_nobody_says_so(database: Database, cast) -> None:
    assert await room_address(database, "http://here", "acme", "GENERAL") == f"http://here/c/{cast.acme.room_token}"
    with pytest.raises(SettingsError, match="no tenant nobody"):
        await room_address(database, "", "nobody", "GENERAL")
    with pytest.raises(SettingsError, match="no room SALES"):
        await room_address(database, "", "acme", "SALES")
