"""Leases of the agents whose sockets are here: taken on arrival, renewed every 15 s; the lease is the grace (DESIGN 6)."""

import asyncio
import logging
from collections.abc import Hashable
from uuid import UUID

from switchboard.infra.db import Database
from switchboard.presence.actions import RENEWED_EVERY, leave, renew_leases

log = logging.getLogger(__name__)


class LeaseKeeper:
    """Several devices hold one lease: an agent is connected while any of their sockets is here."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._agents: dict[Hashable, tuple[UUID, UUID]] = {}

    async def arrive(self, tenant: UUID, agent: UUID, socket: Hashable) -> None:
        """The agent has this socket; connected from this moment."""
        self._agents[socket] = (tenant, agent)
        await self._renew(tenant, {agent})

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
            connected: dict[UUID, set[UUID]] = {}
            for tenant, agent in self._agents.values():
                connected.setdefault(tenant, set()).add(agent)
            for tenant, agents in connected.items():
                try:
                    await self._renew(tenant, agents)
                except Exception:
                    log.exception("leases of tenant %s were not renewed", tenant)

    async def _renew(self, tenant: UUID, agents: set[UUID]) -> None:
        async with self._database.tenant_tx(tenant, "system:leases") as tx:
            await renew_leases(tx, agents)
