"""Texts that agents send often."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned


class CannedText(TenantOwned, Table):
    """Inserted by `/shortcut`. `agent_id`: whose own it is; without, everybody's."""

    __tablename__ = "canned_text"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "agent_id", "shortcut", postgresql_nulls_not_distinct=True),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    agent_id: Mapped[UUID | None]
    shortcut: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[datetime]
