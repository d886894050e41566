"""One room's page: renamed, moved, paused, resumed and deleted by those who may, and what visitors and agents notice of it."""

import httpx
import pytest

from switchboard.chats import actions as chats
from switchboard.infra.db import Database
from switchboard.protocol import AgentState, Inbox, Open, Refused, Status, TransferToRoom
from switchboard.provisioning.plan_change import carry_out, planned
from switchboard.rooms.actions import assign, open_room
from switchboard.rooms.models import Room
from switchboard.tenancy.actions import put_on
from tests.accounts.test_sign_in import signed_in
from tests.cast import PRICE_LIST, Cast, a_cid
from tests.peers import agent, visitor
from tests.stack import Stack

ROOMS = "/console/acme/rooms"


@pytest.fixture
async def sales(database: Database, cast: Cast) -> Room:
    """Beside GENERAL, and it rings at Alice."""
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
        room = await open_room(tx, PRICE_LIST, "Sales")
        await assign(tx, room.id, cast.acme.agents["Alice"])
        return room


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await signed_in(client)
    return client


async def does(client: httpx.AsyncClient, room: Room, verb: str, **form: str) -> httpx.Response:
    """As the form on the page does it: to its end."""
    await client.get(ROOMS)
    data = {"_csrf_token": client.cookies["sb_csrf"], **form}
    return await client.post(f"{ROOMS}/{room.id}/{verb}", data=data, follow_redirects=True)


async def test_a_room_is_called_otherwise_and_keeps_its_address(alice: httpx.AsyncClient, sales: Room) -> None:
    page = (await does(alice, sales, "rename", name=" Bikes  & more ")).text
    assert "The room is renamed." in page
    assert "Bikes &amp; more" in page
    assert sales.token in page
    assert "Bikes &amp; more" in (await alice.get(f"/c/{sales.token}")).text


@pytest.mark.parametrize(
    ("name", "status", "advice"),
    [
        ("", 400, "A room needs a name"),
        ("x" * 41, 400, "Use at most 40."),
        ("general", 409, "There is already a room named GENERAL."),
    ],
)
async def test_a_name_that_cannot_be_stays_in_the_form(
    alice: httpx.AsyncClient, sales: Room, name: str, status: int, advice: str
) -> None:
    response = await does(alice, sales, "rename", name=name)
    assert response.status_code == status
    assert advice in response.text
    assert f'value="{name}"' in response.text
    assert 'aria-invalid="true"' in response.text


async def test_its_own_name_in_other_letters_is_free(alice: httpx.AsyncClient, sales: Room) -> None:
    assert "The room is renamed." in (await does(alice, sales, "rename", name="SALES")).text


@pytest.mark.parametrize(("verb", "form"), [("rename", {"name": "Lobby"}), ("move", {"step": "down"}), ("delete", {})])
async def test_general_stays_what_it_is(
    alice: httpx.AsyncClient, cast: Cast, superuser, verb: str, form: dict[str, str]
) -> None:
    general = Room(id=cast.acme.room_id)
    response = await does(alice, general, verb, **form)
    assert response.status_code == 409
    assert "GENERAL is the room that every business has" in response.text
    assert await superuser.fetchval("select name from room where id = $1 and gone_at is null", cast.acme.room_id) == "GENERAL"


async def test_rooms_stand_as_they_were_put(alice: httpx.AsyncClient, sales: Room, cast: Cast, database: Database) -> None:
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        repairs = await open_room(tx, PRICE_LIST, "Repairs")
    page = (await does(alice, repairs, "move", step="up")).text
    assert page.index("GENERAL") < page.index("Repairs") < page.index("Sales")


async def test_visitors_of_a_paused_room_read_that_nobody_is_here_and_those_who_wait_are_answered(
    stack: Stack, cast: Cast, sales: Room, alice: httpx.AsyncClient
) -> None:
    async with agent(stack, "acme", await cast.cookie("Alice")) as desk, visitor(stack, sales.token) as vera:
        await desk.got(Inbox, lambda inbox: any(mate.state is AgentState.ONLINE for mate in inbox.team))
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await does(alice, sales, "pause")
        await vera.got(Status, lambda status: not status.online)
        async with visitor(stack, sales.token) as late:
            await late.got(Status)
            await late.send(Open(cid=a_cid(), name="Vera", question="Does an M fit me?"))
            assert (await late.got(Refused)).code == "nobody_online"
        await desk.answer(chat)
        await does(alice, sales, "resume")
        await vera.got(Status, lambda status: status.online)


async def test_no_chat_is_given_to_a_room_that_is_paused(
    stack: Stack, cast: Cast, sales: Room, alice: httpx.AsyncClient
) -> None:
    await does(alice, sales, "pause")
    async with agent(stack, "acme", await cast.cookie("Alice")) as desk, visitor(stack, cast.acme.room_token) as vera:
        await desk.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        chat = await vera.open()
        await desk.answer(chat)
        await desk.send(TransferToRoom(chat=chat, room=sales.id, note=None))
        assert "Sales is paused" in (await desk.got(Refused)).message


async def test_a_deleted_room_has_no_address_and_its_name_is_free(alice: httpx.AsyncClient, sales: Room, superuser) -> None:
    page = (await does(alice, sales, "delete")).text
    assert "The room is deleted." in page
    assert sales.token not in page
    assert (await alice.get(f"/c/{sales.token}")).status_code == 404
    assert (await alice.get(f"/w.js?r={sales.token}")).status_code == 404
    assert (await alice.get(f"{ROOMS}/{sales.id}")).status_code == 404
    await alice.post(ROOMS, data={"name": "Sales", "_csrf_token": alice.cookies["sb_csrf"]})
    assert await superuser.fetchval("select count(*) from room where name = 'Sales'") == 2


async def test_a_room_with_an_open_chat_is_not_deleted(stack: Stack, cast: Cast, sales: Room, alice: httpx.AsyncClient) -> None:
    async with agent(stack, "acme", await cast.cookie("Alice")) as desk, visitor(stack, sales.token) as vera:
        await desk.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        await vera.open()
        response = await does(alice, sales, "delete")
        assert response.status_code == 409
        assert "A chat is open in this room. Pause it, and delete it when they have ended." in response.text
        assert (await alice.get(f"/c/{sales.token}")).status_code == 200


async def test_without_that_listener_the_test_above_fails(
    stack: Stack, cast: Cast, sales: Room, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def indifferent(*_: object) -> None:
        """Lets every room go."""

    within = stack.web.database.within
    for fact, heard in within.items():
        monkeypatch.setitem(within, fact, [indifferent if each is chats.keep_room_of_open_chats else each for each in heard])
    async with agent(stack, "acme", await cast.cookie("Alice")) as desk, visitor(stack, sales.token) as vera:
        await desk.got(Inbox)
        await vera.got(Status, lambda status: status.online)
        await vera.open()
        assert (await does(alice, sales, "delete")).status_code == 200


async def test_a_smaller_plan_pauses_what_stands_last_and_the_larger_one_brings_it_back(
    alice: httpx.AsyncClient, cast: Cast, sales: Room
) -> None:
    for plan, shown in (("free", True), ("professional", False)):
        await carry_out(cast.database, PRICE_LIST, await planned(cast.database, PRICE_LIST, "acme", plan))
        page = (await alice.get(ROOMS)).text
        assert ("over your plan" in page) is shown
    assert "Your plan has fewer rooms" not in (await alice.get(f"{ROOMS}/{sales.id}")).text


async def test_what_the_plan_paused_cannot_be_resumed_by_hand(alice: httpx.AsyncClient, cast: Cast, sales: Room) -> None:
    async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("free"))
    response = await does(alice, sales, "resume")
    assert response.status_code == 403
    assert "Professional" in response.text


async def test_an_agent_reads_the_page_and_may_change_nothing(client: httpx.AsyncClient, sales: Room, superuser) -> None:
    await signed_in(client, email="ben@acme.example")
    page = (await client.get(f"{ROOMS}/{sales.id}")).text
    assert "Rooms are changed by the owner and admins." in page
    assert "Pause this room" not in page
    for verb, form in (("rename", {"name": "Bens"}), ("move", {"step": "up"}), ("pause", {}), ("resume", {}), ("delete", {})):
        assert (await does(client, sales, verb, **form)).status_code == 403
    assert await superuser.fetchval("select name from room where id = $1 and gone_at is null and paused_by is null", sales.id)
