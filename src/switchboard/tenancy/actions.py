"""Verbs of tenancy."""

from uuid import UUID

from sqlalchemy import select, update

from switchboard.infra.db import GlobalTx
from switchboard.plans.plan import Plan
from switchboard.tenancy.models import Tenant


async def found(tx: GlobalTx, slug: str, name: str, plan: Plan) -> Tenant:
    """The tenant with this slug, made if absent: then it is on `plan`."""
    tenant = await tx.session.scalar(select(Tenant).where(Tenant.slug == slug))
    if tenant is None:
        tenant = Tenant(slug=slug, name=name, created_at=tx.now, generation=plan.generation, plan=plan.key)
        tx.session.add(tenant)
        await tx.session.flush()
    return tenant


async def put_on(tx: GlobalTx, tenant_id: UUID, plan: Plan) -> None:
    """The tenant has this plan from now on. Nothing of what it has is deleted."""
    changed = update(Tenant).where(Tenant.id == tenant_id).values(generation=plan.generation, plan=plan.key)
    await tx.session.execute(changed)


async def rename(tx: GlobalTx, tenant_id: UUID, name: str) -> None:
    """The business is called so from now on; its slug, and with it every address, stays."""
    await tx.session.execute(update(Tenant).where(Tenant.id == tenant_id).values(name=name))
