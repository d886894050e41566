"""Requests as bytes: no client library would send these."""

import asyncio
import re
from urllib.parse import urlsplit

from tests.infra.hostile import Headers

UPGRADE: Headers = [
    ("connection", b"Upgrade"),
    ("upgrade", b"websocket"),
    ("sec-websocket-version", b"13"),
    ("sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ=="),
]
WITHIN_S = 10.0


async def answered(origin: str, start: str, headers: Headers, body: bytes = b"") -> tuple[int, bytes]:
    """(status, everything that came). `start`: method and target."""
    there = urlsplit(origin)
    reader, writer = await asyncio.open_connection("127.0.0.1", there.port)
    lines = [f"{start} HTTP/1.1".encode(), *(name.encode() + b": " + text for name, text in headers)]
    if not any(name == "connection" for name, _ in headers):
        lines.append(b"connection: close")
    if body or start.startswith("POST"):
        lines += [b"content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}".encode()]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    try:
        async with asyncio.timeout(WITHIN_S):
            raw = await _read(reader)
    finally:
        writer.close()
    found = re.match(rb"HTTP/1\.1 (\d{3})", raw)
    return (int(found[1]) if found else 0), raw


async def _read(reader: asyncio.StreamReader) -> bytes:
    """To the end, or to the first sign that a socket was opened."""
    raw = b""
    while chunk := await reader.read(65_536):
        raw += chunk
        if raw.startswith(b"HTTP/1.1 101"):
            break
    return raw
