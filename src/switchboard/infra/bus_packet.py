"""What travels on a bus: JSON packets of at most 4 KB, because NOTIFY limits a payload to 8,000 bytes."""

import msgspec

Wakes = list[tuple[str, int]]
CHANNEL = "switchboard"
LARGEST_PAYLOAD = 4_000


class Packet(msgspec.Struct, array_like=True):
    """Who sent it, and what woke; without wakes it says that the sender listens from now on."""

    sender: str
    wakes: Wakes


decode = msgspec.json.Decoder(Packet).decode


def hello(sender: str) -> str:
    """The first word of who listens."""
    return _encoded(sender, [])


def packets(sender: str, wakes: Wakes) -> list[str]:
    """Payloads of at most 4 KB each."""
    found: list[str] = []
    part: Wakes = []
    size = 0
    for wake in wakes:
        cost = len(wake[0]) + 24
        if part and size + cost > LARGEST_PAYLOAD - 40:
            found.append(_encoded(sender, part))
            part, size = [], 0
        part.append(wake)
        size += cost
    return [*found, _encoded(sender, part)] if part else found


def _encoded(sender: str, wakes: Wakes) -> str:
    return msgspec.json.encode(Packet(sender, wakes)).decode()
