"""The tenant's record of a person who opened a chat, and the codes that let another window of theirs in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned, TenantScoped


class Customer(TenantOwned, Table):
    """Its id is the visitor's id: the directory's visitor token leads here once a chat was opened."""

    __tablename__ = "customer"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    name: Mapped[str]
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class WindowCode(TenantScoped, Table):
    """A code of which only the hash is stored: the window that brings it in time is this visitor. Its row goes with its use."""

    __tablename__ = "window_code"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    visitor_id: Mapped[UUID]
    expires_at: Mapped[datetime]
