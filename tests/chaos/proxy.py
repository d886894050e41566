"""A TCP proxy that can cut and stall: in front of the webs it is the load balancer, before Postgres and Valkey the network."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Pipe:
    """One connection: the client's end and, once it stands, the server's. `target`: the port it leads to."""

    def __init__(self) -> None:
        self.client: asyncio.Transport | None = None
        self.server: asyncio.Transport | None = None
        self.target: int | None = None
        self.stalled: set[str] = set()
        """Directions in which nothing flows: `up` to the server, `down` to the client."""

    def stall(self, *directions: str) -> None:
        """The kernel's buffers fill, then the sender feels it: nothing is lost and nothing is said."""
        self.stalled |= set(directions)
        if "up" in directions and self.client is not None:
            _pause(self.client)
        if "down" in directions and self.server is not None:
            _pause(self.server)

    def flow(self) -> None:
        """Everything that was held goes on its way."""
        self.stalled.clear()
        for end in filter(None, (self.client, self.server)):
            _go_on(end)

    def cut(self) -> None:
        """A reset to both sides; what was held is gone."""
        for end in filter(None, (self.client, self.server)):
            end.abort()


class _End(asyncio.Protocol):
    """Hands on what it gets to the other end, no faster than that takes it."""

    def __init__(self, pipe: Pipe, direction: str, made: Callable[[], None], gone: Callable[[], None]) -> None:
        self._pipe = pipe
        self._direction = direction
        self._made = made
        self._gone = gone

    @property
    def _own(self) -> asyncio.Transport | None:
        return self._pipe.client if self._direction == "up" else self._pipe.server

    @property
    def _other(self) -> asyncio.Transport | None:
        return self._pipe.server if self._direction == "up" else self._pipe.client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        if self._direction == "up":
            self._pipe.client = transport
        else:
            self._pipe.server = transport
        self._made()

    def data_received(self, data: bytes) -> None:
        if self._other is not None:
            self._other.write(data)

    def pause_writing(self) -> None:
        if self._other is not None:
            _pause(self._other)

    def resume_writing(self) -> None:
        towards = "down" if self._direction == "up" else "up"
        if self._other is not None and towards not in self._pipe.stalled:
            _go_on(self._other)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._other is not None:
            # What has been read is still delivered, then the other side learns of the end.
            self._other.close() if exc is None else self._other.abort()
        self._gone()


class Proxy:
    """Listens on `port`. `targets`: ports of 127.0.0.1, taken in turn; one that does not answer is passed over."""

    def __init__(self, port: int, targets: list[int]) -> None:
        self.port = port
        self.targets = targets
        self.pipes: set[Pipe] = set()
        self._turn = 0
        self._server: asyncio.Server | None = None
        self._dialling: set[asyncio.Task[None]] = set()
        self._stalled: tuple[str, ...] = ()

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._accept, "127.0.0.1", self.port, backlog=4096)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._dialling:
            task.cancel()
        self.cut()
        while self.pipes:
            await asyncio.sleep(0.01)

    def pipe_of(self, port: int | None) -> Pipe | None:
        """The connection whose client's end has this port."""
        open_ones = (pipe for pipe in self.pipes if pipe.client and pipe.server and not pipe.client.is_closing())
        return next((pipe for pipe in open_ones if pipe.client and _peer(pipe.client) == port), None)

    def must_pipe_of(self, port: int | None) -> Pipe:
        pipe = self.pipe_of(port)
        assert pipe is not None, f"nothing flows through port {port}"
        return pipe

    def cut(self) -> None:
        for pipe in list(self.pipes):
            pipe.cut()

    def stall(self) -> None:
        """Every connection, also those to come, until `flow`."""
        self._stalled = ("up", "down")
        for pipe in self.pipes:
            pipe.stall(*self._stalled)

    def flow(self) -> None:
        self._stalled = ()
        for pipe in self.pipes:
            pipe.flow()

    def _accept(self) -> asyncio.Protocol:
        pipe = Pipe()

        def made() -> None:
            assert pipe.client is not None
            pipe.client.pause_reading()
            self.pipes.add(pipe)
            task = asyncio.get_running_loop().create_task(self._dial(pipe))
            self._dialling.add(task)
            task.add_done_callback(self._dialling.discard)

        return _End(pipe, "up", made, lambda: self.pipes.discard(pipe))

    async def _dial(self, pipe: Pipe) -> None:
        loop = asyncio.get_running_loop()
        start, self._turn = self._turn, self._turn + 1
        for place in range(len(self.targets)):
            target = self.targets[(start + place) % len(self.targets)]
            with suppress(OSError):
                await loop.create_connection(lambda: _End(pipe, "down", lambda: None, lambda: None), "127.0.0.1", target)
                pipe.target = target
                break
        assert pipe.client is not None
        if pipe.server is None:
            pipe.client.abort()
        elif pipe.client.is_closing():
            pipe.server.abort()
        else:
            pipe.flow()
            pipe.stall(*self._stalled)


def _peer(transport: asyncio.Transport) -> int | None:
    peer = transport.get_extra_info("peername")
    return peer[1] if peer else None


def _pause(transport: asyncio.Transport) -> None:
    if transport.is_reading():
        transport.pause_reading()


def _go_on(transport: asyncio.Transport) -> None:
    if not transport.is_closing() and not transport.is_reading():
        transport.resume_reading()
