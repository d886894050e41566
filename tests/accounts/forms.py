"""What a browser without scripts does with our forms."""

from typing import Any

import asyncpg
import httpx
import msgspec
from sqlalchemy import select

from switchboard.accounts.mailed_links import promise, token_of
from switchboard.accounts.models import MailToken, Purpose
from switchboard.accounts.passwords import hashed
from switchboard.accounts.sign_up import Details
from switchboard.infra.db import Database
from switchboard.infra.ids import new_token
from switchboard.tenancy.business import Business
from tests.cast import PASSWORD
from tests.conftest import SECRET

ROWAN = {
    "email": "rowan@initech.example",
    "password": "maple kettle orbit",
    "business": "Initech",
    "account_type": "solo",
    "time_zone": "Europe/Amsterdam",
    "currency": "EUR",
}


async def post(client: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    """With the token that guards against forgery, as every page of ours has it."""
    await client.get("/sign-in")
    return await client.post(path, data={"_csrf_token": client.cookies["sb_csrf"], **fields})


async def sign_up(client: httpx.AsyncClient, **changes: str) -> httpx.Response:
    return await post(client, "/sign-up", **ROWAN | changes)


async def mailed_tokens(superuser: asyncpg.Connection, email: str = ROWAN["email"]) -> list[str]:
    """Of the links that the worker would mail to this address, the newest last."""
    rows = await superuser.fetch("select id from mail_token where email = $1 order by created_at, id", email)
    return [token_of(SECRET, row[0]) for row in rows]


async def mailed_link(database: Database, purpose: Purpose, email: str | None = None) -> str:
    """The token of a fresh link: to sign up with PASSWORD, or to reset it; by default of somebody whom nobody knows."""
    details = Details(Business(name="Initech"), await hashed(PASSWORD))
    email = email or f"{new_token()}@initech.example"
    async with database.global_tx() as tx:
        await promise(tx, SECRET, purpose, email, msgspec.to_builtins(details) if purpose is Purpose.SIGN_UP else None)
        newest = await tx.session.scalar(select(MailToken.id).where(MailToken.email == email.lower()))
    assert newest is not None
    return token_of(SECRET, newest)


async def confirm(client: httpx.AsyncClient, token: str, **changes: str) -> httpx.Response:
    fields = {"token": token, "name": "Rowan", "password": ROWAN["password"], **changes}
    return await post(client, "/sign-up/confirm", **fields)
