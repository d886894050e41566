"""Rooms (hotlines) and who is assigned to them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned, TenantScoped

GENERAL = "GENERAL"


class PausedBy(StrEnum):
    """Why a room takes no new chats: its people want that, or the plan has fewer rooms."""

    TEAM = "team"
    PLAN = "plan"


class Room(TenantOwned, Table):
    """One addressable queue. `token` is public: it stands in the address and in the site's snippet.

    `place`: where it stands among the others. `gone_at`: deleted then; the row stays, because chats were held there.
    """

    __tablename__ = "room"
    __table_args__ = (
        Index("uq_room_tenant_id_name", "tenant_id", "name", unique=True, postgresql_where=column("gone_at").is_(None)),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    name: Mapped[str]
    token: Mapped[str]
    created_at: Mapped[datetime]
    place: Mapped[int] = mapped_column(server_default="0")
    paused_by: Mapped[str | None]
    gone_at: Mapped[datetime | None]


class Assignment(TenantScoped, Table):
    """An agent who serves a room."""

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "room_id"], ["room.tenant_id", "room.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="CASCADE"),
    )

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(primary_key=True)
