"""Verbs of mailing."""

from uuid import UUID

from switchboard.infra import due
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.mailing.letters import Letter
from switchboard.mailing.models import Mail

KIND = "mail"


async def post(tx: TenantTx, letter: Letter) -> UUID:
    """The letter leaves after COMMIT, and is tried again until it is taken or refused for good."""
    mail = Mail(
        id=new_id(),
        recipient=letter.recipient,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        created_at=tx.now,
    )
    tx.session.add(mail)
    await due.put(tx, KIND, mail.id)
    return mail.id
