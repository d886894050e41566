"""What the world gets of a room: its page, the loader, and nothing for an address that leads nowhere."""

import asyncio
import json
import subprocess

import httpx
import pytest

from tests.cast import Cast
from tests.stack import Stack

HOSTILE = "</script><script>alert(1)</script>\u2028'\"<!--"


async def test_a_room_page_says_where_it_is(client: httpx.AsyncClient, cast: Cast) -> None:
    page = await client.get(f"/c/{cast.acme.room_token}?frame=1")
    boot = json.loads(page.text.split('id="boot"')[1].split(">", 1)[1].split("</script>")[0])
    assert boot == {
        "room": {"token": cast.acme.room_token, "name": "GENERAL"},
        "business": "Acme",
        "socket": f"/c/{cast.acme.room_token}/socket",
        "frame": True,
        "words": "/assets/en.js",
        "later": "/assets/later.css",
    }
    assert "set-cookie" not in page.headers


async def test_a_hostile_name_stays_a_name(client: httpx.AsyncClient, cast: Cast, superuser) -> None:
    await superuser.execute("update tenant set name = $1 where slug = 'acme'", HOSTILE)
    page = await client.get(f"/c/{cast.acme.room_token}")
    assert "alert(1)</script>" not in page.text
    data = page.text.split('id="boot"')[1].split(">", 1)[1].split("</script>")[0]
    assert json.loads(data)["business"] == HOSTILE
    loader = (await client.get(f"/w.js?r={cast.acme.room_token}")).text.splitlines()[0]
    facts = await asyncio.to_thread(
        subprocess.check_output,
        ["node", "-e", f"const window={{}};{loader};console.log(window.__switchboard.business)"],
        text=True,
    )
    assert facts.strip("\n") == HOSTILE


async def test_the_loader_is_one_cacheable_file_without_cookies(client: httpx.AsyncClient, stack: Stack, cast: Cast) -> None:
    loader = await client.get(f"/w.js?r={cast.acme.room_token}")
    assert loader.headers["content-type"] == "text/javascript; charset=utf-8"
    assert loader.headers["cache-control"] == "public, max-age=60"
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in loader.headers
    first, rest = loader.text.split("\n", 1)
    assert json.loads(first.removeprefix("window.__switchboard=").removesuffix(";"))["origin"] == stack.origin
    assert rest == "/* w.js */"
    assert loader.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["/c/{0}", "/w.js?r={0}", "/w.js", "/assets/{0}", "/assets/../manifest.json", "/assets/%2e%2e%2fsecret.key"]
)
@pytest.mark.parametrize("token", ["nowhere", "a" * 3000, "\u00e4", "%00"])
async def test_an_address_that_leads_nowhere_is_404_and_says_what_to_do(
    client: httpx.AsyncClient, path: str, token: str
) -> None:
    answer = await client.get(path.format(token))
    assert answer.status_code == 404
    assert "for a new one" in answer.text


async def test_a_program_gets_a_problem_and_a_person_gets_a_page(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as program:
        answer = await program.get("/c/nowhere", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


async def test_assets_are_kept_for_ever_and_compressed(client: httpx.AsyncClient) -> None:
    for accepted, encoding in (("gzip", "gzip"), ("identity", None)):
        answer = await client.get("/assets/customer.js", headers={"accept-encoding": accepted})
        assert answer.text == "/* customer.js */"
        assert answer.headers.get("content-encoding") == encoding
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["access-control-allow-origin"] == "*"
