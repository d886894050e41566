"""Who chats: visitors with two tabs each, Alice, Ben and Cara with two devices each; Gil, who must see nothing."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from switchboard.customers.actions import welcome
from switchboard.infra.ids import new_id
from switchboard.protocol import Answer, Hello, Open, Opened, Side, Status
from tests.chaos.device import Device
from tests.chaos.history import History
from tests.chaos.line import Address
from tests.chaos.outbox import Store
from tests.chaos.town import Town
from tests.chaos.waiting import until

AGENTS = ("Alice", "Ben", "Cara")
PATIENCE = 30.0
E_ = TypeVar("E_")


@dataclass
class Crowd:
    """Devices by name, and which of them follow which chat."""

    town: Town
    notes: History
    dice: random.Random
    devices: dict[str, Device] = field(default_factory=dict)
    chats: dict[UUID, list[Device]] = field(default_factory=dict)
    _agents: dict[str, list[Device]] = field(default_factory=dict)

    async def arrive(self, agents: Iterable[str] = AGENTS) -> None:
        """Agents at their devices, and Gil at his."""
        for name in agents:
            cookie = await self.town.cast.cookie(name)
            self._agents[name] = [self._agent(f"{name} {place}", "acme", cookie) for place in ("desk", "phone")]
        self._agent("Gil desk", "globex", await self.town.cast.cookie("Gil"))
        await self.all_live()

    async def open_chats(self, count: int, tabs: int = 2) -> None:
        """Each by a visitor of its own, answered by the agents in turn, followed on all their devices."""
        for number in range(count):
            name = f"Vera{number + 1}"
            visitor = await self.visitor(name, tabs)
            agents = list(self._agents.values())[number % len(self._agents)]
            await self._start_chat(visitor, agents)

    async def visitor(self, name: str, tabs: int = 1) -> list[Device]:
        """A new visitor, whose tabs share one store."""
        (token,) = await self.tokens(1)
        store: Store = {}
        devices = [self.tab(f"{name} tab{place + 1}", token, store) for place in range(tabs)]
        await self._live(devices)
        return devices

    async def tokens(self, count: int) -> list[str]:
        """Made by the action itself: a thousand visitors from one address would be too many for the page's limit."""
        assert self.town.database is not None
        async with self.town.database.tenant_tx(self.town.cast.acme.tenant_id, "chaos") as tx:
            return [welcome(tx) for _ in range(count)]

    def tab(self, name: str, token: str, store: Store) -> Device:
        """A visitor's tab that starts to connect."""
        there = self.town.cast.acme.room_token
        address = Address(f"{self._wire}/c/{there}/socket", self.town.origin, Hello(token=token))
        return self._device(name, Side.VISITOR, address, store)

    async def all_live(self) -> None:
        await self._live(list(self.devices.values()))

    async def leave(self) -> None:
        await asyncio.gather(*(device.leave() for device in self.devices.values()))

    async def _start_chat(self, visitor: list[Device], agents: list[Device]) -> None:
        cid = new_id()
        await _got(visitor[0], Status, lambda status: status.online)
        visitor[0].line.send(Open(cid=cid, name=visitor[0].name, question="Does an M fit me?"))
        opened = await _got(visitor[0], Opened, lambda opened: opened.cid == cid)
        agents[0].line.send(Answer(chat=opened.chat))
        async with self.town.superuser() as connection:

            async def is_answered() -> bool:
                return await connection.fetchval("select status = 'active' from chat where id = $1", opened.chat)

            await until(is_answered, PATIENCE)
        self.chats[opened.chat] = [*visitor, *agents]
        for device in self.chats[opened.chat]:
            device.follow(opened.chat)

        async def have_read() -> bool:
            return all(device.following.logs[opened.chat].last >= 2 for device in self.chats[opened.chat])

        await until(have_read, PATIENCE)

    @property
    def _wire(self) -> str:
        return self.town.origin.replace("http", "ws", 1)

    def _agent(self, name: str, slug: str, cookie: str) -> Device:
        address = Address(f"{self._wire}/console/{slug}/socket", self.town.origin, Hello(), {"cookie": f"sb_session={cookie}"})
        return self._device(name, Side.AGENT, address, {})

    def _device(self, name: str, side: Side, address: Address, store: Store) -> Device:
        device = Device(name, side, address, self.notes, random.Random(self.dice.random()), store)
        self.devices[name] = device
        device.line.start()
        return device

    async def _live(self, devices: list[Device]) -> None:
        async def are() -> bool:
            return all(device.line.is_live for device in devices)

        await until(are, PATIENCE)


async def _got(device: Device, kind: type[E_], where: Callable[[E_], bool] = lambda _: True) -> E_:
    def found() -> E_ | None:
        return next((event for event in device.events if isinstance(event, kind) and where(event)), None)

    async def has() -> bool:
        return found() is not None

    await until(has, PATIENCE)
    event = found()
    assert event is not None
    return event
