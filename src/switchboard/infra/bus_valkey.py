"""The bus on Valkey or Redis pub/sub: nothing is stored there, so it may be restarted, flushed or lost at any time."""

import asyncio
import time
from typing import Any

from valkey.asyncio import Valkey
from valkey.asyncio.retry import Retry
from valkey.backoff import NoBackoff

from switchboard.infra.bus import OnConnected, OnWakes
from switchboard.infra.bus_company import COUNTED_EVERY_S, Company
from switchboard.infra.bus_incoming import Heard, Incoming
from switchboard.infra.bus_outgoing import Outgoing
from switchboard.infra.bus_packet import CHANNEL, hello
from switchboard.infra.ids import new_token

SLOWEST_S = 3.0
ASKED_EVERY_S = 5.0


class ValkeyBus:
    """See `infra.bus.Bus`. `url`: valkey://, valkeys://, redis:// or rediss://."""

    def __init__(self, url: str) -> None:
        self._client = _client(url)
        self._me = new_token()[:12]
        self.company = Company()
        self._incoming = Incoming(self._me, self.company, self._listen)
        self._outgoing = Outgoing(self._me, self._publish)

    @property
    def is_connected(self) -> bool:
        return self._incoming.is_connected

    async def start(self, on_wakes: OnWakes, on_connected: OnConnected) -> None:
        await self._incoming.start(on_wakes, on_connected)

    def publish(self, topic: str, seq: int = 0) -> None:
        if not self.company.is_absent:
            self._outgoing.publish(topic, seq)

    async def close(self) -> None:
        await self._outgoing.close()
        await self._incoming.close()
        await self._client.aclose()

    async def _publish(self, payloads: list[str]) -> None:
        async with asyncio.timeout(SLOWEST_S), self._client.pipeline(transaction=False) as pipeline:
            for payload in payloads:
                pipeline.publish(CHANNEL, payload)
            await pipeline.execute()

    async def _listen(self, heard: Heard, ready: OnConnected) -> None:
        # A new one each time: one that is kept connects and subscribes again by itself, and nobody hears of the gap.
        pubsub: Any = self._client.pubsub()
        try:
            async with asyncio.timeout(SLOWEST_S):
                await pubsub.subscribe(CHANNEL)
                await pubsub.get_message(timeout=None)
                await self._client.publish(CHANNEL, hello(self._me))
            counted = await self._count()
            ready()  # by now the others have heard of us; what they did not send before, the comparison finds
            while True:
                if time.monotonic() - counted > COUNTED_EVERY_S:
                    counted = await self._count()
                message = await pubsub.get_message(timeout=ASKED_EVERY_S) or await _asked(pubsub)
                if message["type"] == "message":
                    heard(message["data"])
        finally:
            await pubsub.aclose()

    async def _count(self) -> float:
        """When that was."""

        async def listeners() -> int:
            [[_, found]] = await self._client.pubsub_numsub(CHANNEL)
            return found

        async with asyncio.timeout(SLOWEST_S):
            await self.company.count(listeners)
        return time.monotonic()


async def server_version(url: str) -> str:
    """For the doctor. Raises what the client raises when the server does not answer."""
    client = _client(url)
    try:
        found: dict[str, Any] = await client.info("server")
    finally:
        await client.aclose()
    return f"Valkey {found['valkey_version']}" if "valkey_version" in found else f"Redis {found['redis_version']}"


async def _asked(pubsub: Any) -> dict[str, Any]:
    """A server that went away without a word closes nothing: ask, or listen to silence for ever."""
    await pubsub.ping()
    message = await pubsub.get_message(timeout=SLOWEST_S)
    if message is None:
        raise TimeoutError("no answer to PING")
    return message


def _client(url: str) -> Any:
    # socket_timeout limits the answers to commands; every read of the subscription brings its own limit, which goes before.
    return Valkey.from_url(
        url,
        client_name="switchboard",
        socket_timeout=SLOWEST_S,
        socket_connect_timeout=SLOWEST_S,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
    )
