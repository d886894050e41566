"""A foreign host is sent to the right address (what is refused: test_hostile_requests.py); own pages carry their headers."""

import httpx
import pytest

from tests.cast import Cast
from tests.stack import Stack


async def test_a_foreign_host_is_sent_to_the_right_address(stack: Stack) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        page = await client.get("/sign-in?next=/console/x", headers={"host": "evil.example"})
        assert (page.status_code, page.headers["location"]) == (307, f"{stack.origin}/sign-in?next=/console/x")
        post = await client.post("/sign-in", headers={"host": "evil.example", "origin": stack.origin})
        assert post.status_code == 421


@pytest.mark.parametrize("path", ["/a%0d%0aset-cookie:x", "/a%3Fb%23c", "/%e2%80%a8"])
async def test_a_strange_path_is_sent_on_as_it_came(stack: Stack, path: str) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        answer = await client.get(path, headers={"host": "evil.example"})
    assert answer.headers["location"].lower() == stack.origin + path.lower()
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz", "/assets/w.js", "/c/nowhere"])
async def test_every_answer_carries_the_headers(stack: Stack, path: str) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        headers = (await client.get(path, headers={"accept": "text/html"})).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


async def test_pages_name_their_nonce_and_only_room_pages_may_be_framed(stack: Stack, cast: Cast) -> None:
    async with httpx.AsyncClient(base_url=stack.origin, cookies={"sb_session": await cast.cookie("Alice")}) as client:
        for path, ancestors in {
            "/sign-in": "; frame-ancestors 'none'",
            "/console/acme/inbox": "; frame-ancestors 'none'",
            "/nowhere": "; frame-ancestors 'none'",
            f"/c/{cast.acme.room_token}": "",
        }.items():
            first, second = [await client.get(path, headers={"accept": "text/html"}) for _ in range(2)]
            policy = first.headers["content-security-policy"]
            assert policy.partition("; frame-ancestors")[1:] == ancestors.partition("; frame-ancestors")[1:]
            assert "unsafe" not in policy
            assert policy != second.headers["content-security-policy"]
            nonce = policy.split("'nonce-")[1].split("'")[0]
            assert first.text.count(f'nonce="{nonce}"') == first.text.count("<script") + first.text.count('"modulepreload"')


async def test_a_socket_asked_over_http_is_no_page(stack: Stack, cast: Cast) -> None:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        for path in ("/console/acme/socket", f"/c/{cast.acme.room_token}/socket"):
            assert (await client.get(path)).status_code == 405
