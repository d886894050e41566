"""Rooms (hotlines) and who is assigned to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned, TenantScoped

GENERAL = "GENERAL"


class Room(TenantOwned, Table):
    """One addressable queue. `token` is public: it stands in the address and in the site's snippet."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    name: Mapped[str]
    token: Mapped[str]
    created_at: Mapped[datetime]


class Assignment(TenantScoped, Table):
    """An agent who serves a room."""

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "room_id"], ["room.tenant_id", "room.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="CASCADE"),
    )

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(primary_key=True)
