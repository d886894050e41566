"""A socket that comes back by itself until the server says not to: `widget_js/shared/socket.ts` in Python."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from switchboard.protocol import Bye, CloseCode, Command, Event, Hello, WelcomeAgent, WelcomeVisitor
from tests.chaos.answers import answered, awaited

ANSWER_WITHIN = 10.0
STEADY_AFTER = 5.0
OWN_CLOSE = 4000
REFUSALS_OF_A_BAD_TOKEN = 2
FIRST_PAUSE, LONGEST_PAUSE = 0.4, 5.0

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Event).decode


@dataclass(frozen=True, slots=True)
class Address:
    """Where a device connects, and as whom."""

    url: str
    origin: str
    hello: Hello
    headers: dict[str, str] = field(default_factory=dict)


class Line(WSListener):
    """`received` gets every event, `lost` the close code."""

    def __init__(
        self,
        address: Address,
        received: Callable[[Any], None],
        live: Callable[[], None],
        lost: Callable[[int | None], None],
        dice: random.Random,
    ) -> None:
        self._address = address
        self._received = received
        self._live = live
        self._lost = lost
        self._dice = dice
        self._loop = asyncio.get_running_loop()
        self._wire: WSTransport | None = None
        self._attempt = 0
        self._live_since: float | None = None
        self._refusals = 0
        self._asked: float | None = None
        self._deadlines: dict[object, asyncio.TimerHandle] = {}
        self._connecting: asyncio.Task[None] | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._left = False
        self.closed_for_good: int | None = None

    @property
    def is_live(self) -> bool:
        return self._live_since is not None

    @property
    def port(self) -> int | None:
        """Our end: by it a proxy knows which line is whose."""
        wire = self._wire
        return wire.underlying_transport.get_extra_info("sockname")[1] if wire else None

    def start(self) -> None:
        self._retry = None
        self._connecting = self._loop.create_task(self._connect())

    def send(self, command: Command) -> bool:
        """False when the line is down: whoever sends decides what is sent again."""
        if self._wire is None or not self.is_live:
            return False
        self._wire.send(WSMsgType.TEXT, encode(command))
        if (key := awaited(command)) is not None:
            self._expect(key)
        return True

    async def leave(self) -> None:
        self._left = True
        self._forget_deadlines()
        if self._retry is not None:
            self._retry.cancel()
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.wait([self._connecting])
        if self._wire is not None:
            self._wire.disconnect(graceful=False)
            await self._wire.wait_disconnected()

    async def _connect(self) -> None:
        self._expect("welcome")
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                _, listener = await ws_connect(
                    lambda: self,
                    self._address.url,
                    extra_headers={"origin": self._address.origin, **self._address.headers},
                    websocket_handshake_timeout=ANSWER_WITHIN,
                )
        except Exception:  # whatever picows, the system or the server had against it: a browser sees a close as well
            listener = None
        # picows raises nothing when the line dies before the answer to the handshake: it returns no listener.
        if listener is None and self._wire is None:
            self._ended(None)

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._wire = transport
        transport.send(WSMsgType.TEXT, encode(self._address.hello))

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if transport is not self._wire:
            return
        if frame.msg_type == WSMsgType.TEXT:
            self._hear(decode(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if transport is self._wire:
            handshake = transport.close_handshake
            code: Any = handshake.recv.code if handshake and handshake.recv else None
            self._ended(None if code is None else int(code))

    def _hear(self, event: Any) -> None:
        if (key := answered(event)) is not None:
            self._arrived(key)
        if isinstance(event, WelcomeVisitor | WelcomeAgent):
            self._arrived("welcome")
            self._refusals = 0
            self._live_since = self._loop.time()
            self._live()
        if isinstance(event, Bye):
            self._asked = event.retry_ms / 1_000
        self._received(event)

    def _ended(self, code: int | None) -> None:
        self._wire = None
        self._forget_deadlines()
        was_live_since, self._live_since = self._live_since, None
        if self._left:
            return
        if was_live_since is not None:
            self._lost(code)
        if self._is_final(code):
            self.closed_for_good = code
            return
        if was_live_since is not None and self._loop.time() - was_live_since >= STEADY_AFTER:
            self._attempt = 0
        self._retry = self._loop.call_later(self._pause(), self.start)

    def _pause(self) -> float:
        """As long as the server asked for, once; else full jitter (`backoff.ts`)."""
        asked, self._asked = self._asked, None
        if asked is not None:
            return asked
        bound = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._attempt, 16))
        self._attempt += 1
        return self._dice.random() * bound

    def _is_final(self, code: int | None) -> bool:
        if code == CloseCode.BAD_TOKEN:
            self._refusals += 1
            return self._refusals >= REFUSALS_OF_A_BAD_TOKEN
        return code is not None and CloseCode.BAD_FRAME <= code < 4600

    def _drop(self) -> None:
        """The line seems dead: come back without waiting for the closing handshake."""
        self._forget_deadlines()
        if self._wire is not None:
            wire = self._wire
            self._ended(OWN_CLOSE)
            wire.disconnect(graceful=False)

    def _expect(self, key: object) -> None:
        if key not in self._deadlines:
            self._deadlines[key] = self._loop.call_later(ANSWER_WITHIN, self._drop)

    def _arrived(self, key: object) -> None:
        if (timer := self._deadlines.pop(key, None)) is not None:
            timer.cancel()

    def _forget_deadlines(self) -> None:
        for timer in self._deadlines.values():
            timer.cancel()
        self._deadlines.clear()
