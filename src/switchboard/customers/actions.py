"""Verbs of customers: a visitor gets a token; with the first chat the tenant gets a record of the person."""

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from switchboard.customers.models import Customer, WindowCode
from switchboard.errors import NotFoundError
from switchboard.facts import VisitorForgotten
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id, new_token
from switchboard.tenancy.directory import Kind, enter, withdraw

FORGOTTEN = "Forgotten customer"


def welcome(tx: TenantTx) -> str:
    """A new visitor's token, bound to this tenant; opaque, 256 bits, stored only as a hash."""
    token = new_token()
    enter(tx, Kind.VISITOR, token, new_id())
    return token


async def remember(tx: TenantTx, visitor_id: UUID, name: str) -> None:
    """The visitor is a customer now; on later chats the newest name stands. Raises NotFoundError for one who was forgotten."""
    row = insert(Customer).values(tenant_id=tx.tenant_id, id=visitor_id, name=name, created_at=tx.now)
    stored = row.on_conflict_do_update(
        index_elements=["tenant_id", "id"], set_={"name": name}, where=Customer.forgotten_at.is_(None)
    )
    if await tx.session.scalar(stored.returning(Customer.id)) is None:
        raise NotFoundError


async def hold(tx: TenantTx, visitor_id: UUID) -> None:
    """Until the transaction ends this visitor opens no chat: whoever opens one holds the same row."""
    # NO KEY: a plain FOR UPDATE and the foreign keys of a chat that is being answered wait for each other.
    mine = select(Customer.id).where(Customer.id == visitor_id)
    await tx.session.execute(mine.with_for_update(key_share=True))


async def forget_customer(tx: TenantTx, visitor_id: UUID) -> None:
    """The record keeps no more than that there was one; no token and no code leads to the visitor. May be called again."""
    erased = {"name": FORGOTTEN, "forgotten_at": func.coalesce(Customer.forgotten_at, tx.now)}
    await tx.session.execute(update(Customer).where(Customer.id == visitor_id).values(erased))
    await tx.session.execute(delete(WindowCode).where(WindowCode.visitor_id == visitor_id))
    await withdraw(tx, Kind.VISITOR, visitor_id)
    tx.happened(VisitorForgotten(tx.tenant_id, visitor_id))
