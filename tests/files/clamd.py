"""A small clamd: the INSTREAM part of its protocol over TCP, with one word that it takes for a virus."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

VIRUS = b"X5O-this-is-a-virus"


@dataclass
class Clamd:
    port: int = 0
    seen: list[bytes] = field(default_factory=list)
    answers: bool = True

    @property
    def address(self) -> str:
        return f"clamd://127.0.0.1:{self.port}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        data = b""
        while (size := struct.unpack(">I", await reader.readexactly(4))[0]) > 0:
            data += await reader.readexactly(size)
        self.seen.append(data)
        if self.answers:
            writer.write(b"stream: Test.Virus FOUND\0" if VIRUS in data else b"stream: OK\0")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def a_clamd() -> AsyncIterator[Clamd]:
    clamd = Clamd()
    server = await asyncio.start_server(clamd.handle, "127.0.0.1", 0)
    clamd.port = server.sockets[0].getsockname()[1]
    try:
        yield clamd
    finally:
        server.close()
        await server.wait_closed()
