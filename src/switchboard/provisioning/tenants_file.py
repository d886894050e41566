"""`tenants/*.toml`: tenants that the operator owns, as data. Applying twice changes nothing (DESIGN 3).

Passwords in such a file are for demonstrations: they are set when a user is made and never again.
"""

import tomllib
from pathlib import Path
from uuid import UUID

import msgspec

from switchboard.accounts.actions import join, register
from switchboard.accounts.models import Role
from switchboard.accounts.passwords import hashed
from switchboard.accounts.queries import user_by_email
from switchboard.errors import SettingsError
from switchboard.infra.db import Database
from switchboard.plans.price_list import PriceList
from switchboard.presence.actions import introduce
from switchboard.rooms.actions import assign, open_general
from switchboard.tenancy.actions import found


class AgentEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A user and their agent."""

    name: str
    email: str
    password: str
    role: Role = Role.AGENT


class TenantEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A tenant with its agents; all of them serve GENERAL."""

    slug: str
    name: str
    agents: list[AgentEntry]


class TenantsFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    tenants: list[TenantEntry]


def read(path: Path) -> TenantsFile:
    """Raises SettingsError that says which entry is wrong."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), TenantsFile)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {error}") from error


async def apply(database: Database, price_list: PriceList, file: TenantsFile) -> None:
    """Make what is absent, bring names and roles up to date."""
    for entry in file.tenants:
        await _apply_tenant(database, price_list, entry)


async def _apply_tenant(database: Database, price_list: PriceList, entry: TenantEntry) -> None:
    async with database.global_tx() as tx:
        tenant = await found(tx, entry.slug, entry.name, price_list.free)
    users = [(await _user(database, agent), agent) for agent in entry.agents]
    async with database.tenant_tx(tenant.id, "system:provisioning") as tx:
        general = await open_general(tx)
        for user_id, wanted in users:
            agent = await join(tx, user_id, wanted.name, wanted.role)
            await introduce(tx, agent.id)
            await assign(tx, general.id, agent.id)


async def _user(database: Database, entry: AgentEntry) -> UUID:
    async with database.global_tx() as tx:
        known = await user_by_email(tx, entry.email)
    if known is not None:
        return known.id
    password = await hashed(entry.password)
    async with database.global_tx() as tx:
        return (await register(tx, entry.email, password)).id
