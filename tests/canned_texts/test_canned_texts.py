"""The page of canned texts and the composer's list: whose they are, what a plan has place for, what a form answers."""

import asyncio
from uuid import UUID

import asyncpg
import httpx
import pytest

from switchboard.canned_texts.actions import Wanted, keep
from switchboard.errors import PlanNeededError
from switchboard.infra.db import Database
from switchboard.tenancy.actions import put_on
from switchboard.tenancy.entitlements import Entitlements
from tests.accounts.test_sign_in import signed_in
from tests.cast import PRICE_LIST, Business, Cast

PAGE = "/console/acme/canned-texts"


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await signed_in(client)
    return client


@pytest.fixture
async def ben(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await signed_in(client, email="ben@acme.example")
    return client


async def send(client: httpx.AsyncClient, path: str = PAGE, accept: str = "text/html", **form: str) -> httpx.Response:
    await client.get(PAGE)
    return await client.post(path, data={**form, "_csrf_token": client.cookies["sb_csrf"]}, headers={"accept": accept})


async def usable(client: httpx.AsyncClient) -> dict[str, str]:
    response = await client.get(f"{PAGE}/usable", headers={"accept": "application/json"})
    return {one["shortcut"]: one["text"] for one in response.json()["texts"]}


async def write(database: Database, business: Business, shortcut: str, text: str, owner: str | None = None) -> UUID:
    async with database.tenant_tx(business.tenant_id, "test") as tx:
        return await keep(tx, PRICE_LIST, Wanted(shortcut, text), business.agents[owner] if owner else None)


async def put(database: Database, business: Business, plan: str) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, business.tenant_id, PRICE_LIST.sold(plan))


async def stored(superuser: asyncpg.Connection) -> list[str]:
    return [row[0] for row in await superuser.fetch("select shortcut from canned_text order by created_at, id")]


async def test_a_text_is_kept_and_can_be_inserted_at_once(alice: httpx.AsyncClient) -> None:
    response = await send(alice, shortcut="/Thanks", text="Thank you, {customer}\r\n{agent}", whose="all")
    assert response.status_code == 303
    page = (await alice.get(response.headers["location"])).text
    assert "The text is kept." in page
    assert "/thanks" in page
    assert await usable(alice) == {"thanks": "Thank you, {customer}\n{agent}"}


async def test_everybody_sees_everybodys_and_only_their_own(ben: httpx.AsyncClient, cast: Cast, database: Database) -> None:
    await write(database, cast.acme, "hours", "9 to 17")
    await write(database, cast.acme, "mine", "Ben's", "Ben")
    await write(database, cast.acme, "hers", "Alice's secret", "Alice")
    assert await usable(ben) == {"hours": "9 to 17", "mine": "Ben's"}
    page = (await ben.get(PAGE)).text
    assert "Alice&#39;s secret" not in page
    assert "Alice's secret" not in page
    assert "Ben&#39;s" in page


async def test_ones_own_text_hides_everybodys_of_the_same_shortcut(
    ben: httpx.AsyncClient, cast: Cast, database: Database
) -> None:
    await write(database, cast.acme, "bye", "Good-bye")
    await write(database, cast.acme, "bye", "Ta-ra", "Ben")
    assert await usable(ben) == {"bye": "Ta-ra"}


async def test_an_agent_keeps_their_own_and_may_not_write_everybodys(
    ben: httpx.AsyncClient, cast: Cast, database: Database, superuser
) -> None:
    shared = await write(database, cast.acme, "hours", "9 to 17")
    assert (await send(ben, shortcut="a", text="b", whose="all")).status_code == 403
    assert (await send(ben, f"{PAGE}/{shared}", shortcut="a", text="b")).status_code == 403
    assert (await send(ben, f"{PAGE}/{shared}/remove")).status_code == 403
    assert (await send(ben, shortcut="own", text="Mine")).status_code == 303
    assert await stored(superuser) == ["hours", "own"]
    assert "All agents" not in (await ben.get(PAGE)).text


async def test_not_even_the_owner_gets_at_an_agents_own(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser
) -> None:
    bens = await write(database, cast.acme, "mine", "Ben's", "Ben")
    assert (await send(alice, f"{PAGE}/{bens}", shortcut="a", text="b")).status_code == 404
    assert (await send(alice, f"{PAGE}/{bens}/remove")).status_code == 404
    assert await stored(superuser) == ["mine"]


async def test_a_text_is_rewritten_and_removed(alice: httpx.AsyncClient, cast: Cast, database: Database) -> None:
    text = await write(database, cast.acme, "hours", "9 to 17")
    assert (await send(alice, f"{PAGE}/{text}", shortcut="hours", text="9 to 18")).status_code == 303
    assert await usable(alice) == {"hours": "9 to 18"}
    assert (await send(alice, f"{PAGE}/{text}/remove", shortcut="hours", text="9 to 18")).status_code == 303
    assert await usable(alice) == {}


@pytest.mark.parametrize(
    ("form", "advice"),
    [
        ({"shortcut": "two words", "text": "Hello"}, "A shortcut has letters a to z"),
        ({"shortcut": "hello", "text": "Dear {first_name}"}, "{first_name} is not known."),
        ({"shortcut": "taken", "text": "Hello"}, "There is already a text under /taken. Choose another shortcut."),
    ],
)
async def test_what_cannot_be_kept_stays_in_the_form_and_says_why(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser, form: dict[str, str], advice: str
) -> None:
    await write(database, cast.acme, "taken", "x", "Alice")
    response = await send(alice, **form)
    assert response.status_code == 422
    assert advice in response.text
    assert 'aria-invalid="true"' in response.text
    assert f'value="{form["shortcut"]}"' in response.text
    assert form["text"] in response.text
    assert await stored(superuser) == ["taken"]


async def test_a_program_is_told_in_a_field(alice: httpx.AsyncClient) -> None:
    response = await send(alice, accept="application/json", shortcut="hello", text="Dear {x}")
    assert (response.status_code, response.json()["code"]) == (422, "canned_text")


async def test_on_free_the_fourth_text_is_403_and_names_the_plan(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser
) -> None:
    for place in range(3):
        await write(database, cast.acme, f"t{place}", "x", "Ben" if place else None)
    page = (await alice.get(PAGE)).text
    assert "See Professional" in page
    assert "Keep text" not in page
    response = await send(alice, shortcut="fourth", text="x")
    assert response.status_code == 403
    assert "More than 3 canned texts need Professional, 19 USD a month." in response.text
    assert len(await stored(superuser)) == 3


async def test_without_the_gate_the_test_above_fails(
    alice: httpx.AsyncClient, cast: Cast, database: Database, superuser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(3):
        await write(database, cast.acme, f"t{place}", "x")
    monkeypatch.setattr(Entitlements, "require_another", lambda *_: None)
    assert (await send(alice, shortcut="fourth", text="x")).status_code == 303
    assert len(await stored(superuser)) == 4


async def test_two_who_take_the_last_place_at_once_do_not_both_get_it(cast: Cast, database: Database, superuser) -> None:
    for place in range(2):
        await write(database, cast.acme, f"t{place}", "x")
    tries = [write(database, cast.acme, f"last{place}", "x") for place in range(5)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(result) for result in results if isinstance(result, BaseException)] == [PlanNeededError] * 4
    assert len(await stored(superuser)) == 3


async def test_on_a_smaller_plan_the_newest_are_paused_and_come_back_with_the_larger(
    alice: httpx.AsyncClient, cast: Cast, database: Database
) -> None:
    await put(database, cast.acme, "professional")
    for place in range(5):
        await write(database, cast.acme, f"t{place}", "x")
    await put(database, cast.acme, "free")
    assert set(await usable(alice)) == {"t0", "t1", "t2"}
    page = (await alice.get(PAGE)).text
    assert page.count("paused by the plan") == 2
    assert "/t4" in page
    await put(database, cast.acme, "professional")
    assert len(await usable(alice)) == 5


async def test_every_field_has_a_label_and_the_page_holds_the_line(
    alice: httpx.AsyncClient, cast: Cast, database: Database
) -> None:
    await write(database, cast.acme, "hours", "9 to 17 <b>&amp;")
    page = (await alice.get(PAGE)).text
    assert "9 to 17 &lt;b&gt;&amp;amp;" in page
    assert "style=" not in page
    for field in ("shortcut-new", "text-new"):
        assert f'<label for="{field}">' in page
        assert f'id="{field}"' in page
    assert 'data-presence="/console/acme/socket"' in page
    assert "presence.js" in page
