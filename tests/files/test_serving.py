"""What leaves us: never active, never without a signed address, never for long, never with a cookie."""

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from switchboard.errors import NotFoundError
from switchboard.files.addresses import LASTS, Address, read, signed
from switchboard.files.kinds import OPAQUE
from switchboard.files.ranges import part
from switchboard.settings import Settings
from tests.files.conftest import Talk
from tests.files.pictures import picture, webm
from tests.files.polyglots import POLYGLOTS
from tests.files.scene import say_file
from tests.stack import Stack

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SECRET = "a secret for addresses, at least 32 characters"
SANDBOX = "default-src 'none'; sandbox"
HARMLESS = {OPAQUE, "image/png", "image/jpeg", "image/webp", "audio/webm", "audio/ogg", "audio/mp4"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without limits: thirty files at once."""
    return dataclasses.replace(settings, rate_limits=False)


def an_address(ends: datetime = NOW + LASTS) -> Address:
    return Address(uuid4(), uuid4(), uuid4(), ends)


def test_an_address_leads_back_to_what_was_signed() -> None:
    address = an_address()
    assert read(signed(address, SECRET), SECRET, NOW) == address


def test_an_address_ends() -> None:
    token = signed(an_address(), SECRET)
    read(token, SECRET, NOW + LASTS - timedelta(seconds=1))
    with pytest.raises(NotFoundError):
        read(token, SECRET, NOW + LASTS)


def test_nobody_makes_or_changes_an_address() -> None:
    token = signed(an_address(), SECRET)
    for wrong in (token[:-1], token + "A", "", "x", "é", "A" * len(token), signed(an_address(), SECRET + "x")):
        with pytest.raises(NotFoundError):
            read(wrong, SECRET, NOW)
    for place in range(0, len(token) - 1, 7):
        other = "B" if token[place] == "A" else "A"
        with pytest.raises(NotFoundError):
            read(token[:place] + other + token[place + 1 :], SECRET, NOW)


def why_active(sent: bytes, response: httpx.Response) -> str:
    """Empty when nothing in the answer can run, whatever a browser makes of it."""
    headers = response.headers
    is_inline = not headers["content-disposition"].startswith("attachment;")
    if response.status_code != 200 or headers["content-type"] not in HARMLESS:
        return f"{response.status_code} {headers['content-type']}"
    if headers["x-content-type-options"] != "nosniff" or not headers["content-security-policy"].startswith(SANDBOX):
        return "is not locked up"
    if is_inline and not headers["content-type"].startswith("image/"):
        return "is shown"
    return "is what was sent" if is_inline and (response.content == sent or b"<script" in response.content) else ""


async def test_no_polyglot_is_served_as_anything_active(talk: Talk) -> None:
    wrong: dict[str, str] = {}
    for name, (called, data) in POLYGLOTS.items():
        response = await talk.veras.fetched((await talk.veras.uploaded(data, called)).file)
        if why := why_active(data, response):
            wrong[name] = why
    assert wrong == {}
    assert len(POLYGLOTS) >= 30


async def test_what_leaves_us_is_private_and_leaves_no_trace(talk: Talk) -> None:
    response = await talk.veras.fetched((await talk.veras.uploaded(b"bike")).file)
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"].startswith("private")
    assert "set-cookie" not in response.headers
    assert "access-control-allow-origin" not in response.headers


async def test_a_picture_may_be_looked_at_and_a_voice_note_heard_in_parts(talk: Talk) -> None:
    photo = await talk.veras.fetched((await talk.veras.uploaded(picture())).file)
    assert photo.headers["content-disposition"].startswith("inline;")
    note = await talk.veras.uploaded(webm(2), "note.webm")
    whole = await talk.veras.fetched(note.file)
    assert whole.headers["content-disposition"].startswith("attachment;")
    some = await talk.veras.fetched(note.file, range="bytes=10-19")
    assert (some.status_code, some.content) == (206, whole.content[10:20])
    assert some.headers["content-range"] == f"bytes 10-19/{note.size}"


async def test_the_address_of_one_file_opens_no_other(talk: Talk, stack: Stack) -> None:
    file = await talk.veras.uploaded(b"bike")
    url = (await talk.veras.find(file.file)).json()["url"]
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        assert (await client.get(url)).status_code == 200
        for wrong in (url[:-2] + "AA", "/f/" + "A" * (len(url) - 3), f"/f/{file.file}"):
            assert (await client.get(wrong)).status_code == 404


async def test_an_address_ends_with_its_partys_part_in_the_chat(talk: Talk, stack: Stack, superuser) -> None:
    file = await talk.veras.uploaded(b"bike")
    await say_file(talk.vera, talk.chat, file)
    url = (await talk.bens.find(file.file)).json()["url"]
    await superuser.execute("update party set left_at = now() where side = 'agent'")
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        assert (await client.get(url)).status_code == 404
    assert (await talk.veras.fetched(file.file)).status_code == 200


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-0", None),
        ("bytes=100-", None),
        ("bytes=5-4", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_a_part_is_within_the_file_or_the_whole(header: str | None, expected: tuple[int, int] | None) -> None:
    assert part(header, 100) == expected


def test_addresses_are_values() -> None:
    address = an_address()
    assert dataclasses.replace(address, party=uuid4()) != address
