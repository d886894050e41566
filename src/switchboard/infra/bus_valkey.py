"""The bus on Valkey or Redis pub/sub: nothing is stored there, so it may be restarted, flushed or lost at any time."""

import asyncio
import logging
import time
from typing import Any

from valkey.asyncio import Valkey
from valkey.asyncio.retry import Retry
from valkey.backoff import NoBackoff

from switchboard.infra.bus_company import COUNTED_EVERY_S, Company
from switchboard.infra.bus_incoming import Heard, Ready
from switchboard.infra.bus_packet import CHANNEL

# The client notes what it hears, and a word is what somebody is writing: it must not be in a log at any level.
logging.getLogger("push_response").setLevel(logging.WARNING)

SLOWEST_S = 3.0
ASKED_EVERY_S = 5.0


class ValkeyLink:
    """See `infra.bus.Link`. `url`: valkey://, valkeys://, redis:// or rediss://.

    Speaks RESP3, in which who subscribes may also publish: the answer, the number of those who heard it, comes on the same
    connection as what others say, in order.
    """

    def __init__(self, url: str) -> None:
        # Every wait here has its own limit: the client's would be one more task for each packet.
        self._pool = _client(url, protocol=3, socket_timeout=None).connection_pool
        self._connection: Any = None

    async def listen(self, hello: str, company: Company, heard: Heard, ready: Ready) -> None:
        connection: Any = self._pool.make_connection()
        try:
            async with asyncio.timeout(SLOWEST_S):
                await connection.connect()
                await connection.send_command("SUBSCRIBE", CHANNEL)
                await connection.send_command("PUBLISH", CHANNEL, hello)
                while not isinstance(answer := await _next(connection, SLOWEST_S), int):
                    pass
            company.counted(answer)
            counted = time.monotonic()
            self._connection = connection
            ready()  # by now the others have heard of us; what they did not send before, the comparison finds
            while True:
                if time.monotonic() - counted > COUNTED_EVERY_S:
                    await connection.send_command("PUBSUB", "NUMSUB", CHANNEL)
                    counted = time.monotonic()
                match await _next(connection, ASKED_EVERY_S) or await _asked(connection):
                    case [b"message", _, payload]:
                        heard(payload)
                    case int(listeners) | [_, int(listeners)]:
                        company.counted(listeners)
                    case _:
                        pass
        finally:
            self._connection = None
            await connection.disconnect(nowait=True)

    async def say(self, payloads: list[str]) -> None:
        async with asyncio.timeout(SLOWEST_S):
            for payload in payloads:
                if self._connection is None or not self._connection.is_connected:  # or it would connect again by itself
                    raise ConnectionError("not connected")
                await self._connection.send_command("PUBLISH", CHANNEL, payload)


async def server_version(url: str) -> str:
    """For the doctor. Raises what the client raises when the server does not answer."""
    client = _client(url)
    try:
        found: dict[str, Any] = await client.info("server")
    finally:
        await client.aclose()
    return f"Valkey {found['valkey_version']}" if "valkey_version" in found else f"Redis {found['redis_version']}"


async def _next(connection: Any, within: float) -> Any:
    """None when nothing came."""
    return await connection.read_response(push_request=True, timeout=within)


async def _asked(connection: Any) -> Any:
    """A server that went away without a word closes nothing: ask, or listen to silence for ever."""
    await connection.send_command("PING")
    answer = await _next(connection, SLOWEST_S)
    if answer is None:
        raise TimeoutError("no answer to PING")
    return answer


def _client(url: str, **options: Any) -> Any:
    usual: dict[str, Any] = {"socket_timeout": SLOWEST_S, "socket_connect_timeout": SLOWEST_S, "socket_keepalive": True}
    return Valkey.from_url(url, client_name="switchboard", retry=Retry(NoBackoff(), 0), **usual | options)
