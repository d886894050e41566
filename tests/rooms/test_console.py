"""The console's page of rooms: who may make them, what a plan allows, and what a form without JavaScript answers."""

import asyncio
import re

import asyncpg
import httpx
import pytest

from switchboard.infra.db import Database
from switchboard.protocol import AgentState, Inbox, Status
from switchboard.rooms.actions import assign, open_room
from switchboard.tenancy.actions import put_on
from switchboard.tenancy.entitlements import Entitlements
from tests.accounts.test_sign_in import signed_in
from tests.cast import PRICE_LIST, Business, Cast
from tests.peers import agent, visitor
from tests.stack import Stack

ROOMS = "/console/acme/rooms"


async def give(database: Database, business: Business, plan: str) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, business.tenant_id, PRICE_LIST.sold(plan))


async def names(superuser: asyncpg.Connection, business: Business) -> list[str]:
    rows = await superuser.fetch("select name from room where tenant_id = $1 order by created_at", business.tenant_id)
    return [row[0] for row in rows]


async def make(client: httpx.AsyncClient, name: str, **headers: str) -> httpx.Response:
    data = {"name": name, "_csrf_token": client.cookies["sb_csrf"]}
    return await client.post(ROOMS, data=data, headers=headers)


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await signed_in(client)
    return client


async def test_on_free_the_form_is_locked_and_names_the_plan(alice: httpx.AsyncClient) -> None:
    page = (await alice.get(ROOMS)).text
    assert "A second room" in page
    assert "See Professional" in page
    assert "Make room" not in page
    assert "Ask the owner" not in page  # she is


async def test_on_free_a_second_room_is_403_and_names_the_plan(alice: httpx.AsyncClient, cast: Cast, superuser) -> None:
    await alice.get(ROOMS)
    response = await make(alice, "Sales")
    assert response.status_code == 403
    assert "A second room needs Professional, 19 USD a month." in response.text
    assert await names(superuser, cast.acme) == ["GENERAL"]


async def test_without_the_gate_the_test_above_fails(
    alice: httpx.AsyncClient, cast: Cast, superuser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alice.get(ROOMS)
    monkeypatch.setattr(Entitlements, "require_another", lambda *_: None)
    assert (await make(alice, "Sales")).status_code == 303
    assert await names(superuser, cast.acme) == ["GENERAL", "Sales"]


async def test_a_program_reads_the_plans_name_in_a_field(alice: httpx.AsyncClient) -> None:
    await alice.get(ROOMS)
    response = await make(alice, "Sales", accept="application/json")
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "status": 403,
        "code": "plan_needed",
        "detail": "A second room needs Professional, 19 USD a month. Compare the plans on the page Plan.",
        "plan": "Professional",
    }


async def test_on_professional_the_room_is_there_with_its_address_and_rings_at_who_made_it(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser
) -> None:
    await give(database, cast.acme, "professional")
    assert "Make room" in (await alice.get(ROOMS)).text
    response = await make(alice, "  Sales   <b>&amp; repairs</b> ")
    assert response.status_code == 303
    page = (await alice.get(response.headers["location"])).text
    assert "Sales &lt;b&gt;&amp;amp; repairs&lt;/b&gt;</b> is ready and rings at you" in page
    assert "<b>&amp;" not in page
    token = await superuser.fetchval("select token from room where name like 'Sales%'")
    assert f'value="{alice.base_url}/c/{token}"' in page.replace("//c/", "/c/")
    assert (await alice.get(f"/c/{token}")).status_code == 200
    serving = "select agent_id from assignment join room on room.id = room_id where name like 'Sales%'"
    assert [row[0] for row in await superuser.fetch(serving)] == [cast.acme.agents["Alice"]]


@pytest.mark.parametrize(
    ("name", "status", "advice"),
    [
        ("", 400, "A room needs a name"),
        (" . ", 400, "A room needs a name"),
        ("x" * 41, 400, "This name has 41 characters. Use at most 40."),
        ("Sal\x00es", 400, "a character that nobody can see"),
        ("Sal\u202ees", 400, "a character that nobody can see"),
        ("general", 409, "There is already a room named GENERAL. Choose another name."),
    ],
)
async def test_a_name_that_cannot_be_is_kept_in_the_form_and_says_why(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser, name: str, status: int, advice: str
) -> None:
    await give(database, cast.acme, "professional")
    await alice.get(ROOMS)
    response = await make(alice, name)
    assert response.status_code == status
    assert advice in response.text
    assert 'aria-invalid="true"' in response.text
    assert f'value="{name}"' in response.text
    assert await names(superuser, cast.acme) == ["GENERAL"]


async def test_an_agent_sees_the_rooms_and_may_not_make_them(
    client: httpx.AsyncClient, cast: Cast, database: Database, superuser
) -> None:
    await give(database, cast.acme, "professional")
    await signed_in(client, email="ben@acme.example")
    page = (await client.get(ROOMS)).text
    assert cast.acme.room_token in page
    assert "Make room" not in page
    response = await make(client, "Sales")
    assert response.status_code == 403
    assert "Only the owner and admins" in response.text
    assert await names(superuser, cast.acme) == ["GENERAL"]


async def test_an_admin_on_free_is_sent_to_the_owner(client: httpx.AsyncClient, superuser) -> None:
    await superuser.execute("update agent set role = 'admin' where name = 'Ben'")
    await signed_in(client, email="ben@acme.example")
    assert "Ask the owner to change the plan." in (await client.get(ROOMS)).text


@pytest.mark.parametrize("page", ["rooms", "plan"])
async def test_gil_gets_404_from_acmes_pages(client: httpx.AsyncClient, cast: Cast, superuser, page: str) -> None:
    await signed_in(client, email="gil@globex.example")
    response = await client.get(f"/console/acme/{page}")
    assert response.status_code == 404
    assert cast.acme.room_token not in response.text
    await client.get("/console/globex/rooms")
    assert (await make(client, "Gils")).status_code == 404
    assert await names(superuser, cast.acme) == ["GENERAL"]


@pytest.mark.parametrize("page", ["rooms", "plan"])
async def test_without_a_session_one_is_sent_to_sign_in_and_back(client: httpx.AsyncClient, page: str) -> None:
    response = await client.get(f"/console/acme/{page}")
    assert response.headers["location"] == f"/sign-in?next=/console/acme/{page}"


async def test_a_form_without_its_token_is_refused(alice: httpx.AsyncClient, cast: Cast, database: Database, superuser) -> None:
    await give(database, cast.acme, "professional")
    assert (await alice.post(ROOMS, data={"name": "Sales"})).status_code == 403
    assert await names(superuser, cast.acme) == ["GENERAL"]


async def test_the_page_needs_no_inline_style_and_every_field_has_a_label(alice: httpx.AsyncClient) -> None:
    for path in (ROOMS, "/console/acme/plan"):
        page = (await alice.get(path)).text
        assert "style=" not in page
        assert "style-src 'self';" in (await alice.get(path)).headers["content-security-policy"]
        fields = set(re.findall(r'<input id="([^"]+)"', page))
        assert fields == set(re.findall(r'<label for="([^"]+)"', page))


async def test_a_visitor_at_the_room_learns_that_another_process_assigned_an_agent(
    stack: Stack, cast: Cast, database: Database
) -> None:
    """The command line wakes no web process: the comparison every 2 s must notice."""
    await give(database, cast.acme, "professional")
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        room = await open_room(tx, PRICE_LIST, "Sales")
    async with agent(stack, "acme", await cast.cookie("Alice")) as alice, visitor(stack, room.token) as vera:
        await alice.got(Inbox, lambda inbox: any(mate.state is AgentState.ONLINE for mate in inbox.team))
        assert not (await vera.got(Status)).online
        await settled(stack, cast, database)
        async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
            await assign(tx, room.id, cast.acme.agents["Alice"])
        await vera.got(Status, lambda status: status.agents == ["Alice"], within=10)


async def settled(stack: Stack, cast: Cast, database: Database) -> None:
    """Until the hub has seen the desk as it is, so that only a further change makes it look again."""
    seen, desks = stack.web.hub.views._tenants[cast.acme.tenant_id], stack.web.hub._sources.desk_signatures
    async with asyncio.timeout(20):
        while seen.refreshing is not None or [(cast.acme.tenant_id, seen.signature)] != await desks([cast.acme.tenant_id]):
            await asyncio.sleep(0.02)
