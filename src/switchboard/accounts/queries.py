"""Reads of accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from switchboard.accounts.models import Agent, User, UserSession
from switchboard.errors import NotFoundError, SignInNeededError
from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.infra.ids import token_hash


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whom a session cookie stands for."""

    session_id: UUID
    user_id: UUID
    email: str


async def signed_in(tx: GlobalTx, token: str | None) -> SignedIn:
    """Raises SignInNeededError."""
    found = None
    if token:
        wanted = (
            select(UserSession.id, User.id, User.email)
            .join(User, User.id == UserSession.user_id)
            .where(UserSession.token_hash == token_hash(token), UserSession.expires_at > tx.now)
        )
        found = (await tx.session.execute(wanted)).one_or_none()
    if found is None:
        raise SignInNeededError
    return SignedIn(*found)


async def live_sessions(tx: GlobalTx, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` that have not ended."""
    wanted = select(UserSession.id).where(UserSession.id.in_(ids), UserSession.expires_at > tx.now)
    return set(await tx.session.scalars(wanted))


async def agent(tx: TenantTx, agent_id: UUID) -> Agent:
    """Raises NotFoundError."""
    found = await tx.session.scalar(select(Agent).where(Agent.id == agent_id))
    if found is None:
        raise NotFoundError
    return found


async def user_by_email(tx: GlobalTx, email: str) -> User | None:
    """The user with this address, whatever its case."""
    return await tx.session.scalar(select(User).where(User.email == email.strip().lower()))
