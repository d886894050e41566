"""What travels on a bus: JSON packets of at most 4 KB, because NOTIFY limits a payload to 8,000 bytes.

Wakes say that something has grown; a comparison finds what was lost. Words are frames for sockets of other processes, true for
a moment only: nobody finds a lost one, and a new word on a topic stands for those before it (docs/decisions/0013).
"""

import msgspec

Wakes = list[tuple[str, int]]
Words = list[tuple[str, msgspec.Raw]]
CHANNEL = "switchboard"
LARGEST_PAYLOAD = 4_000
_AROUND = 40  # brackets and the sender


class Packet(msgspec.Struct, array_like=True):
    """Who sent it, what woke, and words; empty it says that the sender listens from now on. Older releases send no words."""

    sender: str
    wakes: Wakes
    words: Words = []


decode = msgspec.json.Decoder(Packet).decode


def hello(sender: str) -> str:
    """The first word of who listens."""
    return _encoded(Packet(sender, []))


def fits(topic: str, word: bytes) -> bool:
    """A word is never cut: what does not fit in a packet of its own does not travel."""
    return _cost(topic) + len(word) <= LARGEST_PAYLOAD - _AROUND


def packets(sender: str, wakes: Wakes, words: Words | None = None) -> list[str]:
    """Payloads of at most 4 KB each; wakes first: what can be missed must not delay what counts. Each word `fits`."""
    found: list[Packet] = []
    size = LARGEST_PAYLOAD
    for wake in wakes:
        size += _cost(wake[0])
        if size > LARGEST_PAYLOAD:
            found.append(Packet(sender, []))
            size = _AROUND + _cost(wake[0])
        found[-1].wakes.append(wake)
    for topic, word in words or []:
        size += _cost(topic) + len(bytes(word))
        if size > LARGEST_PAYLOAD:
            found.append(Packet(sender, [], []))
            size = _AROUND + _cost(topic) + len(bytes(word))
        found[-1].words.append((topic, word))
    return [_encoded(packet) for packet in found]


def _cost(topic: str) -> int:
    return len(topic) + 24


def _encoded(packet: Packet) -> str:
    return msgspec.json.encode(packet).decode()
