"""Ports for servers of tests."""

import os
import random
import socket
from collections.abc import Iterator

_FIRST, _EACH = 11_000, 2_500


def _candidates() -> Iterator[int]:
    """Below those that outgoing connections are given, and of this worker alone: what is free now still is in a second."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    mine = range(_FIRST + worker * _EACH, _FIRST + (worker + 1) * _EACH)
    while True:
        yield from random.sample(mine, _EACH)


_next_ports = _candidates()


def free_port() -> int:
    """On 127.0.0.1, where nobody listens."""
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", next(_next_ports)))
            except OSError:
                continue
            return int(probe.getsockname()[1])
