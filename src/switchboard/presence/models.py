"""Presence: what an agent chose, whether they are connected (lease), and how many chats they hold (slots)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantScoped
from switchboard.protocol import Availability


class Presence(TenantScoped, Table):
    """One row per agent. Eligible = ONLINE, lease in the future, used < capacity (SPEC 4)."""

    __tablename__ = "presence"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="CASCADE"),
        CheckConstraint("used >= 0", name="used"),
    )

    agent_id: Mapped[UUID] = mapped_column(primary_key=True)
    availability: Mapped[Availability]
    lease_until: Mapped[datetime]
    capacity: Mapped[int]
    used: Mapped[int]
