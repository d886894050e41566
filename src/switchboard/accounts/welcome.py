"""The first letter that a business gets."""

from sqlalchemy import select

from switchboard.accounts.models import Agent, User
from switchboard.facts import TenantFounded
from switchboard.infra.db import TenantTx
from switchboard.mailing.actions import post
from switchboard.mailing.writing import Letters
from switchboard.tenancy.models import Tenant


async def welcome_owner(letters: Letters, tx: TenantTx, founded: TenantFounded) -> None:
    """Says where the console is and what to do first."""
    owner = await tx.session.scalar(select(Agent).where(Agent.id == founded.owner))
    tenant = await tx.session.get(Tenant, tx.tenant_id)
    if owner is None or tenant is None:
        return
    user = await tx.session.get_one(User, owner.user_id)
    await post(tx, letters.write("accounts/welcome", user.email, business=tenant.name, name=owner.name, slug=tenant.slug))
