"""How a chat was: by its visitor only, once somebody answered, until they open another chat; the agent sees it."""

import asyncio

import pytest

from switchboard.chats.actions import end_by_visitor, open_chat
from switchboard.chats.rating import rate
from switchboard.errors import ConflictError, NotFoundError, SwitchboardError
from switchboard.facts import DeskChanged
from switchboard.infra.db import Database
from switchboard.protocol import End, Inbox, InboxChange, Open, PastChats, Rate, Rated, Recall
from tests.cast import Business, Cast, a_cid
from tests.chats.scene import Scene, a_scene, a_visitor, answered_by
from tests.peers import agent, visitor
from tests.stack import Stack


async def rated(database: Database, scene: Scene, stars: int, comment: str | None = None):
    async with database.tenant_tx(scene.tenant, "test") as tx:
        return await rate(tx, scene.visitor, Rate(chat=scene.chat, stars=stars, comment=comment))


async def ended(database: Database, scene: Scene) -> None:
    async with database.tenant_tx(scene.tenant, "test") as tx:
        await end_by_visitor(tx, scene.visitor, scene.chat)


async def opened_again(database: Database, business: Business, scene: Scene):
    async with database.tenant_tx(scene.tenant, "test") as tx:
        return await open_chat(tx, business.room_id, scene.visitor, Open(cid=a_cid(), name="Vera", question="And pedals?"))


async def test_the_last_word_stands_with_who_and_when(database: Database, cast: Cast, superuser) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    await ended(database, scene)
    await rated(database, scene, 2, "Slow")
    await rated(database, scene, 4, "  Knew his sizes  ")
    [row] = await superuser.fetch("select * from rating")
    assert (row["chat_id"], row["party_id"]) == (scene.chat, scene.visitor_party)
    assert (row["stars"], row["comment"]) == (4, "Knew his sizes")
    assert row["rated_at"] is not None


async def test_the_next_chat_closes_the_rating_of_the_last(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    await ended(database, scene)
    await rated(database, scene, 5)
    await opened_again(database, cast.acme, scene)
    with pytest.raises(ConflictError, match="another chat"):
        await rated(database, scene, 1)


async def test_nobody_rates_whom_nobody_answered(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme)
    with pytest.raises(ConflictError, match="answer"):
        await rated(database, scene, 1)
    await ended(database, scene)
    with pytest.raises(ConflictError, match="answer"):
        await rated(database, scene, 1)


async def test_another_visitor_finds_no_such_chat(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    eve = await a_visitor(database, cast.acme)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        with pytest.raises(NotFoundError):
            await rate(tx, eve, Rate(chat=scene.chat, stars=1))


@pytest.mark.parametrize(("stars", "comment"), [(0, None), (6, None), (-1, None), (10**6, None), (3, "x" * 1_001), (3, "a\0b")])
async def test_what_cannot_be_a_rating_is_refused(database: Database, cast: Cast, stars: int, comment: str | None) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    with pytest.raises(SwitchboardError):
        await rated(database, scene, stars, comment)


async def test_a_rating_waits_for_the_chat_that_is_being_opened(database: Database, cast: Cast, superuser) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    await ended(database, scene)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        await open_chat(tx, cast.acme.room_id, scene.visitor, Open(cid=a_cid(), name="Vera", question="And pedals?"))
        rating = asyncio.create_task(rated(database, scene, 5))
        async with asyncio.timeout(10):
            while not rating.done() and not await superuser.fetchval("select count(*) from pg_locks where not granted"):
                await asyncio.sleep(0.005)
    with pytest.raises(ConflictError, match="another chat"):
        await rating


async def test_the_desk_is_told_of_it_and_not_left_to_find_it(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    await ended(database, scene)
    async with database.tenant_tx(scene.tenant, "test") as tx:
        await rate(tx, scene.visitor, Rate(chat=scene.chat, stars=4))
        assert tx.facts == [DeskChanged(scene.tenant)]


async def test_ben_reads_it_on_the_card_and_vera_finds_it_again(stack: Stack, cast: Cast) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await ben.got(InboxChange, lambda change: any(card.chat == chat for card in change.cards))
        await answered_by(cast.database, cast.acme, "Ben", chat)
        await vera.send(End(chat=chat))
        await vera.send(Rate(chat=chat, stars=4, comment="Knew his sizes"))
        rating = (await vera.got(Rated)).rating
        assert (rating.stars, rating.comment) == (4, "Knew his sizes")
        await ben.got(InboxChange, lambda change: any(card.rating == rating for card in change.cards))
        await vera.send(Recall())
        [past] = (await vera.got(PastChats)).chats
        assert (past.chat, past.agent_name, past.rating, past.room) == (chat, "Ben", rating, "GENERAL")
