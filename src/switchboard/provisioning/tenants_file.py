"""`tenants/*.toml`: tenants that the operator owns, as data. `tenants/example.toml` shows every field (DESIGN 3).

Passwords in such a file are for demonstrations: they are set when a user is made and never again.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from switchboard.accounts.models import Role
from switchboard.errors import SettingsError, SwitchboardError
from switchboard.plans.price_list import PriceList
from switchboard.plans.terms import Limit
from switchboard.rooms.models import GENERAL
from switchboard.rooms.names import room_name
from switchboard.tenancy.business import CURRENCIES, AccountType, time_zones


class AgentEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A user and their agent. `rooms`: which of the tenant's they serve."""

    name: str
    email: str
    password: str
    role: Role = Role.AGENT
    rooms: list[str] = msgspec.field(default_factory=lambda: [GENERAL])


class TenantEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A tenant with its agents. What is None stands not in the file and is left as it is."""

    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: str
    agents: Annotated[list[AgentEntry], msgspec.Meta(min_length=1)]
    plan: str | None = None
    account_type: AccountType | None = None
    time_zone: str | None = None
    currency: str | None = None
    rooms: list[str] = msgspec.field(default_factory=list[str])

    @property
    def details(self) -> dict[str, str]:
        """What the file says about the business."""
        said = {"account_type": self.account_type, "time_zone": self.time_zone, "currency": self.currency}
        return {"name": self.name} | {name: value for name, value in said.items() if value is not None}

    @property
    def all_rooms(self) -> list[str]:
        """GENERAL, which every tenant has, and the others."""
        return [GENERAL, *(room for room in self.rooms if room != GENERAL)]


class TenantsFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    tenants: list[TenantEntry]


def read(path: Path, price_list: PriceList) -> TenantsFile:
    """Raises SettingsError with every entry that is wrong."""
    try:
        file = msgspec.convert(tomllib.loads(path.read_text()), TenantsFile)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {error}") from error
    problems = [f"tenant {slug} stands there twice" for slug in _twice(entry.slug for entry in file.tenants)]
    for entry in file.tenants:
        problems += [f"tenant {entry.slug}: {problem}" for problem in _problems(entry, price_list)]
    if problems:
        raise SettingsError("\n".join(f"{path}: {problem}" for problem in problems))
    return file


def _problems(entry: TenantEntry, price_list: PriceList) -> Iterator[str]:
    if entry.time_zone not in (None, *time_zones()):
        yield f"there is no time zone {entry.time_zone}: write it as a place, such as Europe/Amsterdam, or UTC"
    if entry.currency not in (None, *CURRENCIES):
        yield f"currency {entry.currency} is not among {', '.join(CURRENCIES)}"
    yield from (f"room {room} stands there twice" for room in _twice(room.casefold() for room in entry.all_rooms))
    yield from (f"agent {email} stands there twice" for email in _twice(agent.email.lower() for agent in entry.agents))
    for room in entry.all_rooms:
        try:
            if room_name(room) != room:
                yield f'room "{room}" is stored as "{room_name(room)}": write it so'
        except SwitchboardError as error:
            yield f'room "{room}": {error.message}'
    for agent in entry.agents:
        unknown = ", ".join(room for room in agent.rooms if room not in entry.all_rooms)
        if unknown:
            yield f"agent {agent.email} serves {unknown}, which is not among the rooms {', '.join(entry.all_rooms)}"
    yield from _over_the_plan(entry, price_list)


def _over_the_plan(entry: TenantEntry, price_list: PriceList) -> Iterator[str]:
    if entry.plan is None:
        return
    try:
        plan = price_list.sold(entry.plan)
    except SettingsError as error:
        yield error.message
        return
    rooms = len(entry.all_rooms)
    if not plan.has_more_than(Limit.ROOMS, rooms - 1):
        larger = next((other.key for other in price_list.on_sale if other.has_more_than(Limit.ROOMS, rooms - 1)), None)
        advice = f"take some out or choose {larger}" if larger else "take some out"
        yield f"{rooms} rooms with GENERAL, but {plan.name} has {plan.limits.rooms}: {advice}"


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
