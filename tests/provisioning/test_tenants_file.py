"""Tenants as data: applying twice changes nothing, drift is told line by line, and a wrong file says which entry is wrong."""

from pathlib import Path

import asyncpg
import pytest

from switchboard.errors import SettingsError
from switchboard.infra.db import Database
from switchboard.provisioning.applying import apply
from switchboard.provisioning.drift import drift
from switchboard.provisioning.rooms import room_address
from switchboard.provisioning.tenants_file import AgentEntry, TenantEntry, TenantsFile, read
from switchboard.settings import ROOT
from tests.cast import PRICE_LIST, Cast

DEMO = ROOT / "tenants" / "demo.toml"
EXAMPLE = ROOT / "tenants" / "example.toml"


LOSE_SALES = """
with gone as (delete from room where name = 'Sales' returning id)
delete from directory where target in (select id from gone)
"""


async def everything(superuser: asyncpg.Connection) -> list[str]:
    tables = ("tenant", "user", "agent", "room", "assignment", "presence", "directory", "mail", "outbox", "due")
    return [
        await superuser.fetchval(f"select string_agg(t::text, '|' order by t::text) from \"{table}\" t") for table in tables
    ]


async def test_the_demo_has_its_cast(database: Database, superuser) -> None:
    await apply(database, PRICE_LIST, read(DEMO, PRICE_LIST))
    rows = await superuser.fetch(
        "select t.name, t.plan, a.name, a.role, r.name from agent a "
        "join tenant t on t.id = a.tenant_id join assignment s on s.agent_id = a.id "
        "join room r on r.id = s.room_id order by 1, 3"
    )
    assert [tuple(row) for row in rows] == [
        ("Acme Bikes", "professional", "Alice", "owner", "GENERAL"),
        ("Acme Bikes", "professional", "Ben", "agent", "GENERAL"),
        ("Acme Bikes", "professional", "Cara", "agent", "GENERAL"),
        ("Globex", "free", "Gil", "owner", "GENERAL"),
    ]


async def test_the_example_is_applied_as_it_reads(database: Database, superuser) -> None:
    example = read(EXAMPLE, PRICE_LIST)
    assert await drift(database, example) == ["missing: tenant example"]
    await apply(database, PRICE_LIST, example)
    assert await drift(database, example) == []
    rows = await superuser.fetch(
        "select r.name, a.name, a.role from room r join assignment s on s.room_id = r.id join agent a on a.id = s.agent_id "
        "order by r.created_at, r.id, a.name"
    )
    assert [tuple(row) for row in rows] == [
        ("GENERAL", "Alice", "owner"),
        ("Sales", "Alice", "owner"),
        ("Repairs", "Alice", "owner"),
        ("Repairs", "Ben", "agent"),
    ]
    business = await superuser.fetchrow("select plan, account_type, time_zone, currency from tenant")
    assert tuple(business) == ("business", "company", "Europe/Amsterdam", "EUR")


def test_the_example_shows_every_field() -> None:
    text = EXAMPLE.read_text()
    for kind in (TenantEntry, AgentEntry):
        assert [field for field in kind.__struct_fields__ if f"{field} =" not in text and f"tenants.{field}]" not in text] == []


@pytest.mark.parametrize("path", [DEMO, EXAMPLE], ids=lambda path: path.stem)
async def test_applying_twice_changes_nothing(database: Database, superuser, path: Path) -> None:
    file = read(path, PRICE_LIST)
    await apply(database, PRICE_LIST, file)
    before = await everything(superuser)
    await apply(database, PRICE_LIST, file)
    assert await everything(superuser) == before


@pytest.mark.parametrize(
    ("spoil", "lines"),
    [
        ("update tenant set name = 'Other'", ['different: example: its name is "Other", the file says "Example Ltd"']),
        (
            "update tenant set account_type = 'solo'",
            ['different: example: its account_type is "solo", the file says "company"'],
        ),
        (
            "update tenant set time_zone = 'UTC', currency = 'USD'",
            [
                'different: example: its time_zone is "UTC", the file says "Europe/Amsterdam"',
                'different: example: its currency is "USD", the file says "EUR"',
            ],
        ),
        ("update tenant set plan = 'professional'", ["different: example: its plan is professional, the file says business"]),
        (
            LOSE_SALES,
            ["missing: example: room Sales", "missing: example: agent alice@example.com does not serve Sales"],
        ),
        (
            "update room set name = 'SALES' where name = 'Sales'",
            ["different: example: room SALES is written Sales in the file"],
        ),
        (
            "delete from agent where name = 'Ben'",
            ["missing: example: agent ben@example.com"],
        ),
        (
            "update agent set name = 'Benny' where name = 'Ben'",
            ['different: example: the name of agent ben@example.com is "Benny", the file says "Ben"'],
        ),
        (
            "update agent set role = 'admin' where name = 'Ben'",
            ["different: example: the role of agent ben@example.com is admin, the file says agent"],
        ),
        (
            "delete from assignment where agent_id = (select id from agent where name = 'Ben')",
            ["missing: example: agent ben@example.com does not serve Repairs"],
        ),
    ],
)
async def test_drift_is_told_changes_nothing_and_is_undone_by_applying(
    database: Database, superuser, spoil: str, lines: list[str]
) -> None:
    example = read(EXAMPLE, PRICE_LIST)
    await apply(database, PRICE_LIST, example)
    await superuser.execute(spoil)
    before = await everything(superuser)
    assert await drift(database, example) == lines
    assert await everything(superuser) == before
    await apply(database, PRICE_LIST, example)
    assert await drift(database, example) == []


async def test_what_is_not_in_the_file_is_told_and_kept(database: Database, superuser) -> None:
    example = read(EXAMPLE, PRICE_LIST)
    await apply(database, PRICE_LIST, example)
    [entry] = example.tenants
    alice, ben = entry.agents
    shorter = TenantsFile([TenantEntry("example", "Example Ltd", [alice], rooms=["Sales"])])
    alice.rooms = ["GENERAL", "Sales"]
    lines = [
        "not in the file: example: room Repairs",
        "not in the file: example: agent alice@example.com serves Repairs",
        f"not in the file: example: agent {ben.email}",
    ]
    assert await drift(database, shorter) == lines
    before = await everything(superuser)
    await apply(database, PRICE_LIST, shorter)
    assert await everything(superuser) == before
    assert await drift(database, shorter) == lines


async def test_a_file_without_a_plan_leaves_the_plan_alone(database: Database, superuser) -> None:
    await apply(database, PRICE_LIST, read(EXAMPLE, PRICE_LIST))
    alice = AgentEntry("Alice", "alice@example.com", "x", rooms=[])
    await apply(database, PRICE_LIST, TenantsFile([TenantEntry("example", "Example Ltd", [alice])]))
    assert await superuser.fetchval("select plan from tenant") == "business"


async def test_a_tenant_keeps_the_generation_of_its_plan(database: Database, superuser) -> None:
    await apply(database, PRICE_LIST, read(EXAMPLE, PRICE_LIST))
    await superuser.execute("update tenant set generation = 'v0'")
    example = TenantsFile([TenantEntry("example", "Example Ltd", [AgentEntry("Alice", "a@example.com", "x")], plan="business")])
    await apply(database, PRICE_LIST, example)
    assert await superuser.fetchval("select generation from tenant") == "v0"


async def test_rooms_that_the_tenants_plan_has_not_are_refused_without_a_plan_in_the_file(
    database: Database, cast: Cast, superuser
) -> None:
    alice = AgentEntry("Alice", "alice@acme.example", "x")
    with pytest.raises(SettingsError, match="tenant acme, room Sales: A second room needs Professional"):
        await apply(database, PRICE_LIST, TenantsFile([TenantEntry("acme", "Acme", [alice], rooms=["Sales"])]))
    assert await superuser.fetchval("select count(*) from room where name = 'Sales'") == 0


AGENT = "[[tenants.agents]]\nname = 'A'\nemail = 'a@example.com'\npassword = 'p'\n"
TENANT = "[[tenants]]\nslug = 'x'\nname = 'X'\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[tenants]]\nslug = 'x'", "missing required field `name`"),
        (TENANT + "agents = []", "length >= 1"),
        (TENANT + "surprise = 1\n" + AGENT, "unknown field `surprise`"),
        (TENANT + AGENT + "role = 'king'", "king"),
        (TENANT + "account_type = 'club'\n" + AGENT, "club"),
        (TENANT + "time_zone = 'Amsterdam'\n" + AGENT, "there is no time zone Amsterdam: write it as a place"),
        (TENANT + "currency = 'BTC'\n" + AGENT, "tenant x: currency BTC is not among USD, EUR"),
        ("[[tenants]]\nslug = 'X Y'\nname = 'X'\n" + AGENT, r"\$.tenants\[0\].slug"),
        (TENANT + "plan = 'gold'\n" + AGENT, "tenant x: there is no plan gold on sale: choose one of free, professional"),
        (
            TENANT + "plan = 'free'\nrooms = ['Sales']\n" + AGENT,
            "tenant x: 2 rooms with GENERAL, but Forever Free has 1: take some out or choose professional",
        ),
        (
            TENANT + f"plan = 'professional'\nrooms = {[f'R{n}' for n in range(5)]}\n" + AGENT,
            "tenant x: 6 rooms with GENERAL, but Professional has 5: take some out or choose business",
        ),
        (TENANT + "rooms = ['?']\n" + AGENT, 'tenant x: room "\\?": A room needs a name'),
        (TENANT + "rooms = [' Sales']\n" + AGENT, 'room " Sales" is stored as "Sales": write it so'),
        (TENANT + "rooms = ['Sales', 'SALES']\n" + AGENT, "tenant x: room sales stands there twice"),
        (TENANT + AGENT + "rooms = ['Sales']", "agent a@example.com serves Sales, which is not among the rooms GENERAL"),
        (TENANT + AGENT + AGENT.replace("a@", "A@"), "agent a@example.com stands there twice"),
        ((TENANT + AGENT) * 2, "tenant x stands there twice"),
        ("not toml", "line 1"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=complaint) as refusal:
        read(path, PRICE_LIST)
    assert all(line.startswith(f"{path}: ") for line in refusal.value.message.splitlines())


async def test_an_address_of_nobody_says_so(database: Database, cast: Cast) -> None:
    assert await room_address(database, "http://here", "acme", "GENERAL") == f"http://here/c/{cast.acme.room_token}"
    with pytest.raises(SettingsError, match="no tenant nobody"):
        await room_address(database, "", "nobody", "GENERAL")
    with pytest.raises(SettingsError, match="no room SALES"):
        await room_address(database, "", "acme", "SALES")
