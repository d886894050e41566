"""One agent at the consoles of many tenants, and visitors in all their rooms: a driver for chatbench made of drivers."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg

from bench.chatbench_driver import ANY_NUMBER, Conversation, Driver
from bench.doors import Doors
from bench.generator import Base
from bench.stack import PASSWORD, Stack

CONNECTING_AT_ONCE = 16


class Chat(NamedTuple):
    """A conversation and the driver it belongs to."""

    driver: Driver
    conversation: Conversation


class Tenants(Base):
    """Chats go round the tenants. The same person is the agent of all, signed in once."""

    label = "switchboard"

    def __init__(self, stack: Stack, addresses: Sequence[tuple[str, str]], cookie: str) -> None:
        super().__init__({})
        common = {"url": stack.url, "cookie": cookie, "agents": f"{stack.emails[0]}:{PASSWORD}"}
        self._drivers = [Driver({**common, "slug": slug, "room": room}) for slug, room in addresses]
        for driver in self._drivers:
            driver.deliver = lambda text: self.deliver(text)

    async def setup(self, n: int) -> None:
        """An agent at every console."""
        places = asyncio.Semaphore(CONNECTING_AT_ONCE)

        async def arrive(driver: Driver) -> None:
            async with places:
                await driver.setup(1)

        await asyncio.gather(*(arrive(driver) for driver in self._drivers))

    async def start_chat(self, i: int) -> Chat:
        driver = self._drivers[i % len(self._drivers)]
        return Chat(driver, await driver.start_chat(i // len(self._drivers)))

    async def send(self, chat: Chat, text: str) -> None:
        await chat.driver.send(chat.conversation, text)

    async def close(self) -> None:
        """One tenant after the other: everybody at once would be another measurement."""
        for driver in self._drivers:
            await driver.close()


async def addresses(administrator: str) -> list[tuple[str, str]]:
    """(slug, room token) of every tenant. From now on their agents hold any number of chats."""
    connection: Any = await asyncpg.connect(administrator)
    try:
        await connection.execute("update presence set capacity = $1", ANY_NUMBER)
        found = await connection.fetch("select t.slug, r.token from tenant t join room r on r.tenant_id = t.id order by t.id")
    finally:
        await connection.close()
    return [(slug, token) for slug, token in found]


async def signed_in(stack: Stack) -> str:
    """The agent's cookie."""
    async with Doors(stack.url) as doors:
        return await doors.sign_in(stack.emails[0], PASSWORD)
