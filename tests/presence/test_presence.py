"""Presence: the choice, the lease that is the grace, and the slots (DESIGN 6)."""

from datetime import datetime, timedelta

import pytest

from switchboard.chats.desk import read_desk
from switchboard.errors import ConflictError
from switchboard.infra.db import Database
from switchboard.presence.actions import CAPACITY, LEASE, choose, free_slot, leave, renew_leases, take_slot
from switchboard.presence.queries import anyone_connected
from switchboard.protocol import AgentState, Availability, Code
from tests.cast import Business, Cast


async def states(database: Database, business: Business, now: datetime | None = None) -> dict[str, AgentState]:
    async with database.tenant_tx(business.tenant_id, "test", now=now) as tx:
        return {mate.name: mate.state for mate in (await read_desk(tx)).team.values()}


@pytest.fixture
async def ben_at(database: Database, cast: Cast) -> datetime:
    """Ben is connected; returns when."""
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await renew_leases(tx, [cast.acme.agents["Ben"]])
        return tx.now


async def test_who_is_connected_is_online_and_the_others_are_away(database: Database, cast: Cast, ben_at: datetime) -> None:
    expected = {"Alice": AgentState.AWAY, "Ben": AgentState.ONLINE, "Cara": AgentState.AWAY}
    assert await states(database, cast.acme, ben_at) == expected


async def test_the_lease_is_the_grace(database: Database, cast: Cast, ben_at: datetime) -> None:
    just_before, just_after = ben_at + LEASE - timedelta(milliseconds=1), ben_at + LEASE
    assert (await states(database, cast.acme, just_before))["Ben"] is AgentState.ONLINE
    assert (await states(database, cast.acme, just_after))["Ben"] is AgentState.AWAY
    async with database.tenant_tx(cast.acme.tenant_id, "test", now=just_after) as tx:
        assert not await anyone_connected(tx, cast.acme.agents.values())


async def test_offline_is_a_choice_that_a_lease_does_not_change(database: Database, cast: Cast, ben_at: datetime) -> None:
    ben = cast.acme.agents["Ben"]
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await choose(tx, ben, Availability.OFFLINE)
        await renew_leases(tx, [ben])
        assert not await anyone_connected(tx, [ben])
    assert (await states(database, cast.acme))["Ben"] is AgentState.OFFLINE


async def test_slots_fill_up_and_no_further(database: Database, cast: Cast, ben_at: datetime) -> None:
    ben = cast.acme.agents["Ben"]
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        for _ in range(CAPACITY):
            await take_slot(tx, ben)
        with pytest.raises(ConflictError) as refusal:
            await take_slot(tx, ben)
        assert refusal.value.code == Code.AT_CAPACITY
    assert (await states(database, cast.acme))["Ben"] is AgentState.IN_CHAT
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        for _ in range(CAPACITY + 2):
            await free_slot(tx, ben)
    assert (await states(database, cast.acme))["Ben"] is AgentState.ONLINE


async def test_good_bye_needs_no_grace(database: Database, cast: Cast, ben_at: datetime) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await leave(tx, cast.acme.agents["Ben"])
    assert (await states(database, cast.acme))["Ben"] is AgentState.AWAY


async def test_a_renewal_is_told_only_when_somebody_came_back(database: Database, cast: Cast) -> None:
    told: list[object] = []
    database.listeners.append(told.extend)
    for _ in range(3):
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await renew_leases(tx, [cast.acme.agents["Ben"]])
    assert len(told) == 1


async def test_gils_renewal_leaves_acme_alone(database: Database, cast: Cast) -> None:
    async with database.tenant_tx(cast.globex.tenant_id, "test") as tx:
        await renew_leases(tx, list(cast.acme.agents.values()))
    assert set((await states(database, cast.acme)).values()) == {AgentState.AWAY}
