"""Sending the mail of tenants: between two transactions, because a mail server may take its time."""

from uuid import UUID

from sqlalchemy import delete, select

from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.due import Due
from switchboard.mailing.delivery import Postman
from switchboard.mailing.letters import Letter
from switchboard.mailing.models import Mail


async def send_mail(database: Database, postman: Postman, claimed: Due) -> None:
    """Sent at least once; every try has the same Message-ID. A sent letter is forgotten."""
    tenant_id = claimed.tenant_id
    if tenant_id is None:
        raise TypeError("mail belongs to a tenant")
    letter = await _waiting(database, tenant_id, claimed.id)
    if letter is not None:
        await postman.deliver(letter, id=claimed.id)
    async with database.tenant_tx(tenant_id, "system:mailing") as tx:
        await tx.session.execute(delete(Mail).where(Mail.id == claimed.id))
        await due.finish(tx, claimed)


async def _waiting(database: Database, tenant_id: UUID, mail_id: UUID) -> Letter | None:
    async with database.tenant_tx(tenant_id, "system:mailing") as tx:
        mail = await tx.session.scalar(select(Mail).where(Mail.id == mail_id))
        return Letter(mail.recipient, mail.subject, mail.text, mail.html) if mail else None
