"""Who is at the door of a console: cookie → session → user → membership of the tenant in the path (DESIGN 4, Where to)."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.accounts.models import Role
from switchboard.accounts.queries import SignedIn, agent, signed_in
from switchboard.errors import NotAllowedError, NotFoundError
from switchboard.infra.db import Database
from switchboard.tenancy.directory import memberships
from switchboard.tenancy.models import Tenant
from switchboard.tenancy.queries import tenant_by_slug

SESSION_COOKIE = "sb_session"
CONFIGURE = frozenset({Role.OWNER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class AtConsole:
    """An agent of this tenant, by a live session. Checked on every request and on every socket."""

    signed_in: SignedIn
    tenant: Tenant
    agent_id: UUID
    agent_name: str
    role: Role

    @property
    def may_configure(self) -> bool:
        """Rooms, agents and settings are the owner's and the admins' (SPEC 3)."""
        return self.role in CONFIGURE

    def require_configuring(self) -> None:
        """Raises NotAllowedError."""
        if not self.may_configure:
            raise NotAllowedError("Only the owner and admins may change this. Ask one of them.")


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
    return AtConsole(who, tenant, found.id, found.name, found.role)
