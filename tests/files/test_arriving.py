"""Uploads that are too large, too many, broken off or empty leave nothing behind."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from switchboard.files import actions, uploads
from switchboard.infra.rate_limits import FILE_BY_PARTY
from switchboard.protocol import LARGEST_FILE
from switchboard.settings import Settings
from tests.files.conftest import Talk
from tests.files.pictures import pixel_bomb
from tests.stack import Stack


def stored(settings: Settings) -> list[Path]:
    return [path for path in settings.files_dir.rglob("*") if path.is_file()]


async def rows(superuser) -> int:
    return await superuser.fetchval("select count(*) from file")


async def comes_to(superuser, count: int) -> None:
    async with asyncio.timeout(10):
        while await rows(superuser) != count:
            await asyncio.sleep(0.01)


async def pieces(size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, 1 << 20):
        yield b"x" * min(1 << 20, size - start)


async def test_a_file_of_the_largest_size_arrives_whole(talk: Talk, settings: Settings) -> None:
    file = await talk.veras.upload(pieces(LARGEST_FILE))
    assert file.status_code == 201
    assert file.json()["size"] == LARGEST_FILE
    assert [path.stat().st_size for path in stored(settings)] == [LARGEST_FILE]


async def test_one_byte_more_is_refused_and_leaves_nothing(talk: Talk, settings: Settings, superuser) -> None:
    with contextlib.suppress(httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        response = await talk.veras.upload(pieces(LARGEST_FILE + 1))
        assert (response.status_code, response.json()["code"]) == (413, "too_large")
    await comes_to(superuser, 0)
    assert stored(settings) == []


@pytest.mark.parametrize(("data", "code"), [(b"", "empty_file"), (pixel_bomb(), "too_many_pixels")])
async def test_what_cannot_be_taken_says_why_and_leaves_nothing(
    talk: Talk, settings, superuser, data: bytes, code: str
) -> None:
    response = await talk.veras.upload(data, "x.png")
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert await rows(superuser) == 0
    assert stored(settings) == []


async def test_an_upload_that_breaks_off_leaves_nothing(talk: Talk, stack: Stack, settings: Settings, superuser) -> None:
    where = urlsplit(stack.origin)
    _, writer = await asyncio.open_connection("127.0.0.1", where.port)
    head = [
        f"POST {talk.veras.at} HTTP/1.1",
        f"Host: {where.netloc}",
        f"Origin: {stack.origin}",
        f"Authorization: Bearer {talk.token}",
        "Content-Length: 1000000",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode() + b"x" * 1000)
    await comes_to(superuser, 1)
    writer.transport.abort()
    await comes_to(superuser, 0)
    assert stored(settings) == []


async def test_a_side_of_a_chat_has_a_limit_of_files(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_FILES", 3)
    answers = await asyncio.gather(*(talk.veras.upload(b"bike") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [422] * 5
    assert (await talk.bens.upload(b"bike")).status_code == 201


async def test_a_side_of_a_chat_has_a_limit_of_bytes(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_BYTES", LARGEST_FILE + 10)
    assert (await talk.veras.upload(b"x" * 11)).status_code == 201
    assert (await talk.veras.upload(b"x")).status_code == 422


async def test_uploads_are_limited_in_time(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "FILE_BY_PARTY", dataclasses.replace(FILE_BY_PARTY, times=2, within=timedelta(hours=1)))
    assert [(await talk.veras.upload(b"bike")).status_code for _ in range(3)] == [201, 201, 429]
    assert (await talk.bens.upload(b"bike")).status_code == 201
