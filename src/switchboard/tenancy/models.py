"""The tenant itself (global) and its directory of tokens (per tenant, found through `resolve()`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.ids import new_id
from switchboard.infra.tables import GlobalTable, Table, TenantScoped
from switchboard.tenancy.business import AccountType


class Tenant(GlobalTable):
    """A business that signed up."""

    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    account_type: Mapped[AccountType] = mapped_column(server_default=AccountType.COMPANY)
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    currency: Mapped[str] = mapped_column(server_default="USD")
    created_at: Mapped[datetime]
    generation: Mapped[str]
    """With `plan`, what was on sale when the tenant got it; a new price list changes neither."""
    plan: Mapped[str]


class DirectoryEntry(TenantScoped, Table):
    """sha256(token) → tenant and target. Tokens are unique across tenants, rows are not visible across them."""

    __tablename__ = "directory"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="sha256"),
        Index("ix_directory_tenant_id_target", "tenant_id", "target"),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), sort_order=-2)
    kind: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    target: Mapped[UUID]
