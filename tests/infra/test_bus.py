"""Each bus wakes other processes, not its own; it packs, reconnects, and never holds up who publishes."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from switchboard.infra import bus_incoming
from switchboard.infra.bus import Bus, Wakes, Words
from switchboard.infra.bus_company import Company
from switchboard.infra.bus_outgoing import MOST_WORDS, Outgoing
from switchboard.infra.bus_packet import LARGEST_PAYLOAD, decode, packets
from switchboard.wiring import open_bus
from tests.cast import a_cid
from tests.until import comes_true

Pairs = list[tuple[Bus, "Listener"]]


class Listener:
    def __init__(self) -> None:
        self.wakes: Wakes = []
        self.words: list[tuple[str, bytes]] = []
        self.connected = 0

    def on_connected(self) -> None:
        self.connected += 1

    def on_words(self, words: Words) -> None:
        self.words += [(topic, bytes(word)) for topic, word in words]

    async def heard(self, wake: tuple[str, int]) -> None:
        async with asyncio.timeout(5):
            while wake not in [tuple(heard) for heard in self.wakes]:
                await asyncio.sleep(0.005)


@pytest.fixture
async def buses(settings_of_bus) -> AsyncIterator[Pairs]:
    pairs = [(open_bus(settings_of_bus), Listener()) for _ in range(2)]
    for bus, listener in pairs:
        await bus.start(listener.wakes.extend, listener.on_words, listener.on_connected)
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


async def test_a_word_reaches_the_other_and_not_oneself_the_last_of_ten_milliseconds(buses: Pairs) -> None:
    (one, own), (_, other) = buses
    one.tell("agent:a:b", b'{"text":"first"}')
    await comes_true(lambda: other.words)
    for text in ("W", "Wh", 'What \u4f60 "size"?'):
        one.tell("agent:a:b", msgspec.json.encode({"text": text}))
    one.publish("log:a:b", 7)
    await other.heard(("log:a:b", 7))
    await comes_true(lambda: len(other.words) > 1)
    assert [msgspec.json.decode(word)["text"] for _, word in other.words] == ["first", 'What \u4f60 "size"?']
    assert own.words == []


async def test_words_are_dropped_beyond_their_cap_and_never_hold_up_a_wake_up(buses: Pairs) -> None:
    (one, _), (_, other) = buses
    for number in range(MOST_WORDS + 50):
        one.tell(f"agent:a:{number}", b'"' + b"x" * 3_000 + b'"')
    one.tell("agent:a:too-long", b'"' + b"x" * LARGEST_PAYLOAD + b'"')
    one.publish("log:a:b", 9)
    await other.heard(("log:a:b", 9))
    await comes_true(lambda: len(other.words) == MOST_WORDS)
    one.tell("agent:a:b", b'"after"')
    await comes_true(lambda: ("agent:a:b", b'"after"') in other.words)
    assert len(other.words) == MOST_WORDS + 1


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
    await one.start(own.wakes.extend, own.on_words, own.on_connected)
    assert one.company.is_absent
    one.publish("nobody listens", 1)
    one.tell("nobody listens", b"1")
    await two.start(other.wakes.extend, other.on_words, other.on_connected)
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
    await bus.start(listener.wakes.extend, listener.on_words, listener.on_connected)
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


def test_words_travel_behind_wakes_in_packets_of_their_own_and_an_older_release_reads_the_wakes() -> None:
    words = [(f"agent:{a_cid()}:{a_cid()}", msgspec.Raw(b'"' + b"x" * 1_500 + b'"')) for _ in range(9)]
    payloads = packets("me", [("log:a:b", 7)], words)
    assert max(len(payload.encode()) for payload in payloads) <= LARGEST_PAYLOAD
    assert sum(payload.count("agent:") for payload in payloads) == 9
    assert msgspec.json.decode(payloads[0], type=OlderPacket).wakes == [("log:a:b", 7)]
    assert decode('["me",[["log:a:b",7]]]').words == []


class OlderPacket(msgspec.Struct, array_like=True):
    """What was said and read before there were words."""

    sender: str
    wakes: Wakes
