"""The bus wakes other processes, not its own; it packs, reconnects, and never holds up who publishes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from switchboard.infra.bus import Wakes
from switchboard.infra.bus_postgres import LARGEST_PAYLOAD, PostgresBus, packets
from tests.cast import a_cid


class Listener:
    def __init__(self) -> None:
        self.wakes: Wakes = []
        self.connected = 0

    def on_connected(self) -> None:
        self.connected += 1

    async def heard(self, wake: tuple[str, int]) -> None:
        async with asyncio.timeout(5):
            while wake not in [tuple(heard) for heard in self.wakes]:
                await asyncio.sleep(0.005)


@pytest.fixture
async def buses(settings) -> AsyncIterator[list[tuple[PostgresBus, Listener]]]:
    pairs = [(PostgresBus(settings.as_app), Listener()) for _ in range(2)]
    for bus, listener in pairs:
        await bus.start(listener.wakes.extend, listener.on_connected)
    yield pairs
    for bus, _ in pairs:
        await bus.close()


async def test_a_wake_up_reaches_the_other_and_not_oneself(buses) -> None:
    (one, own), (_, other) = buses
    one.publish("log:a:b", 7)
    await other.heard(("log:a:b", 7))
    assert own.wakes == []


async def test_within_ten_milliseconds_the_highest_stands_for_all(buses) -> None:
    (one, _), (_, other) = buses
    one.publish("first", 1)
    await other.heard(("first", 1))
    for seq in (3, 9, 5):
        one.publish("log:a:b", seq)
    await other.heard(("log:a:b", 9))
    assert [list(wake) for wake in other.wakes] == [["first", 1], ["log:a:b", 9]]


async def test_after_a_lost_connection_it_listens_again_and_says_so(buses, superuser) -> None:
    (one, own), (_, other) = buses
    await superuser.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'switchboard %'"
    )
    async with asyncio.timeout(5):
        while own.connected < 2 or other.connected < 2:
            await asyncio.sleep(0.01)
    one.publish("probably lost", 1)
    await asyncio.sleep(0.05)
    one.publish("log:a:b", 8)
    await other.heard(("log:a:b", 8))


def test_packets_stay_below_the_limit_and_lose_nothing() -> None:
    wakes = [(f"log:{a_cid()}:{a_cid()}", seq) for seq in range(500)]
    payloads = packets("me", wakes)
    assert len(payloads) > 1
    assert max(len(payload.encode()) for payload in payloads) <= LARGEST_PAYLOAD
    assert sum(payload.count("log:") for payload in payloads) == 500
    assert packets("me", []) == []
