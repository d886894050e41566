"""Leases of the agents whose sockets are here: taken on arrival, renewed every 15 s; the lease is the grace (DESIGN 6)."""

import asyncio
import logging
from collections.abc import Hashable
from uuid import UUID

import asyncpg

from switchboard.facts import DeskChanged
from switchboard.infra.db import Database
from switchboard.presence.actions import LEASE, RENEWED_EVERY, leave, renew_leases

AT_ONCE = 200

_RENEW = "select tenant from renew_leases($1, $2, $3)"

log = logging.getLogger(__name__)


class LeaseKeeper:
    """Several devices hold one lease: an agent is connected while any of their sockets is here."""

    def __init__(self, database: Database, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._database = database
        self._pool = pool
        self._agents: dict[Hashable, tuple[UUID, UUID]] = {}

    async def arrive(self, tenant: UUID, agent: UUID, socket: Hashable) -> None:
        """The agent has this socket; connected from this moment."""
        self._agents[socket] = (tenant, agent)
        async with self._database.tenant_tx(tenant, "system:leases") as tx:
            await renew_leases(tx, [agent])

    def depart(self, socket: Hashable) -> None:
        """The lease runs out by itself unless another socket of the agent renews it."""
        self._agents.pop(socket, None)

    async def sign_off(self, tenant: UUID, agent: UUID) -> None:
        """The agent signed out: no grace, unless another device of theirs is here."""
        if (tenant, agent) not in self._agents.values():
            async with self._database.tenant_tx(tenant, "system:leases") as tx:
                await leave(tx, agent)

    async def renew_for_ever(self) -> None:
        """A task of the process."""
        while True:
            await asyncio.sleep(RENEWED_EVERY.total_seconds())
            try:
                await self.renew()
            except Exception:
                log.exception("leases were not renewed")

    async def renew(self) -> None:
        """The leases of all who are here. With 1,000 tenants a transaction for each would keep a core busy for seconds."""
        agents = sorted(set(self._agents.values()))
        for start in range(0, len(agents), AT_ONCE):
            tenants, ids = zip(*agents[start : start + AT_ONCE], strict=True)
            back = await self._pool.fetch(_RENEW, tenants, ids, LEASE)
            self._database.tell([DeskChanged(tenant) for (tenant,) in back])
