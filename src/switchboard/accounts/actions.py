"""Verbs of accounts: register a user, join a tenant, sign in and out."""

from uuid import UUID

from sqlalchemy import select

from switchboard.accounts.models import Agent, Role, User
from switchboard.accounts.passwords import matches
from switchboard.accounts.queries import user_by_email
from switchboard.accounts.sessions import NewSession, Visit, begin, end
from switchboard.errors import SignInNeededError
from switchboard.infra.db import Database, GlobalTx, TenantTx

WRONG = "This e-mail address and password do not belong together. Check both and try again."


async def sign_in(database: Database, email: str, password: str, visit: Visit) -> NewSession:
    """A new session; the browser's old one ends. Raises SignInNeededError.

    Two transactions, so that no connection waits while the password is hashed.
    """
    async with database.global_tx() as tx:
        user = await user_by_email(tx, email) if "\x00" not in email else None
    if not await matches(password, user.password_hash if user else None) or user is None:
        raise SignInNeededError(WRONG, code="wrong_credentials")
    async with database.global_tx() as tx:
        # Meanwhile the password may have been reset, which ends all sessions: this one must not begin after that.
        still = select(User.id).where(User.id == user.id, User.password_hash == user.password_hash)
        if await tx.session.scalar(still.with_for_update(read=True)) is None:
            raise SignInNeededError(WRONG, code="wrong_credentials")
        return await begin(tx, user.id, visit)


async def sign_out(database: Database, token: str) -> UUID | None:
    """Ends the session; returns its id so that its open sockets can be closed, None if it had ended already."""
    async with database.global_tx() as tx:
        return await end(tx, token)


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
