"""A forgotten password, and a changed one. Whoever had the old one loses every session."""

from uuid import UUID

from sqlalchemy import update

from switchboard.accounts import mailed_links
from switchboard.accounts.models import Purpose, User
from switchboard.accounts.passwords import hashed, matches
from switchboard.accounts.queries import SignedIn, user_by_email
from switchboard.accounts.sessions import end_of
from switchboard.errors import LinkEndedError, SignInNeededError
from switchboard.infra.db import Database, GlobalTx

WRONG = "This is not your password. Try again, or sign out and ask for a new one."


async def ask_to_reset(database: Database, secret: str, email: str) -> None:
    """The same work and the same answer whether the address is known or not: nobody looks here, the worker does."""
    async with database.global_tx() as tx:
        await mailed_links.promise(tx, secret, Purpose.RESET, email)


async def whose_reset(database: Database, token: str) -> str:
    """The address that the link was mailed to. Raises LinkEndedError."""
    async with database.global_tx() as tx:
        return (await mailed_links.opened(tx, Purpose.RESET, token)).email


async def reset(database: Database, token: str, password: str) -> list[UUID]:
    """Sets the password and ends all sessions; returns their ids. Raises LinkEndedError."""
    password_hash = await hashed(password)
    async with database.global_tx() as tx:
        link = await mailed_links.opened(tx, Purpose.RESET, token)
        await mailed_links.use(tx, link)
        user = await user_by_email(tx, link.email)
        if user is None:
            raise LinkEndedError
        await _set(tx, user, password_hash)
        return await end_of(tx, user.id)


async def change(database: Database, who: SignedIn, *, old: str, new: str) -> list[UUID]:
    """Sets the password and ends this user's other sessions; returns their ids. Raises SignInNeededError for a wrong `old`."""
    async with database.global_tx() as tx:
        user = await user_by_email(tx, who.email)
    if not await matches(old, user.password_hash if user else None) or user is None:
        raise SignInNeededError(WRONG, code="wrong_credentials")
    password_hash = await hashed(new)
    async with database.global_tx() as tx:
        await _set(tx, user, password_hash)
        return await end_of(tx, user.id, but=who.session_id)


async def _set(tx: GlobalTx, user: User, password_hash: str) -> None:
    await tx.session.execute(update(User).where(User.id == user.id).values(password_hash=password_hash))
    # A link that was asked for with the old password in mind must not set a third one.
    await mailed_links.void(tx, Purpose.RESET, user.email)
