"""Verbs of tenancy."""

from sqlalchemy import select

from switchboard.infra.db import GlobalTx
from switchboard.tenancy.models import Tenant


async def found(tx: GlobalTx, slug: str, name: str) -> Tenant:
    """The tenant with this slug, made if absent."""
    tenant = await tx.session.scalar(select(Tenant).where(Tenant.slug == slug))
    if tenant is None:
        tenant = Tenant(slug=slug, name=name, created_at=tx.now)
        tx.session.add(tenant)
        await tx.session.flush()
    return tenant
