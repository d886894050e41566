"""A web process renews the leases of all agents who are here, whatever their tenant, and tells who came back."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from switchboard.facts import DeskChanged, Fact
from switchboard.infra.db import Database
from switchboard.presence import leases
from switchboard.presence.leases import LeaseKeeper
from switchboard.settings import Settings
from tests.cast import Cast

LEFT = "select a.name, extract(epoch from p.lease_until - now())::int from presence p join agent a on a.id = p.agent_id"


@pytest.fixture
async def keeper(database: Database, cast: Cast, settings: Settings) -> AsyncIterator[LeaseKeeper]:
    """Alice, Ben with two devices, and Gil of another tenant are here."""
    async with asyncpg.create_pool(settings.as_app, min_size=1, max_size=1) as pool:
        keeper = LeaseKeeper(database, pool)
        for socket, (business, name) in enumerate(
            [(cast.acme, "Alice"), (cast.acme, "Ben"), (cast.acme, "Ben"), (cast.globex, "Gil")]
        ):
            await keeper.arrive(business.tenant_id, business.agents[name], socket)
        yield keeper


async def left(superuser: asyncpg.Connection) -> dict[str, int]:
    return {row[0]: row[1] for row in await superuser.fetch(LEFT)}


@pytest.mark.parametrize("at_once", [1, 2, 200])
async def test_all_who_are_here_are_renewed_and_nobody_else(
    keeper: LeaseKeeper, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(leases, "AT_ONCE", at_once)
    await superuser.execute("update presence set lease_until = now() + interval '5 s'")
    await keeper.renew()
    seconds = await left(superuser)
    assert {name for name, rest in seconds.items() if rest > 30} == {"Alice", "Ben", "Gil"}
    assert seconds["Cara"] <= 5


async def test_a_tenant_is_told_once_when_somebody_is_back_and_not_otherwise(
    keeper: LeaseKeeper, database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    told: list[Fact] = []
    database.listeners.append(told.extend)
    await keeper.renew()
    assert told == []
    await superuser.execute(
        "update presence set lease_until = now() - interval '1 s' where tenant_id = $1", cast.acme.tenant_id
    )
    await keeper.renew()
    assert told == [DeskChanged(cast.acme.tenant_id)]


async def test_who_has_gone_is_not_renewed(keeper: LeaseKeeper, superuser: asyncpg.Connection) -> None:
    keeper.depart(0)
    keeper.depart(1)  # Ben's other device is still here
    await superuser.execute("update presence set lease_until = now() + interval '5 s'")
    await keeper.renew()
    assert {name for name, rest in (await left(superuser)).items() if rest > 30} == {"Ben", "Gil"}


async def test_an_agent_named_with_another_tenant_is_not_touched(
    keeper: LeaseKeeper, cast: Cast, superuser: asyncpg.Connection
) -> None:
    keeper._agents = {"forged": (cast.globex.tenant_id, cast.acme.agents["Alice"])}
    await superuser.execute("update presence set lease_until = now() + interval '5 s'")
    await keeper.renew()
    assert max((await left(superuser)).values()) <= 5
