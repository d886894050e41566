"""The second lock: row-level security on every table outside the closed list, proved and each policy needed (DESIGN 4.3)."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from switchboard.canned_texts.actions import Wanted, keep
from switchboard.chats.rating import rate
from switchboard.chats.tags import tag
from switchboard.customers.windows import admit
from switchboard.facts import TenantFounded
from switchboard.infra.db import Database
from switchboard.infra.ids import new_token, token_hash
from switchboard.infra.outbox import hand_over
from switchboard.mailing.actions import post
from switchboard.mailing.letters import Letter
from switchboard.protocol import Rate
from tests.cast import PRICE_LIST, Cast
from tests.chats.scene import a_scene
from tests.files.scene import a_file
from tests.tenancy.probes import GLOBAL_TABLES, TENANT_TABLES, finds_membership, resolves, sees_only_its_own

POLICIES = [*((table, "tenant") for table in TENANT_TABLES), ("agent", "resolver"), ("directory", "resolver")]


@pytest.fixture
async def lived_in(database: Database, cast: Cast) -> Cast:
    """Both tenants have rows in every tenant table."""
    for business, agent in ((cast.acme, "Alice"), (cast.globex, "Gil")):
        scene = await a_scene(database, business, agent)
        await a_file(database, scene)
        async with database.tenant_tx(business.tenant_id, "test") as tx:
            await keep(tx, PRICE_LIST, Wanted("thanks", "Thank you"), None)
            await tag(tx, business.agents[agent], scene.chat, "repair")
            await rate(tx, scene.visitor, Rate(chat=scene.chat, stars=5))
            await admit(tx, scene.visitor, new_token())
            await post(tx, Letter("vera@example.com", "Hello", "Hello", "<p>Hello"))
            await hand_over(tx, "some_job", TenantFounded(business.tenant_id, business.agents[agent]))
    return cast


@pytest.fixture
async def rolled_back(superuser: asyncpg.Connection, lived_in: Cast) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's transaction that leaves nothing behind."""
    transaction = superuser.transaction()
    await transaction.start()
    yield superuser
    await transaction.rollback()


async def holds(connection: asyncpg.Connection, cast: Cast, table: str, policy: str) -> bool:
    """Does what this policy is for still work?"""
    acme, globex = cast.acme.tenant_id, cast.globex.tenant_id
    if policy == "tenant":
        return await sees_only_its_own(connection, table, acme, globex)
    if table == "directory":
        return await resolves(connection, token_hash(cast.acme.room_token), acme)
    user = await connection.fetchval("select user_id from agent where id = $1", cast.acme.agents["Ben"])
    return await finds_membership(connection, user, acme)


@pytest.mark.parametrize(("table", "policy"), POLICIES)
async def test_a_policy_does_what_it_is_for(rolled_back: asyncpg.Connection, lived_in: Cast, table: str, policy: str) -> None:
    assert await holds(rolled_back, lived_in, table, policy)


@pytest.mark.parametrize(("table", "policy"), POLICIES)
async def test_without_a_policy_the_test_above_fails(
    rolled_back: asyncpg.Connection, lived_in: Cast, table: str, policy: str
) -> None:
    await rolled_back.execute(f'drop policy {policy} on "{table}"')
    assert not await holds(rolled_back, lived_in, table, policy)


@pytest.mark.parametrize("table", TENANT_TABLES)
@pytest.mark.parametrize("weakness", ["alter table {0} disable row level security", "alter policy tenant on {0} using (true)"])
async def test_with_a_weaker_lock_the_test_above_fails(
    rolled_back: asyncpg.Connection, lived_in: Cast, table: str, weakness: str
) -> None:
    await rolled_back.execute(weakness.format(f'"{table}"'))
    assert not await holds(rolled_back, lived_in, table, "tenant")


@pytest.mark.parametrize("power", ["bypassrls", "superuser"])
@pytest.mark.parametrize("table", TENANT_TABLES)
async def test_with_a_role_past_the_policies_the_test_above_fails(
    rolled_back: asyncpg.Connection, lived_in: Cast, table: str, power: str
) -> None:
    await rolled_back.execute(f"alter role app {power}")
    assert not await holds(rolled_back, lived_in, table, "tenant")


async def test_every_table_is_forced_or_on_the_closed_list(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch(
        "select relname, relrowsecurity and relforcerowsecurity from pg_class "
        "where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'"
    )
    assert {row[0] for row in rows if row[1]} == set(TENANT_TABLES)
    assert {row[0] for row in rows if not row[1]} == set(GLOBAL_TABLES)


async def test_the_policies_are_exactly_these(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch("select tablename, policyname, roles::text[], cmd, qual, with_check from pg_policies")
    expected = {(table, "tenant", ("app", "owner"), "ALL", "(tenant_id = current_tenant())", None) for table in TENANT_TABLES}
    expected |= {(table, "resolver", ("resolver",), "SELECT", "true", None) for table in ("agent", "directory")}
    assert {(row[0], row[1], tuple(sorted(row[2])), row[3], row[4], row[5]) for row in rows} == expected


async def test_app_owns_nothing_and_bypasses_nothing(superuser: asyncpg.Connection) -> None:
    roles = await superuser.fetch(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin from pg_roles "
        "where rolname in ('app', 'owner', 'resolver', 'migrator', 'jobs')"
    )
    assert {row[0]: (row[1], row[2], row[3]) for row in roles} == dict.fromkeys(
        ("app", "owner", "resolver", "migrator", "jobs"), (False, False, False)
    )
    assert {row[0] for row in roles if not row[4]} == {"owner", "resolver"}
    assert await superuser.fetchval("select count(*) from pg_class where relowner = 'app'::regrole") == 0
    definers = await superuser.fetch("select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace")
    assert {row[0] for row in definers} == {"resolve", "memberships"}


async def test_keys_of_tenant_tables_hold_the_tenant(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch(
        "select c.conname, c.contype::text, array(select a.attname::text from unnest(c.conkey) with ordinality k(n, o) "
        "join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o), c.confrelid::regclass::text "
        "from pg_constraint c where c.conrelid = any($1::regclass[]) and c.contype in ('p', 'u', 'f')",
        list(TENANT_TABLES),
    )
    to_global = {"tenant", '"user"'}
    wrong = [row[0] for row in rows if row[2][0] != "tenant_id" and row[3] not in to_global and row[0] != "pk_directory"]
    assert wrong == []


async def test_a_forgotten_tenant_is_an_error(settings, lived_in: Cast) -> None:
    connection = await asyncpg.connect(settings.as_app)
    with pytest.raises(asyncpg.PostgresError):
        await connection.fetch("select * from chat")
    async with connection.transaction():
        await connection.execute("select set_config('app.tenant_id', $1, true)", str(lived_in.acme.tenant_id))
        assert await connection.fetch("select * from chat")
    with pytest.raises(asyncpg.PostgresError):
        await connection.fetch("select * from chat")
    await connection.close()


@pytest.mark.parametrize(
    "attempt", ["set role owner", "set role resolver", "alter table chat disable row level security", "create table x (y int)"]
)
async def test_app_cannot_help_itself(settings, attempt: str) -> None:
    connection = await asyncpg.connect(settings.as_app)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(attempt)
    await connection.close()
