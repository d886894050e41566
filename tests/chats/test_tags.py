"""Tags on chats: typed by who is in the chat, spelled as the business spells them, seen on the card."""

import httpx
import pytest

from switchboard.chats.tags import MOST_TAGS, TagError, known_tags, tag, tag_name, untag
from switchboard.errors import ConflictError, NotFoundError
from switchboard.infra.db import Database
from switchboard.protocol import Inbox, InboxChange
from switchboard.wiring.web import DatabaseSources
from tests.cast import Cast
from tests.chats.scene import a_scene, connect
from tests.peers import agent
from tests.rooms.test_console import settled
from tests.stack import Stack


@pytest.mark.parametrize(
    ("typed", "kept"), [("repair", "repair"), ("  #Spare   part ", "Spare part"), ("\u7ef4\u4fee", "\u7ef4\u4fee")]
)
def test_a_tag_is_kept_without_its_hash_and_spaces(typed: str, kept: str) -> None:
    assert tag_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "#", " - ", "x" * 41, "a\u202eb", "a\x00b"])
def test_what_cannot_be_read_is_no_tag(typed: str) -> None:
    with pytest.raises(TagError):
        tag_name(typed)


async def test_a_second_spelling_is_the_same_tag(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    ben = cast.acme.agents["Ben"]
    async with database.tenant_tx(scene.tenant, "test") as tx:
        assert [await tag(tx, ben, scene.chat, typed) for typed in ("Repair", "#repair", "REPAIR", "spare")] == [
            *["Repair"] * 3,
            "spare",
        ]
        assert await known_tags(tx) == ["Repair", "spare"]
        await untag(tx, ben, scene.chat, "repair")
    shown = await DatabaseSources(database, None).read_desk(scene.tenant)  # type: ignore[arg-type]
    assert shown.view(("inbox", ben)).cards[scene.chat].tags == ["spare"]  # type: ignore[attr-defined]


async def test_taking_off_what_cannot_be_a_tag_says_so(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    async with database.tenant_tx(scene.tenant, "test") as tx:
        with pytest.raises(TagError):
            await untag(tx, cast.acme.agents["Ben"], scene.chat, "a\x00b")


async def test_only_who_is_in_the_chat_tags_it(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    for name in ("Alice", "Cara"):
        async with database.tenant_tx(scene.tenant, "test") as tx:
            with pytest.raises(NotFoundError):
                await tag(tx, cast.acme.agents[name], scene.chat, "repair")
            with pytest.raises(NotFoundError):
                await untag(tx, cast.acme.agents[name], scene.chat, "repair")


async def test_a_chat_has_a_bounded_number_of_tags(database: Database, cast: Cast) -> None:
    scene = await a_scene(database, cast.acme, "Ben")
    async with database.tenant_tx(scene.tenant, "test") as tx:
        for place in range(MOST_TAGS):
            await tag(tx, cast.acme.agents["Ben"], scene.chat, f"t{place}")
        with pytest.raises(ConflictError):
            await tag(tx, cast.acme.agents["Ben"], scene.chat, "one more")


async def test_a_tag_shows_on_the_card_of_a_colleague_at_once(stack: Stack, database: Database, cast: Cast) -> None:
    await connect(database, cast.acme, "Ben")
    scene = await a_scene(database, cast.acme, "Ben")
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice, httpx.AsyncClient(base_url=stack.origin) as ben:
        await alice.got(Inbox, lambda inbox: any(card.chat == scene.chat for card in inbox.cards))
        forgery = (await ben.get("/sign-in")).cookies["sb_csrf"]
        ben.cookies.set("sb_session", await cast.cookie("Ben"))
        headers = {"origin": stack.origin, "x-csrftoken": forgery}
        response = await ben.post(f"/console/acme/chats/{scene.chat}/tags", data={"name": "repair"}, headers=headers)
        assert (response.status_code, response.json()) == (201, {"names": ["repair"]})
        await alice.got(InboxChange, lambda change: any(card.tags == ["repair"] for card in change.cards))


async def test_a_tag_of_another_process_is_found_without_its_wake_up(stack: Stack, database: Database, cast: Cast) -> None:
    """`database` tells nobody here: the comparison every 2 s must notice."""
    scene = await a_scene(database, cast.acme, "Ben")
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben:
        await ben.got(Inbox, lambda inbox: any(card.chat == scene.chat for card in inbox.cards))
        await settled(stack, cast, database)
        async with database.tenant_tx(scene.tenant, "test") as tx:
            await tag(tx, cast.acme.agents["Ben"], scene.chat, "repair")
        await ben.got(InboxChange, lambda change: any(card.tags == ["repair"] for card in change.cards), within=10)
