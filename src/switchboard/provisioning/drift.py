"""What a tenants file says against what the database holds, line by line. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from switchboard.accounts.models import Agent, User
from switchboard.errors import NotFoundError
from switchboard.infra.db import Database
from switchboard.provisioning.tenants_file import AgentEntry, TenantEntry, TenantsFile
from switchboard.rooms.queries import staffed_rooms
from switchboard.tenancy.business import Business
from switchboard.tenancy.queries import tenant_by_slug


@dataclass(frozen=True, slots=True)
class StoredAgent:
    """An agent as stored, with the names of the rooms they serve."""

    name: str
    role: str
    rooms: frozenset[str]


@dataclass(frozen=True, slots=True)
class StoredTenant:
    """A tenant as stored; agents by e-mail address. `details` are those of `Business`."""

    details: dict[str, str]
    plan: str
    rooms: tuple[str, ...]
    agents: dict[str, StoredAgent]


async def drift(database: Database, file: TenantsFile) -> list[str]:
    """One line per difference: `missing`, `different`, `not in the file`.

    Tenants that the file does not name are not looked at.
    """
    lines: list[str] = []
    for entry in file.tenants:
        stored = await _stored(database, entry.slug)
        if stored is None:
            lines.append(f"missing: tenant {entry.slug}")
        else:
            lines += [f"{kind}: {entry.slug}: {what}" for kind, what in differences(entry, stored)]
    return lines


def differences(entry: TenantEntry, stored: StoredTenant) -> Iterator[tuple[str, str]]:
    """(kind, what) of one tenant. Pure."""
    for detail, wanted in entry.details.items():
        if stored.details[detail] != wanted:
            yield "different", f'its {detail} is "{stored.details[detail]}", the file says "{wanted}"'
    if entry.plan not in (None, stored.plan):
        yield "different", f"its plan is {stored.plan}, the file says {entry.plan}"
    yield from _of_rooms(entry, stored)
    agents = {agent.email.strip().lower(): agent for agent in entry.agents}
    for email, agent in agents.items():
        if email in stored.agents:
            yield from _of_agent(email, agent, stored.agents[email])
        else:
            yield "missing", f"agent {email}"
    yield from (("not in the file", f"agent {email}") for email in stored.agents if email not in agents)


def _of_rooms(entry: TenantEntry, stored: StoredTenant) -> Iterator[tuple[str, str]]:
    there = {name.casefold(): name for name in stored.rooms}
    for name in entry.all_rooms:
        spelled = there.pop(name.casefold(), None)
        if spelled is None:
            yield "missing", f"room {name}"
        elif spelled != name:
            yield "different", f"room {spelled} is written {name} in the file"
    yield from (("not in the file", f"room {name}") for name in there.values())


def _of_agent(email: str, agent: AgentEntry, stored: StoredAgent) -> Iterator[tuple[str, str]]:
    if stored.name != agent.name:
        yield "different", f'the name of agent {email} is "{stored.name}", the file says "{agent.name}"'
    if stored.role != agent.role:
        yield "different", f"the role of agent {email} is {stored.role}, the file says {agent.role}"
    wanted, serves = ({room.casefold(): room for room in rooms} for rooms in (agent.rooms, stored.rooms))
    yield from (("missing", f"agent {email} does not serve {wanted[room]}") for room in sorted(wanted.keys() - serves.keys()))
    yield from (("not in the file", f"agent {email} serves {serves[room]}") for room in sorted(serves.keys() - wanted.keys()))


async def _stored(database: Database, slug: str) -> StoredTenant | None:
    try:
        async with database.global_tx() as tx:
            tenant = await tenant_by_slug(tx, slug)
    except NotFoundError:
        return None
    async with database.tenant_tx(tenant.id, "system:provisioning") as tx:
        rooms = await staffed_rooms(tx)
        wanted = select(Agent.id, Agent.name, Agent.role, User.email).join(User, User.id == Agent.user_id).order_by(User.email)
        rows = (await tx.session.execute(wanted)).all()
    agents = {
        email: StoredAgent(name, role, frozenset(room.name for room in rooms if agent_id in room.agents))
        for agent_id, name, role, email in rows
    }
    details = {name: str(getattr(tenant, name)) for name in Business.__struct_fields__}
    return StoredTenant(details, tenant.plan, tuple(room.name for room in rooms), agents)
