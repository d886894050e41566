"""Each bus wakes other processes, not its own; it packs, reconnects, and never holds up who publishes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from switchboard.infra import bus_incoming
from switchboard.infra.bus import Bus, Wakes
from switchboard.infra.bus_company import Company
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.infra.bus_packet import LARGEST_PAYLOAD, packets
from switchboard.wiring import open_bus
from tests.cast import a_cid
from tests.until import comes_true

Pairs = list[tuple[Bus, "Listener"]]


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
async def buses(settings_of_bus) -> AsyncIterator[Pairs]:
    pairs = [(open_bus(settings_of_bus), Listener()) for _ in range(2)]
    for bus, listener in pairs:
        await bus.start(listener.wakes.extend, listener.on_connected)
    await comes_true(lambda: not any(bus.company.is_absent for bus, _ in pairs))
    yield pairs
    for bus, _ in pairs:
        await bus.close()


async def test_a_wake_up_reaches_the_other_and_not_oneself(buses: Pairs) -> None:
    (one, own), (_, other) = buses
    one.publish("log:a:b", 7)
    await other.heard(("log:a:b", 7))
    assert own.wakes == []


async def test_within_ten_milliseconds_the_highest_stands_for_all(buses: Pairs) -> None:
    (one, _), (_, other) = buses
    one.publish("first", 1)
    await other.heard(("first", 1))
    for seq in (3, 9, 5):
        one.publish("log:a:b", seq)
    await other.heard(("log:a:b", 9))
    assert [list(wake) for wake in other.wakes] == [["first", 1], ["log:a:b", 9]]


async def test_what_waits_is_sent_before_it_closes(buses: Pairs) -> None:
    (one, _), (_, other) = buses
    for number in range(300):
        one.publish(f"log:a:{number}", number)
    await one.close()
    await other.heard(("log:a:299", 299))
    assert (one.is_connected, len(other.wakes)) == (False, 300)


async def test_what_is_not_ours_on_the_channel_ends_nothing(buses: Pairs, say_on_channel) -> None:
    (one, _), (_, other) = buses
    for noise in ("not json", '["x"]', '["x",[["log:a:b","7"]]]', "[]"):
        await say_on_channel(noise)
    one.publish("log:a:b", 8)
    await other.heard(("log:a:b", 8))
    assert other.connected == 1


async def test_after_a_lost_connection_it_listens_again_and_says_so(buses: Pairs, kill_connections) -> None:
    (one, own), (_, other) = buses
    await kill_connections()
    async with asyncio.timeout(5):
        while own.connected < 2 or other.connected < 2:
            await asyncio.sleep(0.01)
    one.publish("log:a:b", 8)
    await other.heard(("log:a:b", 8))


async def test_alone_it_sends_nothing_until_somebody_else_listens(settings_of_bus, monkeypatch) -> None:
    sent: list[str] = []
    publish = Outgoing.publish

    def noted(outgoing: Outgoing, topic: str, seq: int) -> None:
        sent.append(topic)
        publish(outgoing, topic, seq)

    monkeypatch.setattr(Outgoing, "publish", noted)
    (one, own), (two, other) = [(open_bus(settings_of_bus), Listener()) for _ in range(2)]
    await one.start(own.wakes.extend, own.on_connected)
    assert one.company.is_absent
    one.publish("nobody listens", 1)
    await two.start(other.wakes.extend, other.on_connected)
    await comes_true(lambda: not one.company.is_absent)
    assert not two.company.is_absent
    one.publish("log:a:b", 2)
    await other.heard(("log:a:b", 2))
    assert (own.wakes, sent) == ([], ["log:a:b"])
    await two.close()
    await one.close()


async def test_who_hears_nothing_does_not_take_itself_for_alone(settings_of_bus, kill_connections, monkeypatch) -> None:
    monkeypatch.setattr(bus_incoming, "RECONNECT_AFTER", 3600)
    bus, listener = open_bus(settings_of_bus), Listener()
    await bus.start(listener.wakes.extend, listener.on_connected)
    assert bus.company.is_absent
    await kill_connections()
    await comes_true(lambda: not bus.is_connected)
    assert not bus.company.is_absent
    await bus.close()


async def test_a_newcomer_that_speaks_up_during_the_count_is_not_forgotten() -> None:
    company = Company()

    async def stale() -> int:
        company.spoke()
        return 1

    await company.count(stale)
    assert not company.is_absent


def test_packets_stay_below_the_limit_and_lose_nothing() -> None:
    wakes = [(f"log:{a_cid()}:{a_cid()}", seq) for seq in range(500)]
    payloads = packets("me", wakes)
    assert len(payloads) > 1
    assert max(len(payload.encode()) for payload in payloads) <= LARGEST_PAYLOAD
    assert sum(payload.count("log:") for payload in payloads) == 500
    assert packets("me", []) == []
