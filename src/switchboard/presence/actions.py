"""Verbs of presence. Eligible = ONLINE, connected (a live lease), below capacity (SPEC 4)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from switchboard.errors import ConflictError
from switchboard.facts import DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.presence.models import Presence
from switchboard.protocol import Availability, Code

LEASE = timedelta(seconds=45)
RENEWED_EVERY = timedelta(seconds=15)
CAPACITY = 4
_FULL = "{name} has as many chats as they can hold, so this one stays with you. Choose somebody else, or a room."
_NOT_HERE = "{name} is not ONLINE right now, so the chat stays with you. Choose somebody else, or a room."


async def introduce(tx: TenantTx, agent_id: UUID) -> None:
    """A new agent is ONLINE as soon as they connect; nothing changes for a known one."""
    row = insert(Presence).values(
        tenant_id=tx.tenant_id,
        agent_id=agent_id,
        availability=Availability.ONLINE,
        lease_until=tx.now,
        capacity=CAPACITY,
        used=0,
    )
    await tx.session.execute(row.on_conflict_do_nothing())


async def choose(tx: TenantTx, agent_id: UUID, availability: Availability) -> None:
    """The agent decides whether chats may ring."""
    await tx.session.execute(update(Presence).where(Presence.agent_id == agent_id).values(availability=availability))
    tx.happened(DeskChanged(tx.tenant_id))


async def renew_leases(tx: TenantTx, agents: Collection[UUID]) -> None:
    """These agents are connected now. Tells only when one of them was not before."""
    before = Presence.lease_until
    renewed = update(Presence).where(Presence.agent_id.in_(agents)).values(lease_until=tx.now + LEASE)
    back = update(Presence).where(Presence.agent_id.in_(agents), before <= tx.now).values(lease_until=tx.now + LEASE)
    if (await tx.session.scalars(back.returning(Presence.agent_id))).all():
        tx.happened(DeskChanged(tx.tenant_id))
    await tx.session.execute(renewed)


async def leave(tx: TenantTx, agent_id: UUID) -> None:
    """The agent said good-bye: no grace. A device that is still there renews within RENEWED_EVERY."""
    await tx.session.execute(update(Presence).where(Presence.agent_id == agent_id).values(lease_until=tx.now))
    tx.happened(DeskChanged(tx.tenant_id))


async def take_slot(tx: TenantTx, agent_id: UUID) -> None:
    """Compare-and-swap; raises ConflictError when OFFLINE or at capacity.

    Read-then-write gave 1,336 double accepts (DESIGN 6).
    """
    mine, online = Presence.agent_id == agent_id, Presence.availability == Availability.ONLINE
    free = update(Presence).where(mine, online, Presence.used < Presence.capacity)
    if await tx.session.scalar(free.values(used=Presence.used + 1).returning(Presence.used)) is not None:
        return
    if await tx.session.scalar(select(Presence.availability).where(mine)) is Availability.OFFLINE:
        raise ConflictError("You are OFFLINE. Go ONLINE, then answer.", code=Code.NOT_ALLOWED)
    message = "You have as many chats as you can hold. End one, then answer this one."
    raise ConflictError(message, code=Code.AT_CAPACITY)


async def hand_slot(tx: TenantTx, *, giver: UUID, taker: UUID, name: str) -> None:
    """One agent's slot becomes another's, never beyond their capacity. Raises ConflictError: why `name` cannot take it.

    Other than in `take_slot` the taker must be connected: nobody would notice that they have the chat.
    """
    # In one order for everybody: two agents who hand each other a chat would wait for each other.
    pair = select(Presence).where(Presence.agent_id.in_((giver, taker))).order_by(Presence.agent_id).with_for_update()
    await tx.session.execute(pair)
    connected, online = Presence.lease_until > tx.now, Presence.availability == Availability.ONLINE
    free = update(Presence).where(Presence.agent_id == taker, online, connected, Presence.used < Presence.capacity)
    if await tx.session.scalar(free.values(used=Presence.used + 1).returning(Presence.used)) is None:
        full = await tx.session.scalar(select(Presence.agent_id).where(Presence.agent_id == taker, online, connected))
        why, code = (_FULL, Code.AT_CAPACITY) if full else (_NOT_HERE, Code.NOT_ALLOWED)
        raise ConflictError(why.format(name=name), code=code)
    await free_slot(tx, giver)


async def free_slot(tx: TenantTx, agent_id: UUID) -> None:
    """One chat less."""
    await tx.session.execute(
        update(Presence).where(Presence.agent_id == agent_id, Presence.used > 0).values(used=Presence.used - 1)
    )
