"""The operator's virus scanner: clamd over TCP (clamd(8), INSTREAM), or any command that reads a file from its input."""

import asyncio
import shlex
import struct
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from urllib.parse import urlsplit

TAKES_AT_MOST_S = 20.0
_SCHEME = "clamd"


class Verdict(StrEnum):
    """What the scanner found."""

    CLEAN = "clean"
    INFECTED = "infected"


class NoVerdictError(Exception):
    """It could not be asked, or did not say. Unknown is not clean: the file stays held and is asked about again."""


class Scanner:
    """`address`: clamd://host:3310, or a command line whose exit status is 0 for clean and 1 for infected."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def verdict(self, pieces: AsyncIterator[bytes]) -> Verdict:
        """Raises NoVerdictError."""
        try:
            async with asyncio.timeout(TAKES_AT_MOST_S):
                if urlsplit(self._address).scheme == _SCHEME:
                    return await self._of_daemon(pieces)
                return await self._of_command(pieces)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            raise NoVerdictError(type(error).__name__) from None

    async def _of_daemon(self, pieces: AsyncIterator[bytes]) -> Verdict:
        parts = urlsplit(self._address)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 3310)
        try:
            writer.write(b"zINSTREAM\0")
            async for piece in pieces:
                writer.write(struct.pack(">I", len(piece)) + piece)
                await writer.drain()
            writer.write(struct.pack(">I", 0))
            answer = await reader.readuntil(b"\0")
        finally:
            writer.close()
        if answer == b"stream: OK\0":
            return Verdict.CLEAN
        if answer.endswith(b" FOUND\0"):
            return Verdict.INFECTED
        raise NoVerdictError("no answer of clamd")

    async def _of_command(self, pieces: AsyncIterator[bytes]) -> Verdict:
        async with _running(shlex.split(self._address)) as process:
            assert process.stdin is not None
            try:
                async for piece in pieces:
                    process.stdin.write(piece)
                    await process.stdin.drain()
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has read enough
            process.stdin.close()
            status = await process.wait()
        if status in (0, 1):
            return Verdict.INFECTED if status else Verdict.CLEAN
        raise NoVerdictError(f"exit status {status}")


@asynccontextmanager
async def _running(command: list[str]) -> AsyncGenerator[asyncio.subprocess.Process]:
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, stdout=nowhere, stderr=nowhere)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
