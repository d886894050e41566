"""Verbs of accounts: found a user, join a tenant, sign in and out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from switchboard.accounts.models import Agent, Role, User, UserSession
from switchboard.accounts.passwords import matches
from switchboard.accounts.queries import user_by_email
from switchboard.errors import SignInNeededError
from switchboard.infra.db import Database, GlobalTx, TenantTx
from switchboard.infra.ids import new_id, new_token, token_hash

SESSION_LASTS = timedelta(days=30)
WRONG = "This e-mail address and password do not belong together. Check both and try again."


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session just made; `token` is for the cookie and stored nowhere."""

    id: UUID
    token: str


async def sign_in(database: Database, email: str, password: str, old_token: str | None) -> NewSession:
    """A new session under a new id; the browser's old one ends (no fixation). Raises SignInNeededError.

    Two transactions, so that no connection waits while the password is hashed.
    """
    async with database.global_tx() as tx:
        user = await user_by_email(tx, email) if "\x00" not in email else None
    if not await matches(password, user.password_hash if user else None) or user is None:
        raise SignInNeededError(WRONG, code="wrong_credentials")
    async with database.global_tx() as tx:
        if old_token:
            await _end(tx, old_token)
        return _begin(tx, user.id)


async def sign_out(database: Database, token: str) -> UUID | None:
    """Ends the session; returns its id so that its open sockets can be closed, None if it had ended already."""
    async with database.global_tx() as tx:
        return await _end(tx, token)


async def forget_ended_sessions(tx: GlobalTx) -> None:
    """Rows of sessions that nobody can use any more."""
    await tx.session.execute(delete(UserSession).where(UserSession.expires_at <= tx.now))


async def register(tx: GlobalTx, email: str, password_hash: str) -> User:
    """The user with this address, made if absent. Its password is left alone if it exists."""
    user = await user_by_email(tx, email)
    if user is None:
        user = User(email=email.strip().lower(), password_hash=password_hash, created_at=tx.now)
        tx.session.add(user)
        await tx.session.flush()
    return user


async def join(tx: TenantTx, user_id: UUID, name: str, role: Role) -> Agent:
    """The user's agent in this tenant, made if absent; name and role are brought up to date."""
    agent = await tx.session.scalar(select(Agent).where(Agent.user_id == user_id))
    if agent is None:
        agent = Agent(user_id=user_id, name=name, role=role)
        tx.session.add(agent)
    agent.name, agent.role = name, role
    await tx.session.flush()
    return agent


def _begin(tx: GlobalTx, user_id: UUID) -> NewSession:
    made = NewSession(new_id(), new_token())
    tx.session.add(
        UserSession(
            id=made.id,
            user_id=user_id,
            token_hash=token_hash(made.token),
            created_at=tx.now,
            expires_at=tx.now + SESSION_LASTS,
        )
    )
    return made


async def _end(tx: GlobalTx, token: str) -> UUID | None:
    ended = delete(UserSession).where(UserSession.token_hash == token_hash(token)).returning(UserSession.id)
    return await tx.session.scalar(ended)
