"""The last room of a plan is given once, however many ask for it at the same time."""

import asyncio

import asyncpg
import pytest

from switchboard.errors import ConflictError, PlanNeededError
from switchboard.infra.db import Database
from switchboard.rooms import actions
from switchboard.rooms.actions import open_room
from switchboard.rooms.models import Room
from switchboard.tenancy.actions import put_on
from switchboard.tenancy.entitlements import entitlements
from tests.cast import PRICE_LIST, Cast

PROFESSIONAL_ROOMS = 5
AT_ONCE = 8


@pytest.fixture
async def one_place_left(database: Database, cast: Cast) -> Cast:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    for number in range(PROFESSIONAL_ROOMS - 2):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await open_room(tx, PRICE_LIST, f"Room {number}")
    return cast


async def race(database: Database, cast: Cast, *names: str) -> list[Room | BaseException]:
    """All transactions are open before the first asks, so that they really meet."""
    ready = asyncio.Barrier(len(names))

    async def ask(name: str) -> Room:
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await ready.wait()
            return await open_room(tx, PRICE_LIST, name)

    return await asyncio.gather(*(ask(name) for name in names), return_exceptions=True)


async def count(superuser: asyncpg.Connection, cast: Cast) -> int:
    return await superuser.fetchval("select count(*) from room where tenant_id = $1", cast.acme.tenant_id)


async def test_of_many_at_once_exactly_one_gets_the_last_room(database: Database, one_place_left: Cast, superuser) -> None:
    outcome = await race(database, one_place_left, *(f"Last {number}" for number in range(AT_ONCE)))
    assert [type(each) for each in outcome if not isinstance(each, Room)] == [PlanNeededError] * (AT_ONCE - 1)
    assert await count(superuser, one_place_left) == PROFESSIONAL_ROOMS


async def test_without_the_lock_the_test_above_fails(
    database: Database, one_place_left: Cast, superuser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "entitlements_until_commit", entitlements)
    await race(database, one_place_left, *(f"Last {number}" for number in range(AT_ONCE)))
    assert await count(superuser, one_place_left) > PROFESSIONAL_ROOMS


async def test_of_two_with_one_name_exactly_one_gets_it_whatever_its_case(database: Database, cast: Cast) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    outcome = await race(database, cast, "Sales", "SALES")
    assert sorted(type(each).__name__ for each in outcome) == ["ConflictError", "Room"]
    with pytest.raises(ConflictError, match=r"(?i)already a room named sales"):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await open_room(tx, PRICE_LIST, "sales")


async def test_two_tenants_may_have_a_room_of_the_same_name(database: Database, cast: Cast) -> None:
    for business in (cast.acme, cast.globex):
        async with database.global_tx() as tx:
            await put_on(tx, business.tenant_id, PRICE_LIST.sold("professional"))
        async with database.tenant_tx(business.tenant_id, "test") as tx:
            assert (await open_room(tx, PRICE_LIST, "Sales")).name == "Sales"
