"""Reads of tenants."""

from uuid import UUID

from sqlalchemy import select

from switchboard.errors import NotFoundError
from switchboard.infra.db import GlobalTx
from switchboard.tenancy.models import Tenant


async def tenant_by_slug(tx: GlobalTx, slug: str) -> Tenant:
    """Raises NotFoundError."""
    tenant = await tx.session.scalar(select(Tenant).where(Tenant.slug == slug))
    if tenant is None:
        raise NotFoundError
    return tenant


async def tenant(tx: GlobalTx, tenant_id: UUID) -> Tenant:
    """Raises NotFoundError."""
    found = await tx.session.get(Tenant, tenant_id)
    if found is None:
        raise NotFoundError
    return found


async def tenants(tx: GlobalTx, ids: list[UUID]) -> list[Tenant]:
    """Those of `ids` that exist, by name."""
    return list(await tx.session.scalars(select(Tenant).where(Tenant.id.in_(ids)).order_by(Tenant.name)))
