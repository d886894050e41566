"""The same cast in every test: Acme with Alice (owner), Ben and Cara, visitor Vera; Globex with Gil, the stranger."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, select

from switchboard.accounts.actions import sign_in
from switchboard.accounts.models import Agent
from switchboard.accounts.sessions import NewSession, Visit
from switchboard.infra.db import Database
from switchboard.infra.due import DueRow
from switchboard.infra.ids import new_id
from switchboard.infra.outbox import OutboxEntry
from switchboard.plans.files import read_price_list
from switchboard.provisioning.applying import apply
from switchboard.provisioning.tenants_file import AgentEntry, Role, TenantEntry, TenantsFile
from switchboard.rooms.models import Room
from switchboard.settings import ROOT
from switchboard.tenancy.queries import tenant_by_slug

PASSWORD = "open sesame 1"
ACME = {"Alice": Role.OWNER, "Ben": Role.AGENT, "Cara": Role.AGENT}
GLOBEX = {"Gil": Role.OWNER}
PRICE_LIST = read_price_list(ROOT / "plans")


@dataclass
class Business:
    """A tenant with its room and its agents by name."""

    slug: str
    tenant_id: UUID
    room_id: UUID
    room_token: str
    agents: dict[str, UUID] = field(default_factory=dict)


@dataclass
class Cast:
    """Everybody; passwords are PASSWORD."""

    database: Database
    acme: Business
    globex: Business

    async def cookie(self, name: str) -> str:
        """A session cookie of this agent's user."""
        return (await self.session(name)).token

    async def session(self, name: str) -> NewSession:
        """A new session of this agent's user."""
        return await sign_in(self.database, email(name), PASSWORD, Visit(device="A browser"))


def email(name: str) -> str:
    return f"{name.lower()}@{'globex' if name in GLOBEX else 'acme'}.example"


async def engage(database: Database) -> Cast:
    """Puts the cast on stage."""
    entries = [
        TenantEntry(slug, slug.title(), [AgentEntry(name, email(name), PASSWORD, role) for name, role in people.items()])
        for slug, people in (("acme", ACME), ("globex", GLOBEX))
    ]
    await apply(database, PRICE_LIST, TenantsFile(entries))
    return Cast(database, await _business(database, "acme"), await _business(database, "globex"))


async def _business(database: Database, slug: str) -> Business:
    async with database.global_tx() as tx:
        tenant_id = (await tenant_by_slug(tx, slug)).id
    async with database.tenant_tx(tenant_id, "test") as tx:
        room = (await tx.session.scalars(select(Room))).one()
        agents = {agent.name: agent.id for agent in await tx.session.scalars(select(Agent))}
        # The owner's welcome has been read long ago.
        await tx.session.execute(delete(OutboxEntry))
        await tx.session.execute(delete(DueRow).where(DueRow.tenant_id == tenant_id))
    return Business(slug, tenant_id, room.id, room.token, agents)


def a_cid() -> UUID:
    return new_id()
