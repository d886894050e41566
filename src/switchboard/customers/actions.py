"""Verbs of customers: a visitor gets a token; with the first chat the tenant gets a record of the person."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from switchboard.customers.models import Customer
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id, new_token
from switchboard.tenancy.directory import Kind, enter


def welcome(tx: TenantTx) -> str:
    """A new visitor's token, bound to this tenant; opaque, 256 bits, stored only as a hash."""
    token = new_token()
    enter(tx, Kind.VISITOR, token, new_id())
    return token


async def remember(tx: TenantTx, visitor_id: UUID, name: str) -> None:
    """The visitor is a customer now; on later chats the newest name stands."""
    row = insert(Customer).values(tenant_id=tx.tenant_id, id=visitor_id, name=name, created_at=tx.now)
    await tx.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "id"], set_={"name": name}))
