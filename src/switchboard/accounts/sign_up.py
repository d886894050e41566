"""A business signs up: what was entered waits in a mailed link until the address is proved; then everything is born at once."""

from dataclasses import dataclass

import msgspec
from sqlalchemy.dialects.postgresql import insert

from switchboard.accounts import mailed_links
from switchboard.accounts.founding import found_business
from switchboard.accounts.mailed_links import Opened
from switchboard.accounts.models import Purpose, User
from switchboard.accounts.passwords import hashed, matches
from switchboard.accounts.sessions import NewSession, Visit, begin
from switchboard.errors import ConflictError, SignInNeededError
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.ids import new_id
from switchboard.plans.plan import Plan
from switchboard.tenancy.business import Business
from switchboard.tenancy.slugs import slugs

WRONG = "This is not the password that was chosen at sign-up. Try again."
KNOWN = "There is an account with this e-mail address by now. Sign in with it."


class Details(msgspec.Struct, frozen=True):
    """What waits in the link."""

    business: Business
    password_hash: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The first sign-in."""

    session: NewSession
    slug: str


async def ask_to_sign_up(database: Database, secret: str, *, email: str, password: str, business: Business) -> None:
    """The same work and the same answer whether the address is known or not: nobody looks here, the worker does."""
    details = Details(business, await hashed(password))
    async with database.global_tx() as tx:
        await mailed_links.promise(tx, secret, Purpose.SIGN_UP, email, msgspec.to_builtins(details))


async def waiting_business(database: Database, token: str) -> tuple[str, Business]:
    """Whom the link is for: address and business. Raises LinkEndedError."""
    async with database.global_tx() as tx:
        link = await mailed_links.opened(tx, Purpose.SIGN_UP, token)
    return link.email, _details(link).business


async def confirm(database: Database, token: str, plan: Plan, *, password: str, name: str, visit: Visit) -> Confirmed:
    """User, tenant, owner, what listeners add, and the session: one transaction.

    The password is asked for again because the one who signed up need not be the one who reads the mail: a click alone would
    open an account for somebody whose password a stranger has chosen.
    Raises LinkEndedError, SignInNeededError, ConflictError.
    """
    async with database.global_tx() as tx:
        link = await mailed_links.opened(tx, Purpose.SIGN_UP, token)
    details = _details(link)
    if not await matches(password, details.password_hash):
        raise SignInNeededError(WRONG, code="wrong_credentials")
    async with database.tenant_tx(new_id(), f"link:{link.id}") as tx:
        await mailed_links.use(tx, link)
        user = await _new_user(tx, link.email, details.password_hash)
        tenant, _ = await found_business(
            tx, details.business, plan, slugs=slugs(details.business.name), owner=user.id, owner_name=name
        )
        return Confirmed(await begin(tx, user.id, visit), tenant.slug)


async def _new_user(tx: TenantTx, email: str, password_hash: str) -> User:
    row = insert(User).values(id=new_id(), email=email, password_hash=password_hash, created_at=tx.now)
    user = await tx.session.scalar(row.on_conflict_do_nothing(index_elements=["email"]).returning(User))
    if user is None:
        raise ConflictError(KNOWN, code="known_address")
    return user


def _details(link: Opened) -> Details:
    return msgspec.convert(link.details, Details)
