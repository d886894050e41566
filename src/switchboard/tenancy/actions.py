"""Verbs of tenancy."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

import msgspec
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from switchboard.errors import ConflictError
from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.plans.plan import Plan
from switchboard.tenancy.business import Business
from switchboard.tenancy.models import Tenant

MOST_TRIED = 200


async def found(tx: TenantTx, business: Business, plan: Plan, wanted: Iterable[str]) -> Tenant:
    """The transaction's tenant on `plan`, under the first of the `wanted` slugs that is free. Raises ConflictError.

    Who asks for the same slug at the same time waits for our COMMIT and gets the next one.
    """
    for slug in islice(wanted, MOST_TRIED):
        tenant = insert(Tenant).values(
            id=tx.tenant_id,
            slug=slug,
            name=business.name,
            account_type=business.account_type,
            time_zone=business.time_zone,
            currency=business.currency,
            created_at=tx.now,
            generation=plan.generation,
            plan=plan.key,
        )
        made = tenant.on_conflict_do_nothing(index_elements=["slug"]).returning(Tenant)
        if (founded := await tx.session.scalar(made)) is not None:
            return founded
    raise ConflictError("Too many businesses have this name. Add your town or street to it.", code="name_taken")


async def put_on(tx: GlobalTx | TenantTx, tenant_id: UUID, plan: Plan) -> None:
    """The tenant has this plan from now on. Nothing of what it has is deleted."""
    changed = update(Tenant).where(Tenant.id == tenant_id).values(generation=plan.generation, plan=plan.key)
    await tx.session.execute(changed)


async def describe(tx: GlobalTx, tenant_id: UUID, business: Business) -> None:
    """The business says this about itself from now on; its slug, and with it every address, stays."""
    details = msgspec.structs.asdict(business)
    await tx.session.execute(update(Tenant).where(Tenant.id == tenant_id).values(**details))
