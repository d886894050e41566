"""The tenant's record of a person who opened a chat."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned


class Customer(TenantOwned, Table):
    """Its id is the visitor's id: the directory's visitor token leads here once a chat was opened."""

    __tablename__ = "customer"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    name: Mapped[str]
    created_at: Mapped[datetime]
