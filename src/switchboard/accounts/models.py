"""Users and their sessions (global: a user may be an agent of several tenants), agents (per tenant)."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from switchboard.infra.ids import new_id
from switchboard.infra.tables import GlobalTable, Table, TenantOwned


class Role(StrEnum):
    """What an agent may do in a tenant (SPEC 3)."""

    OWNER = "owner"
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AGENT = "agent"


class Purpose(StrEnum):
    """What a mailed link is for."""

    SIGN_UP = "sign_up"
    RESET = "reset"


class User(GlobalTable):
    """A login identity. `email` is stored in lower case."""

    __tablename__ = "user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[datetime]


class UserSession(GlobalTable):
    """A signed-in browser. Only the hash of its cookie is stored; `device` is what a person calls it."""

    __tablename__ = "user_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(server_default="")
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class MailToken(GlobalTable):
    """A mailed link. Only the hash of its token is stored; `details` hold what was entered at sign-up until it is used."""

    __tablename__ = "mail_token"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[Purpose]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    email: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class Agent(TenantOwned, Table):
    """A user's membership of a tenant."""

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("tenant_id", "user_id"),)

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str]
    role: Mapped[Role]
