"""Breaks things while a message is unacknowledged, and mends them. What it breaks, and when it works again, is noted."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from tests.chaos import history
from tests.chaos.crowd import Crowd
from tests.chaos.device import Device
from tests.chaos.flight import Flight
from tests.chaos.history import History
from tests.chaos.parts import EndedError, Part
from tests.chaos.proxy import Pipe
from tests.chaos.town import valkey_says
from tests.chaos.waiting import until

EVERYBODY = ["*"]
COMMITTED_WITHIN = 10.0
BLOW_WITHIN = 60.0
MOST_STARTS = 20
LONGEST_STALL = 2.0
LONGEST_PEACE = 0.8
CALM = 0.6
"""How often a blow waits until the webs are back; otherwise it falls on what is already broken."""

Blow = Callable[[], Awaitable[None]]


class Wrath(NamedTuple):
    """How many blows of each kind. `buses`: the bus killed and started, and its subscriptions killed."""

    kills: int
    restarts: int
    cuts: int
    stalls: int
    buses: int


class Nemesis:
    """Each blow waits until it hurts. Webs are mended beside it, everything else before the blow returns."""

    def __init__(self, crowd: Crowd, flight: Flight, notes: History, dice: random.Random) -> None:
        self._crowd = crowd
        self._town = crowd.town
        self._flight = flight
        self._notes = notes
        self._dice = dice
        self._mending: dict[str, asyncio.Task[None]] = {}

    async def strike(self, wrath: Wrath) -> None:
        """In any order; returns when everything works again. Raises TimeoutError when nobody is acknowledged any more."""
        blows: list[Blow] = []
        blows += [self.kill_web] * wrath.kills + [self.restart_postgres] * wrath.restarts
        blows += [self.stall_postgres] * wrath.stalls
        blows += [self.cut_line] * (wrath.cuts - wrath.cuts // 4) + [self.cut_before_the_ack] * (wrath.cuts // 4)
        buses = {"valkey": [self.restart_valkey, self.kill_pubsub], "postgres": [self.kill_listeners]}
        blows += buses[self._town.bus] * wrath.buses
        self._dice.shuffle(blows)
        for blow in blows:
            if self._dice.random() < CALM:
                await self.mended()
            async with asyncio.timeout(BLOW_WITHIN):
                await blow()
            await asyncio.sleep(self._dice.uniform(0, LONGEST_PEACE))
        await self.mended()

    async def mended(self) -> None:
        await asyncio.gather(*self._mending.values())

    async def kill_web(self) -> None:
        """kill -9 of a web that has a message of somebody in its hands."""

        def in_its_hands(_cid: UUID, device: str) -> bool:
            return (web := self._web_of(self._crowd.devices[device])) is not None and self._is_up(web)

        cids = await self._flight.some(in_its_hands)
        web = self._web_of(self._crowd.devices[self._flight.flying[self._dice.choice(cids)]])
        assert web is not None
        self._break(
            "kill web", web.name, self._flight.those(lambda _, device: self._web_of(self._crowd.devices[device]) is web)
        )
        web.kill()
        self._mending[web.name] = asyncio.create_task(self._start_again(web))

    async def restart_postgres(self) -> None:
        """An immediate shutdown: every connection dies, nothing is written any more, the next start recovers."""
        unacked = await self._flight.some()
        self._break("restart postgres", "postgres", unacked, EVERYBODY)
        self._town.postgres.kill(signal.SIGQUIT)
        await self._town.postgres.gone()
        await self._town.postgres.start()
        self._mend("restart postgres", "postgres")

    async def stall_postgres(self) -> None:
        """The network to Postgres takes no byte for a while."""
        unacked = await self._flight.some()
        self._break("stall postgres", "postgres", unacked, EVERYBODY)
        self._town.to_postgres.stall()
        await asyncio.sleep(self._dice.uniform(0.2, LONGEST_STALL))
        self._town.to_postgres.flow()
        self._mend("stall postgres", "postgres")

    async def restart_valkey(self) -> None:
        """kill -9, and it comes back empty. Excuses nothing: what it would have woken is found by comparison."""
        unacked = await self._flight.some()
        self._break("restart valkey", "valkey", unacked)
        self._town.valkey.kill()
        await self._town.valkey.gone()
        await self._town.valkey.start()
        self._mend("restart valkey", "valkey")

    async def kill_pubsub(self) -> None:
        """Every subscription is ended from Valkey's side."""
        unacked = await self._flight.some()
        self._break("kill pubsub", "valkey", unacked)
        killed = await valkey_says(self._town.valkey.port, "CLIENT KILL TYPE pubsub")
        assert killed.startswith(b":"), killed
        self._mend("kill pubsub", "valkey")

    async def kill_listeners(self) -> None:
        """The connections of a bus on LISTEN/NOTIFY are ended from Postgres' side."""
        unacked = await self._flight.some()
        self._break("kill listeners", "postgres", unacked)
        async with self._town.superuser() as connection:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'switchboard %'"
            )
        self._mend("kill listeners", "postgres")

    async def cut_line(self) -> None:
        """The sender's socket is reset while it waits for an ack, which may be on its way."""
        _, device, pipe = await self._somebody_sending()
        self._break("cut", device.name, self._flight.those(lambda _, name: name == device.name))
        pipe.cut()
        self._mend("cut", device.name)

    async def cut_before_the_ack(self) -> None:
        """The message is stored, the ack never arrives: the device sends what the server already has."""
        cid, device, pipe = await self._somebody_sending()
        pipe.stall("down")
        async with self._town.superuser() as connection:

            async def is_stored() -> bool:
                # Its line may have died of something else, and the message may be on another: then it hurts less.
                stored = await connection.fetchval("select count(*) from message where cid = $1", cid)
                return stored > 0 or self._flight.flying.get(cid) != device.name

            await until(is_stored, COMMITTED_WITHIN)
        if unacked := self._flight.those(lambda _, name: name == device.name):
            self._break("cut before the ack", device.name, unacked)
            self._mend("cut before the ack", device.name)
        pipe.cut()
        if not unacked:
            await self.cut_before_the_ack()

    def _break(self, name: str, target: str, unacked: list[UUID], blinds: list[str] | None = None) -> None:
        self._notes.note(history.Fault(name=name, target=target, unacked=unacked, blinds=blinds or []))

    def _mend(self, name: str, target: str) -> None:
        self._notes.note(history.Healed(name=name, target=target))

    async def _start_again(self, web: Part) -> None:
        await web.gone()
        for _ in range(MOST_STARTS):
            # As a supervisor does: one that finds no database ends, and is started again.
            with suppress(EndedError):
                await web.start()
                self._mend("kill web", web.name)
                return
        raise EndedError(f"{web.name} does not start:\n{web.log()[-3000:]}")

    def _is_up(self, web: Part) -> bool:
        return web.name not in self._mending or self._mending[web.name].done()

    def _web_of(self, device: Device) -> Part | None:
        pipe = self._pipe_of(device)
        return next((web for web in self._town.webs if pipe and web.port == pipe.target), None)

    async def _somebody_sending(self) -> tuple[UUID, Device, Pipe]:
        """A message that flies now, its device, and the connection on which it does."""

        def on_a_line(_cid: UUID, device: str) -> bool:
            return self._pipe_of(self._crowd.devices[device]) is not None

        cid = self._dice.choice(await self._flight.some(on_a_line))
        device = self._crowd.devices[self._flight.flying[cid]]
        pipe = self._pipe_of(device)
        assert pipe is not None
        return cid, device, pipe

    def _pipe_of(self, device: Device) -> Pipe | None:
        return self._town.balancer.pipe_of(device.line.port)
