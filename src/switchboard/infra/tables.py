"""Base classes of all tables: `GlobalTable` (closed list, DESIGN 4.5), `TenantScoped` and `TenantOwned` (everything else)."""

import enum
from uuid import UUID

from advanced_alchemy.base import CommonTableAttributes, create_registry
from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from switchboard.infra.ids import new_id

# All columns of a key in its name: with the first column only, two composite keys to one table collide.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(enumeration: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in enumeration]


# Text in the database: a native enum could not lose a value in a migration.
_AS_TEXT = Enum(enum.Enum, native_enum=False, length=32, values_callable=_values)


class Table(CommonTableAttributes, DeclarativeBase):
    """Declarative base with advanced-alchemy's types (UTC datetimes, native uuid, jsonb)."""

    metadata = MetaData(naming_convention=NAMES)
    registry = create_registry({enum.Enum: _AS_TEXT})
    __abstract__ = True


class GlobalTable(Table):
    """A table without row-level security. The list is closed: tests/tenancy/test_locks.py names each."""

    __abstract__ = True


class TenantScoped:
    """Mixin: rows belong to one tenant; every statement is limited to the transaction's tenant (`infra/db.py`)."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)


class TenantOwned(TenantScoped):
    """Mixin of most tenant tables: key (tenant_id, id), in this order, so that rows of a tenant lie together."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1, default=new_id)
