"""Another window for a visitor, such as the one that the panel is popped out to: let in by a code, once (DESIGN 9).

The window that asks makes the code, so that it can open the other one at once: a browser lets nobody open windows later.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from switchboard.customers.models import WindowCode
from switchboard.errors import ConflictError, NotFoundError
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_token, token_hash
from switchboard.protocol import Code
from switchboard.tenancy.directory import Kind, enter

CODE_LASTS = timedelta(minutes=1)
SHORTEST_CODE, LONGEST_CODE = 22, 100  # 128 bits in base64


async def admit(tx: TenantTx, visitor_id: UUID, code: str) -> None:
    """The code is good for a minute. Raises ConflictError for one that could be guessed."""
    if not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
        raise ConflictError("This window cannot be opened. Try again.", code=Code.NOT_ALLOWED)
    await tx.session.execute(delete(WindowCode).where(WindowCode.expires_at <= tx.now))
    row = insert(WindowCode).values(
        tenant_id=tx.tenant_id, code_hash=token_hash(code), visitor_id=visitor_id, expires_at=tx.now + CODE_LASTS
    )
    await tx.session.execute(row.on_conflict_do_nothing())


async def let_in(tx: TenantTx, code: str) -> str:
    """A token of the same visitor for the window that brings the code. Raises NotFoundError: used, too late, or never ours."""
    used = delete(WindowCode).where(WindowCode.code_hash == token_hash(code)).returning(WindowCode)
    found = await tx.session.scalar(used)
    if found is None or found.expires_at <= tx.now:
        raise NotFoundError
    token = new_token()
    enter(tx, Kind.VISITOR, token, found.visitor_id)
    return token
