"""Frames that no client of ours would send, from a seed: broken JSON, wrong types, hostile values, broken WebSocket framing."""

import json
import random
import struct
import zlib
from collections.abc import Sequence
from typing import Any, get_args
from uuid import UUID

import msgspec

from switchboard.protocol import Command, Forget

TEXT, BINARY, CONTINUED = 1, 2, 0
# Forget has no field that could be wrong, and whoever says it is let in no more: it would end the attack.
KINDS = [msgspec.inspect.type_info(kind) for kind in get_args(Command) if kind is not Forget]
WEIRD: list[Any] = [
    *(None, True, False, 0, -1, 2**31, 2**53 + 1, -(2**63), 2**64, 10**400, 1e308, -0.0, float("nan"), float("inf"), 1.5),
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\udfff\ud800",
        "\u202e",
        "x" * 8_001,
        "x" * 200_000,
        "../../etc",
        "' or 1=1 --",
        "{}",
        "[]",
    ),
    *([], {}, [[]], {"": ""}, {"t": "say"}, {"kind": "ended"}, {"kind": "text"}, {"kind": "text", "text": 1}, ["text"]),
]
BROKEN = [
    *("", " ", "{", "}", "[]", "null", "0", '"', "{}", '{"t":', '{"t":"say"', '{"t":"look"}{"t":"look"}', "\ufeff{}", "NaN"),
    *(
        '{"t":1}',
        '{"t":null}',
        '{"t":"nothing"}',
        '{"t":"welcome_agent"}',
        '{"t":"look","t":"say"}',
        '{"t":"look",}',
        "{'t':'look'}",
    ),
    *(
        '{"t":"look","more":1}',
        '{"t":"\\ud800"}',
        '{"t":"look\\u0000"}',
        '{"T":"look"}',
        "-",
        "1e999",
        '{"t":"mark","delivered":1e2}',
    ),
]

BOMB = zlib.compress(bytes(20 << 20))[2:-4]


class Frames:
    """`chats` and `cids`: ids that mean something to the server, own and foreign."""

    def __init__(self, dice: random.Random, chats: Sequence[UUID], cids: Sequence[UUID]) -> None:
        self._dice = dice
        self._ids = [*(str(chat) for chat in chats), *(str(cid) for cid in cids)]

    def next(self) -> list[bytes]:
        """One message as the bytes of its frames on the wire."""
        make = self._dice.choices(
            [self._command, self._mutated, self._broken, self._deep, self._large, self._bytes, self._fragments, self._framing],
            [60, 40, 12, 5, 1, 6, 8, 5],
        )[0]
        return make()

    def _command(self) -> list[bytes]:
        return [frame(_dumped(self._fields(self._dice.choice(KINDS))))]

    def _mutated(self) -> list[bytes]:
        fields = self._fields(self._dice.choice(KINDS))
        for _ in range(self._dice.randint(1, 3)):
            key = self._dice.choice([*fields, "unknown"])
            if self._dice.random() < 0.2:
                fields.pop(key, None)
            else:
                fields[key] = self._dice.choice([*WEIRD, *self._ids])
        return [frame(_dumped(fields))]

    def _broken(self) -> list[bytes]:
        whole = _dumped(self._fields(self._dice.choice(KINDS)))
        return [frame(self._dice.choice([*(text.encode() for text in BROKEN), whole[: self._dice.randrange(len(whole))]]))]

    def _deep(self) -> list[bytes]:
        depth = self._dice.choice([50, 1_000, 5_000, 100_000])
        opened, closed = self._dice.choice([(b"[", b"]"), (b'{"a":', b"}"), (b'{"t":"say","body":', b"}")])
        return [frame(self._dice.choice([b"", b'{"t":"look","x":', b'{"x":']) + opened * depth + b"1" + closed * depth)]

    def _large(self) -> list[bytes]:
        size = self._dice.choice([(1 << 20) - 100, 1 << 20, (1 << 20) + 1, 10 << 20])
        return [frame(b'{"t":"look","x":"' + b"x" * size + b'"}', self._dice.choice([TEXT, BINARY]))]

    def _bytes(self) -> list[bytes]:
        return [
            frame(self._dice.randbytes(self._dice.choice([0, 1, 2, 10, 125, 126, 5_000])), self._dice.choice([TEXT, BINARY]))
        ]

    def _fragments(self) -> list[bytes]:
        whole = _dumped(self._fields(self._dice.choice(KINDS)))
        cuts = sorted(self._dice.randrange(len(whole) + 1) for _ in range(self._dice.randint(1, 6)))
        parts = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
        last = len(parts) - (0 if self._dice.random() < 0.1 else 1)  # sometimes it never ends
        return [frame(part, CONTINUED if place else TEXT, is_last=place == last) for place, part in enumerate(parts)]

    def _framing(self) -> list[bytes]:
        good = _dumped({"t": "look"})
        squeezed = zlib.compress(good * 1_000)[2:-4]
        return [
            self._dice.choice(
                [
                    frame(good, opcode=self._dice.choice([3, 7, 11, 15])),
                    frame(good, reserved=self._dice.choice([1, 2, 3])),
                    frame(squeezed[:20], reserved=4),
                    frame(BOMB, reserved=4),
                    frame(good, is_masked=False),
                    frame(good, CONTINUED),
                    frame(good, TEXT, is_last=False) + frame(good, TEXT),
                    frame(b"x" * 126, opcode=9),
                    frame(b"x", opcode=9, is_last=False),
                    frame(b"", opcode=10),
                    frame(b"\x03", opcode=8),
                    frame(struct.pack("!H", self._dice.choice([0, 999, 1004, 1005, 1006, 1015, 2999, 5000])), opcode=8),
                    frame(struct.pack("!H", 1000) + b"\xff\xfe", opcode=8),
                    b"\x81\xff" + struct.pack("!Q", 1 << 63) + b"mask" + good,
                    b"GET / HTTP/1.1\r\n\r\n",
                ]
            )
        ]

    def _fields(self, kind: Any) -> dict[str, Any]:
        fields = {field.encode_name: self._value(field.type) for field in kind.fields}
        return {kind.tag_field: kind.tag, **fields}

    def _value(self, wanted: Any) -> Any:
        match wanted:
            case msgspec.inspect.UUIDType():
                return self._dice.choice([*self._ids, str(UUID(int=self._dice.getrandbits(128)))])
            case msgspec.inspect.IntType():
                return self._dice.choice([0, 1, 3, 10**6, -1, 2**31, 2**63 - 1])
            case msgspec.inspect.StructType():
                return self._fields(wanted)
            case msgspec.inspect.UnionType(types=types):
                return self._value(self._dice.choice(types))
            case msgspec.inspect.NoneType():
                return None
            case msgspec.inspect.EnumType(cls=cls):
                return self._dice.choice([member.value for member in cls])
            case _:
                return self._dice.choice(["hello", "x" * 119, "😀" * 20, " ", "a\0b", "\ud800", "x" * 9_000])


def frame(payload: bytes, opcode: int = TEXT, *, is_last: bool = True, reserved: int = 0, is_masked: bool = True) -> bytes:
    """One frame of RFC 6455. The mask is zero, which leaves the payload as it is."""
    head = bytes([(0x80 if is_last else 0) | (reserved << 4) | opcode])
    bit, size = (0x80 if is_masked else 0), len(payload)
    if size < 126:
        head += bytes([bit | size])
    elif size < 1 << 16:
        head += bytes([bit | 126]) + struct.pack("!H", size)
    else:
        head += bytes([bit | 127]) + struct.pack("!Q", size)
    return head + (b"\0\0\0\0" if is_masked else b"") + payload


def _dumped(value: Any) -> bytes:
    """With what JSON does not know, too: NaN, Infinity, lone surrogates as escapes."""
    return json.dumps(value).encode()
