"""A chat is given away once, to somebody who can take it: the log, the slots and the parties agree afterwards (SPEC 5)."""

import asyncio
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from switchboard.accounts.queries import agent as agent_by_id
from switchboard.chats import log, transfer
from switchboard.chats.actions import end_by_agent, end_by_visitor, open_chat
from switchboard.chats.desk import read_desk
from switchboard.chats.models import Chat
from switchboard.chats.transfer import transfer_to_agent, transfer_to_room
from switchboard.errors import ConflictError, NotFoundError
from switchboard.infra.db import Database
from switchboard.presence.actions import choose, leave
from switchboard.presence.queries import presences
from switchboard.protocol import Availability, ChatStatus, Code, Open, Side, Transferred
from switchboard.rooms.actions import assign
from switchboard.rooms.models import Room
from tests.cast import Business, Cast, a_cid
from tests.chats.scene import Scene, a_scene, answered_by, connect, stored


async def to_agent(database: Database, business: Business, scene: Scene, giver: str, to: UUID, note: str | None = None) -> None:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        await transfer_to_agent(tx, await agent_by_id(tx, business.agents[giver]), scene.chat, to, note)


async def to_room(database: Database, business: Business, scene: Scene, giver: str, to: UUID, note: str | None = None) -> None:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        await transfer_to_room(tx, await agent_by_id(tx, business.agents[giver]), scene.chat, to, note)


async def used(database: Database, business: Business) -> dict[str, int]:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        rows = await presences(tx)
    return {name: rows[agent].used for name, agent in business.agents.items()}


async def the_chat(database: Database, business: Business, chat: UUID) -> Chat:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        return (await tx.session.scalars(select(Chat).where(Chat.id == chat))).one()


async def a_room(database: Database, business: Business, name: str, *agents: str) -> UUID:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        room = Room(tenant_id=business.tenant_id, id=a_cid(), name=name, token=name, created_at=tx.now)
        tx.session.add(room)
        await tx.session.flush()
        for agent in agents:
            await assign(tx, room.id, business.agents[agent])
    return room.id


async def test_a_colleague_has_the_chat_at_once_and_the_slot_moves(database: Database, cast: Cast, superuser) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    await to_agent(database, acme, scene, "Ben", acme.agents["Cara"], "  Likes it upright ")
    chat = await the_chat(database, acme, scene.chat)
    assert (chat.status, chat.agent_id, chat.transferred_by) == (ChatStatus.ACTIVE, acme.agents["Cara"], acme.agents["Ben"])
    assert await used(database, acme) == {"Alice": 0, "Ben": 0, "Cara": 1}
    log = [text for _, text in await stored(superuser, scene.chat)]
    assert log == ["Does an M fit me?", "answered", "Likes it upright", "transferred"]


async def test_a_chat_may_come_back_to_who_had_it(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    await to_agent(database, acme, scene, "Ben", acme.agents["Cara"])
    await to_agent(database, acme, scene, "Cara", acme.agents["Ben"])
    await to_room(database, acme, scene, "Ben", acme.room_id)
    await answered_by(database, acme, "Ben", scene.chat)
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await end_by_agent(tx, acme.agents["Ben"], scene.chat)
    assert await used(database, acme) == {"Alice": 0, "Ben": 0, "Cara": 0}


async def test_who_gave_it_away_is_out_of_it(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    await to_agent(database, acme, scene, "Ben", acme.agents["Cara"])
    with pytest.raises(NotFoundError):
        await to_agent(database, acme, scene, "Ben", acme.agents["Alice"])
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        with pytest.raises(NotFoundError):
            await end_by_agent(tx, acme.agents["Ben"], scene.chat)


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("offline", Code.NOT_ALLOWED),
        ("away", Code.NOT_ALLOWED),
        ("full", Code.AT_CAPACITY),
        ("not of the room", Code.NOT_ALLOWED),
    ],
)
async def test_who_cannot_take_it_gets_nothing_and_nothing_changes(
    database: Database, cast: Cast, superuser, why: str, code: Code
) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    cara = acme.agents["Cara"]
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        if why == "offline":
            await choose(tx, cara, Availability.OFFLINE)
        if why == "away":
            await leave(tx, cara)
    if why == "full":
        await superuser.execute("update presence set used = capacity where agent_id = $1", cara)
    if why == "not of the room":
        await superuser.execute("delete from assignment where agent_id = $1", cara)
    before = await used(database, acme)
    with pytest.raises(ConflictError) as refusal:
        await to_agent(database, acme, scene, "Ben", cara, "a note")
    assert (refusal.value.code, "Cara" in refusal.value.message) == (code, True)
    assert await used(database, acme) == before
    assert [text for _, text in await stored(superuser, scene.chat)] == ["Does an M fit me?", "answered"]
    assert (await the_chat(database, acme, scene.chat)).agent_id == acme.agents["Ben"]


async def test_neither_to_oneself_nor_to_a_stranger_nor_to_a_strangers_room(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    with pytest.raises(ConflictError):
        await to_agent(database, acme, scene, "Ben", acme.agents["Ben"])
    with pytest.raises(NotFoundError):
        await to_agent(database, acme, scene, "Ben", cast.globex.agents["Gil"])
    with pytest.raises(NotFoundError):
        await to_room(database, acme, scene, "Ben", cast.globex.room_id)


async def test_in_a_room_it_rings_again_for_its_agents_and_keeps_the_visitors_entrance(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    repairs = await a_room(database, acme, "REPAIRS", "Cara")
    await to_room(database, acme, scene, "Ben", repairs, "Broken spoke")
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        desk = await read_desk(tx)
        again = await open_chat(tx, acme.room_id, scene.visitor, Open(cid=a_cid(), name="Vera", question="Hello?"))
    assert again == scene.chat
    seen = {name: scene.chat in desk._inbox(agent).cards for name, agent in acme.agents.items()}
    assert seen == {"Alice": False, "Ben": False, "Cara": True}
    card = desk.cards[scene.chat]
    assert (card.status, card.room, card.agent, card.transferred_by) == (ChatStatus.WAITING, "REPAIRS", None, "Ben")
    assert desk.current[scene.visitor, acme.room_id].chat == scene.chat
    assert await used(database, acme) == {"Alice": 0, "Ben": 0, "Cara": 0}
    await answered_by(database, acme, "Cara", scene.chat)
    assert await used(database, acme) == {"Alice": 0, "Ben": 0, "Cara": 1}


async def test_a_room_where_nobody_else_is_gets_no_chat(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    for agents in ((), ("Ben",)):
        room = await a_room(database, acme, f"EMPTY {len(agents)}", *agents)
        with pytest.raises(ConflictError) as refusal:
            await to_room(database, acme, scene, "Ben", room)
        assert refusal.value.code is Code.NOBODY_ONLINE
    assert await used(database, acme) == {"Alice": 0, "Ben": 1, "Cara": 0}


async def test_the_visitor_may_leave_while_it_rings_again(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    await to_room(database, acme, scene, "Ben", acme.room_id)
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await end_by_visitor(tx, scene.visitor, scene.chat)
    assert await used(database, acme) == {"Alice": 0, "Ben": 0, "Cara": 0}


async def test_an_ended_chat_is_not_given_away(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await end_by_visitor(tx, scene.visitor, scene.chat)
    with pytest.raises(ConflictError) as refusal:
        await to_agent(database, acme, scene, "Ben", acme.agents["Cara"])
    assert refusal.value.code is Code.CLOSED


async def test_racing_transfers_never_go_beyond_capacity_and_never_wait_for_each_other(
    database: Database, cast: Cast, superuser
) -> None:
    """Ben and Cara hold three chats each and hand them to each other, to Alice, and end them, all at once."""
    acme = cast.acme
    scenes = [(name, await a_scene(database, acme, name)) for name, _ in product(("Ben", "Cara"), range(3))]
    await superuser.execute("update presence set capacity = 4, used = 3 where agent_id = $1", acme.agents["Alice"])
    await connect(database, acme, *acme.agents)
    other = {"Ben": "Cara", "Cara": "Ben"}
    hands = [to_agent(database, acme, scene, name, acme.agents[to]) for name, scene in scenes for to in (other[name], "Alice")]
    ends = [_ended(database, acme, scenes[place]) for place in (2, 5)]
    results = await asyncio.gather(*hands, *ends, return_exceptions=True)
    assert not [one for one in results if one is not None and not isinstance(one, ConflictError | NotFoundError)]
    holders = await superuser.fetch("select agent_id, count(*) from chat where status = 'active' group by agent_id")
    counted = {name: dict(holders).get(agent, 0) for name, agent in acme.agents.items()}
    now = await used(database, acme)
    assert now == {**counted, "Alice": counted["Alice"] + 3}
    assert now["Alice"] <= 4
    assert max(now.values()) <= 4


async def test_two_who_hand_each_other_a_chat_do_not_wait_for_each_other(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both at the slots at the same moment, again and again: without one order of locks this is a deadlock."""
    acme, together, moves = cast.acme, asyncio.Barrier(2), transfer.hand_slot

    async def at_once(tx, **pair) -> None:
        await together.wait()
        await moves(tx, **pair)

    monkeypatch.setattr(transfer, "hand_slot", at_once)
    ben, cara = await a_scene(database, acme, "Ben"), await a_scene(database, acme, "Cara")
    for _ in range(10):
        await asyncio.gather(
            to_agent(database, acme, ben, "Ben", acme.agents["Cara"]),
            to_agent(database, acme, cara, "Cara", acme.agents["Ben"]),
        )
        ben, cara = cara, ben
    assert await used(database, acme) == {"Alice": 0, "Ben": 1, "Cara": 1}


async def _ended(database: Database, acme: Business, held: tuple[str, Scene]) -> None:
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        await end_by_agent(tx, acme.agents[held[0]], held[1].chat)


async def test_both_sides_read_the_same_sentence(database: Database, cast: Cast) -> None:
    acme = cast.acme
    scene = await a_scene(database, acme, "Ben")
    await to_agent(database, acme, scene, "Ben", acme.agents["Cara"])
    async with database.tenant_tx(acme.tenant_id, "test") as tx:
        ends = [(await log.entries(tx, scene.chat, 0, side))[-1] for side in Side]
    assert ends[0] == ends[1]
    assert (ends[0].name, ends[0].body) == ("Ben", Transferred(room="GENERAL", agent="Cara"))
