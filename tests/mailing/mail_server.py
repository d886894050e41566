"""A mail server that can be in any mood. It speaks SMTP itself: libraries do not misbehave on purpose."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

Mood = Literal["well", "451", "550", "550 recipient", "hangs", "hangs up after DATA"]
COMMANDS = {"EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "QUIT": "221 bye", "RSET": "250 ok"}


@dataclass
class MailServer:
    """`taken`: every text it has got in full, whatever it said then."""

    port: int = 0
    mood: Mood = "well"
    taken: list[EmailMessage] = field(default_factory=list)
    visits: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?starttls=never"

    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visits += 1
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mood == "hangs":
            await reader.read()
            return
        await say(writer, "220 here")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(maxsplit=1)[0].upper()
            if verb == "DATA":
                await say(writer, "354 go on")
                text = await reader.readuntil(b"\r\n.\r\n")
                self.taken.append(email.message_from_bytes(text, policy=email.policy.default))
                if self.mood == "hangs up after DATA":
                    return
                await say(writer, {"451": "451 later", "550": "550 never"}.get(self.mood, "250 taken"))
            elif verb == "RCPT" and self.mood == "550 recipient":
                await say(writer, "550 nobody here")
            else:
                await say(writer, COMMANDS.get(verb, "500 what"))


async def say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    await writer.drain()


@asynccontextmanager
async def mail_server(mood: Mood = "well") -> AsyncIterator[MailServer]:
    here = MailServer(mood=mood)
    server = await asyncio.start_server(here.meet, "127.0.0.1", 0)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
