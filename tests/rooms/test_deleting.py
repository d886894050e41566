"""No chat is opened in a room that is deleted in the same moment."""

import asyncio

import asyncpg
import pytest

from switchboard.chats.actions import open_chat
from switchboard.errors import ConflictError
from switchboard.infra.db import Database
from switchboard.protocol import Open
from switchboard.rooms.actions import assign, delete_room, open_room
from switchboard.tenancy.actions import put_on
from tests.cast import PRICE_LIST, Cast, a_cid
from tests.chats.scene import a_visitor, connect

WAITS = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%FOR SHARE%' and state = 'active'"


async def test_who_asks_while_the_room_goes_waits_and_is_refused(
    database: Database, cast: Cast, superuser: asyncpg.Connection
) -> None:
    acme = cast.acme
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await put_on(tx, acme.tenant_id, PRICE_LIST.sold("professional"))
        room = await open_room(tx, PRICE_LIST, "Sales")
        await assign(tx, room.id, acme.agents["Alice"])
    await connect(database, acme, "Alice")
    visitor = await a_visitor(database, acme)

    async def ask() -> None:
        async with database.tenant_tx(acme.tenant_id, "test") as tx:
            await open_chat(tx, room.id, visitor, Open(cid=a_cid(), name="Vera", question="Does an M fit me?"))

    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await delete_room(tx, PRICE_LIST, room.id)
        asking = asyncio.create_task(ask())
        async with asyncio.timeout(20):
            while not asking.done() and not await superuser.fetchval(WAITS):
                await asyncio.sleep(0.01)
    with pytest.raises(ConflictError):
        await asking
    assert await superuser.fetchval("select count(*) from chat where room_id = $1", room.id) == 0
