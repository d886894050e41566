"""The mail with a link, written when it leaves: whether the address is known is asked here and not while somebody waits."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import update

from switchboard.accounts.mailed_links import token_of
from switchboard.accounts.models import MailToken, Purpose
from switchboard.accounts.queries import user_by_email
from switchboard.accounts.sign_up import Details
from switchboard.infra import due
from switchboard.infra.db import Database, GlobalTx
from switchboard.infra.due import Due
from switchboard.mailing.delivery import Postman
from switchboard.mailing.letters import Letter
from switchboard.mailing.writing import Letters

# By purpose, and by whether somebody has an account with this address.
TEMPLATES = {
    (Purpose.SIGN_UP, False): "accounts/sign_up",
    (Purpose.SIGN_UP, True): "accounts/known_address",
    (Purpose.RESET, True): "accounts/reset",
    (Purpose.RESET, False): "accounts/unknown_address",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write, and to whom."""

    template: str
    email: str
    context: dict[str, Any]


async def send_account_mail(database: Database, postman: Postman, letters: Letters, secret: str, claimed: Due) -> None:
    """Sent at least once; every try has the same Message-ID. A link that has ended meanwhile is not mailed."""
    async with database.global_tx() as tx:
        wanted = await _wanted(tx, secret, claimed.id)
    if wanted is not None:
        await postman.deliver(_written(letters, wanted), id=claimed.id)
    async with database.global_tx() as tx:
        await tx.session.execute(update(MailToken).where(MailToken.id == claimed.id).values(sent_at=tx.now))
        await due.finish(tx, claimed)


async def _wanted(tx: GlobalTx, secret: str, id: UUID) -> Wanted | None:
    row = await tx.session.get(MailToken, id)
    if row is None or row.used_at is not None or row.expires_at <= tx.now:
        return None
    is_known = await user_by_email(tx, row.email) is not None
    context = {"email": row.email, "token": token_of(secret, id)}
    if row.purpose is Purpose.SIGN_UP:
        context["business"] = msgspec.convert(row.details, Details).business.name
    return Wanted(TEMPLATES[row.purpose, is_known], row.email, context)


def _written(letters: Letters, wanted: Wanted) -> Letter:
    return letters.write(wanted.template, wanted.email, **wanted.context)
