"""A business begins: the tenant and its owner. What else it needs, others add within the same transaction (TenantFounded)."""

from collections.abc import Iterable
from uuid import UUID

from switchboard.accounts.actions import join
from switchboard.accounts.models import Agent, Role
from switchboard.facts import TenantFounded
from switchboard.infra.db import TenantTx
from switchboard.plans.plan import Plan
from switchboard.tenancy.actions import found
from switchboard.tenancy.business import Business
from switchboard.tenancy.models import Tenant


async def found_business(
    tx: TenantTx, business: Business, plan: Plan, *, slugs: Iterable[str], owner: UUID, owner_name: str
) -> tuple[Tenant, Agent]:
    """The transaction's tenant must be a new id; `owner` is a user's. Raises ConflictError when no slug is free."""
    tenant = await found(tx, business, plan, slugs)
    agent = await join(tx, owner, owner_name, Role.OWNER)
    tx.happened(TenantFounded(tx.tenant_id, agent.id))
    return tenant, agent
