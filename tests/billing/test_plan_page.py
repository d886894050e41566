"""The plan page: made from the price list, with the tenant's own plan and what it uses of it."""

import dataclasses
import re
import shutil
from html import unescape
from pathlib import Path

import httpx
import pytest

from switchboard.infra.db import Database
from switchboard.plans.comparison import comparison, price
from switchboard.rooms.actions import open_room
from switchboard.settings import ROOT, Settings
from switchboard.tenancy.actions import put_on
from tests.accounts.test_sign_in import signed_in
from tests.cast import PRICE_LIST, Cast
from tests.stack import Served, serving

PLAN = "/console/acme/plan"


def cells(page: str) -> list[list[str]]:
    """Of the comparison table, as a screen reader gets it."""
    table = page.split('<table class="plans">')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    bare = [[re.sub(r"<span[^>]*aria-hidden[^>]*>.*?</span>|<[^>]+>", " ", cell) for cell in row] for row in found]
    return [[" ".join(unescape(cell).split()) for cell in row] for row in bare]


def browser(stack: Served) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=stack.origin, headers={"origin": stack.origin, "accept": "text/html"})


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> httpx.AsyncClient:
    await signed_in(client)
    return client


async def test_the_table_is_the_price_list(alice: httpx.AsyncClient) -> None:
    head, *rows = cells((await alice.get(PLAN)).text)
    for cell, plan in zip(head[1:], PRICE_LIST.on_sale, strict=True):
        assert cell.startswith(f"{plan.name} {plan.for_whom} {price(plan)}")
    assert [cell.endswith("Your plan") for cell in head[1:]] == [True, False, False, False]
    assert rows == [[row.label, *row.cells] for row in comparison(PRICE_LIST.on_sale)]


async def test_the_rooms_used_are_counted_against_the_plan(alice: httpx.AsyncClient, cast: Cast, database: Database) -> None:
    assert "<b>1</b> of 1" in (await alice.get(PLAN)).text
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        await open_room(tx, PRICE_LIST, "Sales")
    page = (await alice.get(PLAN)).text
    assert "<b>2</b> of 5" in page
    assert '<meter min="0" max="5" value="2"' in page
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("free"))
    page = (await alice.get(PLAN)).text
    assert "<b>2</b> of 1" in page
    assert "All of them are kept." in page


async def test_unlimited_has_no_meter(alice: httpx.AsyncClient, cast: Cast, database: Database) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("enterprise"))
    page = (await alice.get(PLAN)).text
    assert "<b>1</b> used, as many as you like" in page
    assert "<meter" not in page


async def test_a_tenant_of_an_earlier_price_list_sees_that_it_keeps_its_price(
    settings: Settings, cast: Cast, database: Database, tmp_path: Path
) -> None:
    async with database.global_tx() as tx:
        await put_on(tx, cast.acme.tenant_id, PRICE_LIST.sold("professional"))
    folder = shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.copytree(folder / "v1", folder / "v2")
    dearer = folder / "v2" / "professional.toml"
    dearer.write_text(dearer.read_text().replace("amount = 1900", "amount = 2300"))
    (folder / "on_sale.toml").write_text('generation = "v2"')
    async with serving(dataclasses.replace(settings, plans_dir=folder)) as stack, browser(stack) as client:
        await signed_in(client)
        page = (await client.get(PLAN)).text
    assert "Your plan is from an earlier price list, and you keep it" in page
    assert "<dt>Professional, a month</dt><dd>19 USD</dd>" in page
    head = cells(page)[0]
    assert "23 USD" in head[2]
    assert "Your plan" not in " ".join(head)
