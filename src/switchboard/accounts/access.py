"""Who is at the door of a console: cookie → session → user → membership of the tenant in the path (DESIGN 4, Where to)."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.accounts.queries import SignedIn, agent, signed_in
from switchboard.errors import NotFoundError
from switchboard.infra.db import Database
from switchboard.tenancy.directory import memberships
from switchboard.tenancy.models import Tenant
from switchboard.tenancy.queries import tenant_by_slug

SESSION_COOKIE = "sb_session"


@dataclass(frozen=True, slots=True)
class AtConsole:
    """An agent of this tenant, by a live session. Checked on every request and on every socket."""

    signed_in: SignedIn
    tenant: Tenant
    agent_id: UUID
    agent_name: str


async def at_console(database: Database, slug: str, cookie: str | None) -> AtConsole:
    """Raises SignInNeededError; NotFoundError for a tenant that is absent or not this user's."""
    async with database.global_tx() as tx:
        who = await signed_in(tx, cookie)
        tenant = await tenant_by_slug(tx, slug)
        agents = [own.agent_id for own in await memberships(tx, who.user_id) if own.tenant_id == tenant.id]
    if not agents:
        raise NotFoundError
    async with database.tenant_tx(tenant.id, f"user:{who.user_id}") as tx:
        found = await agent(tx, agents[0])
    return AtConsole(who, tenant, found.id, found.name)
