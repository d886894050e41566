"""End and forget me: nothing that the customer wrote is left anywhere in the database; what agents did still counts."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import select

from switchboard.chats.actions import open_chat
from switchboard.chats.forgetting import forget
from switchboard.chats.rating import rate
from switchboard.chats.transcripts import told_chat
from switchboard.errors import NotFoundError
from switchboard.files.actions import UNSENT, UNSENT_FOR
from switchboard.files.models import StoredFile
from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.ids import new_token
from switchboard.languages.catalogues import Languages
from switchboard.protocol import (
    Admit,
    Admitted,
    ChatErased,
    CloseCode,
    Erased,
    FileState,
    Forget,
    Forgotten,
    Inbox,
    InboxChange,
    Open,
    Rate,
    Rated,
    Transcribe,
)
from switchboard.settings import Settings
from tests.cast import Cast, a_cid
from tests.chats.scene import a_scene, answered_by, stored
from tests.peers import agent, visitor, visitor_token
from tests.stack import Stack

SECRET = "canary-of-vera"


async def everywhere(superuser: asyncpg.Connection, word: str) -> list[str]:
    """Tables in which the word stands, in any column."""
    tables = await superuser.fetch("select tablename from pg_tables where schemaname = 'public'")
    looked = [(row[0], f"select exists (select from \"{row[0]}\" t where t::text like '%' || $1 || '%')") for row in tables]
    return sorted([table for table, query in looked if await superuser.fetchval(query, word)])


async def forgotten(database: Database, tenant, visitor_id) -> None:
    async with database.tenant_tx(tenant, "test") as tx:
        await forget(tx, visitor_id)


async def test_no_word_of_hers_is_left_in_any_table(stack: Stack, cast: Cast, superuser) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open(f"Vera {SECRET}", f"Question {SECRET}")
        for column in ("page", "page_title", "referrer", "user_agent"):
            await superuser.execute(f"update chat set {column} = $1", f"https://shop.example/{SECRET}")
        await answered_by(cast.database, cast.acme, "Ben", chat)
        await vera.said(chat, f"Message {SECRET}")
        await ben.resume(chat)
        await ben.said(chat, f"Dear {SECRET}")
        await vera.send(Rate(chat=chat, stars=4, comment=f"Comment {SECRET}"))
        await vera.got(Rated)
        assert await everywhere(superuser, SECRET) == ["chat", "customer", "message", "party", "rating"]
        await vera.send(Forget())
        await vera.got(Forgotten)
        assert await everywhere(superuser, SECRET) == []


async def test_what_agents_did_still_counts(database: Database, cast: Cast, superuser) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    async with database.tenant_tx(scene.tenant, "test") as tx:
        await rate(tx, scene.visitor, Rate(chat=scene.chat, stars=4, comment="x"))
    await forgotten(database, scene.tenant, scene.visitor)
    chat = await superuser.fetchrow("select * from chat")
    assert (chat["status"], chat["agent_id"], chat["last_seq"]) == ("closed", cast.acme.agents["Ben"], 3)
    assert await stored(superuser, scene.chat) == [(1, "erased"), (2, "answered"), (3, "ended")]
    assert await superuser.fetchval("select stars from rating") == 4
    assert await superuser.fetchval("select sum(used) from presence") == 0
    assert await superuser.fetchval("select forgotten_at is not null from customer") is True


async def test_files_go_at_once_and_nobody_gets_them_any_more(database: Database, cast: Cast, superuser) -> None:
    scene, other = await a_scene(database, cast.acme, "Ben"), await a_scene(database, cast.acme, "Cara")
    for chat, party in ((scene.chat, scene.agent_party), (other.chat, other.visitor_party)):
        async with database.tenant_tx(scene.tenant, "test") as tx:
            facts = {"state": FileState.READY, "media_type": "image/png", "size": 9, "created_at": tx.now, "cid": a_cid()}
            tx.session.add(StoredFile(id=a_cid(), chat_id=chat, party_id=party, name=f"{SECRET}.png", **facts))
    async with database.tenant_tx(scene.tenant, "test") as tx:
        file = (await tx.session.scalars(select(StoredFile.id).where(StoredFile.chat_id == scene.chat))).one()
        await due.put(tx, UNSENT, file, tx.now + UNSENT_FOR)
    await forgotten(database, scene.tenant, scene.visitor)
    rows = {row["chat_id"]: row for row in await superuser.fetch("select * from file")}
    assert [rows[scene.chat][column] for column in ("state", "name", "cid")] == ["arriving", "", None]
    assert rows[other.chat]["name"] == f"{SECRET}.png"
    assert await superuser.fetchval("select id from due where kind = $1 and due_at <= now()", UNSENT) == file


async def test_others_keep_what_is_theirs(database: Database, cast: Cast, superuser) -> None:
    vera, eve = await a_scene(database, cast.acme, "Ben"), await a_scene(database, cast.acme, "Cara")
    gils = await a_scene(database, cast.globex, "Gil")
    before = [await stored(superuser, other.chat) for other in (eve, gils)]
    await forgotten(database, vera.tenant, vera.visitor)
    assert [await stored(superuser, other.chat) for other in (eve, gils)] == before
    assert await superuser.fetchval("select count(*) from customer where name = 'Vera'") == 2


async def test_it_may_be_asked_for_twice(database: Database, cast: Cast, superuser) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    await forgotten(database, scene.tenant, scene.visitor)
    first = await superuser.fetchval("select forgotten_at from customer")
    await forgotten(database, scene.tenant, scene.visitor)
    assert await superuser.fetchval("select forgotten_at from customer") == first


async def test_every_socket_of_hers_closes_and_no_token_or_code_leads_back(stack: Stack, cast: Cast) -> None:
    await a_scene(cast.database, cast.acme)
    room = cast.acme.room_token
    token, code = await visitor_token(stack, room), new_token()
    async with visitor(stack, room, token) as one, visitor(stack, room, token) as other, visitor(stack, room) as eve:
        await one.open()
        await one.send(Admit(code=code))
        await one.got(Admitted)
        await other.got(object)
        await one.send(Forget())
        assert [await one.closed(), await other.closed()] == [CloseCode.FORGOTTEN] * 2
        async with visitor(stack, room, token) as again:
            assert await again.closed() == CloseCode.BAD_TOKEN
        assert await eve.open()


async def test_whoever_has_the_chat_on_screen_is_told_to_drop_it(stack: Stack, cast: Cast) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await answered_by(cast.database, cast.acme, "Ben", chat)
        await ben.resume(chat)
        await vera.send(Forget())
        await ben.got(ChatErased, lambda erased: erased.chat == chat)
        assert (await ben.resume(chat)).entries[0].body == Erased()
        await ben.got(InboxChange, lambda change: any(card.name == "Forgotten customer" for card in change.cards))


async def test_a_socket_that_missed_it_opens_no_chat(database: Database, cast: Cast) -> None:
    """On another process, should the wake-up have been lost."""
    scene = await a_scene(database, cast.acme, "Ben")
    await forgotten(database, scene.tenant, scene.visitor)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        with pytest.raises(NotFoundError):
            await open_chat(tx, cast.acme.room_id, scene.visitor, Open(cid=a_cid(), name="Vera", question="?"))


async def test_forgetting_and_answering_at_once_leave_no_slot_taken(database: Database, cast: Cast, superuser) -> None:
    for _ in range(10):
        scene = await a_scene(database, cast.acme)
        results = await asyncio.gather(
            forgotten(database, scene.tenant, scene.visitor),
            answered_by(database, cast.acme, "Ben", scene.chat),
            return_exceptions=True,
        )
        assert results[0] is None
        assert await superuser.fetchval("select status from chat where id = $1", scene.chat) in ("closed", "abandoned")
        assert await superuser.fetchval("select sum(used) from presence") == 0


async def test_a_transcript_of_it_says_nothing(database: Database, cast: Cast, settings: Settings) -> None:
    english = Languages(settings.languages_dir).language("en")
    scene = await a_scene(database, cast.acme, "Ben")
    await forgotten(database, scene.tenant, scene.visitor)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        told = await told_chat(
            tx, scene.visitor, Transcribe(chat=scene.chat, to="a@b.example", zone="UTC", language="en"), english
        )
    assert not [line for line in told.lines if line.name]
