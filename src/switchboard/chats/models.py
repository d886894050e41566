"""Chats, their parties, and the log of messages. The log is written by `chats/log.py` and by `append_messages` only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.tables import Table, TenantOwned, TenantScoped
from switchboard.protocol import MOST_STARS, ChatStatus, Side

OPEN_STATUSES = (ChatStatus.WAITING, ChatStatus.ACTIVE)


class Chat(TenantOwned, Table):
    """One session from request to end, in one room. `last_seq` counts its log; `since` is when it entered its status.

    `transferred_by` gave it away last. `entrance_id`: where it was opened, when a transfer has taken it to another room since.
    """

    __tablename__ = "chat"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "room_id"], ["room.tenant_id", "room.id"]),
        ForeignKeyConstraint(["tenant_id", "customer_id"], ["customer.tenant_id", "customer.id"]),
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="SET NULL (agent_id)"),
        ForeignKeyConstraint(["tenant_id", "entrance_id"], ["room.tenant_id", "room.id"], ondelete="SET NULL (entrance_id)"),
        ForeignKeyConstraint(
            ["tenant_id", "transferred_by"], ["agent.tenant_id", "agent.id"], ondelete="SET NULL (transferred_by)"
        ),
        UniqueConstraint("tenant_id", "customer_id", "cid"),
        CheckConstraint("status <> 'active' or agent_id is not null", name="active_has_agent"),
        Index("ix_chat_open", "tenant_id", "status", postgresql_where=text("status in ('waiting', 'active')")),
        Index("ix_chat_ended", "tenant_id", "since", postgresql_where=text("status in ('closed', 'abandoned')")),
        # Room for in-place updates of the counter; last_seq must never be in an index.
        {"postgresql_with": {"fillfactor": 70}},
    )

    room_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    cid: Mapped[UUID]
    status: Mapped[ChatStatus]
    since: Mapped[datetime]
    opened_at: Mapped[datetime]
    name: Mapped[str]
    question: Mapped[str]
    page: Mapped[str | None]
    page_title: Mapped[str | None]
    referrer: Mapped[str | None]
    user_agent: Mapped[str | None]
    agent_id: Mapped[UUID | None]
    entrance_id: Mapped[UUID | None]
    transferred_by: Mapped[UUID | None]
    last_seq: Mapped[int]


class Party(TenantScoped, Table):
    """Somebody in a chat: the visitor, or an agent. Marks are the highest seq delivered to and read by them."""

    __tablename__ = "party"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "chat_id"], ["chat.tenant_id", "chat.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="SET NULL (agent_id)"),
        UniqueConstraint("tenant_id", "chat_id", "agent_id"),
    )

    chat_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    side: Mapped[Side]
    agent_id: Mapped[UUID | None]
    name: Mapped[str]
    left_at: Mapped[datetime | None]
    delivered_seq: Mapped[int]
    read_seq: Mapped[int]


class ChatRating(TenantScoped, Table):
    """What the visitor's party said of the chat, the last time they said it. `comment` goes when they want to be forgotten."""

    __tablename__ = "rating"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "chat_id"], ["chat.tenant_id", "chat.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["tenant_id", "chat_id", "party_id"], ["party.tenant_id", "party.chat_id", "party.id"], ondelete="CASCADE"
        ),
        CheckConstraint(f"stars between 1 and {MOST_STARS}", name="stars"),
    )

    chat_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID]
    stars: Mapped[int]
    comment: Mapped[str | None]
    rated_at: Mapped[datetime]


class LogEntry(TenantScoped, Table):
    """One entry of a chat's ordered log; `body` is a protocol.Body as JSON."""

    __tablename__ = "message"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "chat_id"], ["chat.tenant_id", "chat.id"], ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "chat_id", "party_id", "cid"),
    )

    chat_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[UUID]
    cid: Mapped[UUID]
    # Postgres' own type: advanced-alchemy's JsonB does not load under SQLAlchemy 2.1 (portable_instancemethod is gone).
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime]


class Tag(TenantOwned, Table):
    """A word of the tenant's own. `key` is the same for all its spellings."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    key: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]


class ChatTag(TenantScoped, Table):
    """A tag on a chat: who put it there, and when."""

    __tablename__ = "chat_tag"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "chat_id"], ["chat.tenant_id", "chat.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tenant_id", "tag_id"], ["tag.tenant_id", "tag.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["tenant_id", "agent_id"], ["agent.tenant_id", "agent.id"], ondelete="SET NULL (agent_id)"),
    )

    chat_id: Mapped[UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID | None]
    at: Mapped[datetime]
