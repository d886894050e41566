"""Sessions of users: begun at sign-in, ended one by one or all together.

Whoever ends some calls `end_sockets` after COMMIT; `session_watch.py` closes the sockets that were missed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from switchboard.accounts.models import UserSession
from switchboard.infra.db import GlobalTx, TenantTx
from switchboard.infra.ids import new_id, new_token, token_hash
from switchboard.realtime.hub import Hub

SESSION_LASTS = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
LIVE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Visit:
    """The browser at the door: its old session, if it had one, and what a person calls the device."""

    old_token: str | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session just made; `token` is for the cookie and stored nowhere."""

    id: UUID
    token: str


async def begin(tx: GlobalTx | TenantTx, user_id: UUID, visit: Visit) -> NewSession:
    """A new session under a new id; the browser's old one ends (no fixation)."""
    if visit.old_token:
        await end(tx, visit.old_token)
    made = NewSession(new_id(), new_token())
    row = UserSession(
        id=made.id,
        user_id=user_id,
        token_hash=token_hash(made.token),
        created_at=tx.now,
        expires_at=tx.now + SESSION_LASTS,
        device=visit.device,
        seen_at=tx.now,
    )
    tx.session.add(row)
    return made


async def end(tx: GlobalTx | TenantTx, token: str) -> UUID | None:
    """Returns its id; None if it had ended already."""
    ended = delete(UserSession).where(UserSession.token_hash == token_hash(token)).returning(UserSession.id)
    return await tx.session.scalar(ended)


async def end_of(tx: GlobalTx, user_id: UUID, *, only: UUID | None = None, but: UUID | None = None) -> list[UUID]:
    """Ends this user's sessions: all, `only` one, or all `but` one. Returns the ids of those that ended."""
    ended = delete(UserSession).where(UserSession.user_id == user_id)
    if only is not None:
        ended = ended.where(UserSession.id == only)
    if but is not None:
        ended = ended.where(UserSession.id != but)
    return list(await tx.session.scalars(ended.returning(UserSession.id), execution_options=LIVE))


async def sessions_of(tx: GlobalTx, user_id: UUID) -> list[UserSession]:
    """Those that have not ended, the one seen last first."""
    wanted = select(UserSession).where(UserSession.user_id == user_id, UserSession.expires_at > tx.now)
    return list(await tx.session.scalars(wanted.order_by(UserSession.seen_at.desc())))


async def see(tx: GlobalTx, ids: Collection[UUID]) -> None:
    """These are in use. Written every SEEN_EVERY only: most calls change no row."""
    stale = update(UserSession).where(UserSession.id.in_(ids), UserSession.seen_at < tx.now - SEEN_EVERY)
    await tx.session.execute(stale.values(seen_at=tx.now), execution_options=LIVE)


async def forget_ended_sessions(tx: GlobalTx) -> None:
    """Rows of sessions that nobody can use any more."""
    await tx.session.execute(delete(UserSession).where(UserSession.expires_at <= tx.now))


def end_sockets(hub: Hub, ended: Iterable[UUID]) -> None:
    """After COMMIT: the open sockets of these sessions die, here and in every other process."""
    for session_id in ended:
        hub.session_ended(session_id)
