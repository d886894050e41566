"""Everything that is counted, for Prometheus, on a port of its own. Labels come from closed lists: routes, codes, sides.

Never a tenant, a person or anything they wrote. What a message passes is bound here once: no look-up per message.
"""

import asyncio
import logging
from collections.abc import Callable, Collection
from http.server import HTTPServer
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, start_http_server
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from switchboard.errors import SettingsError
from switchboard.protocol import Code
from switchboard.settings import Settings

# When each series began is nothing that anybody asks for.
disable_created_metrics()
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "SOCKET"})
LAG_MEASURED_EVERY = 0.5
_QUICK = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5)

_requests = Counter("switchboard_requests", "Requests and sockets answered", ["route", "method", "status"], registry=REGISTRY)
_request_seconds = Histogram(
    "switchboard_request_seconds", "Time to answer a request", ["route", "method"], registry=REGISTRY, buckets=_QUICK[1::2]
)
_stored = Counter("switchboard_messages_stored", "Messages stored for good", registry=REGISTRY)
_ack_seconds = Histogram(
    "switchboard_message_ack_seconds", "From a message's arrival to its acknowledgement", registry=REGISTRY, buckets=_QUICK
)
_refused = Counter("switchboard_commands_refused", "Commands of sockets refused", ["code"], registry=REGISTRY)
_refused_by = {code: _refused.labels(code.value) for code in Code}
streams_found_behind = Counter(
    "switchboard_streams_found_behind", "Chats that the comparison found behind: a wake-up was lost, or late", registry=REGISTRY
)
bus_connected = Gauge("switchboard_bus_connected", "1 while wake-ups of other processes arrive", registry=REGISTRY)
bus_connects = Counter("switchboard_bus_connects", "Times the bus was connected; the first is the start", registry=REGISTRY)
wakeups_lost = Counter("switchboard_bus_wakeups_lost", "Wake-ups that could not be sent", registry=REGISTRY)
_lag = Histogram(
    "switchboard_event_loop_lag_seconds", "How late the event loop was", registry=REGISTRY, buckets=(0.005, 0.025, 0.1, 0.25, 1)
)
_sockets = Gauge("switchboard_sockets_open", "Open sockets", ["side"], registry=REGISTRY)
_waiting = Gauge("switchboard_messages_waiting", "Messages taken and not yet stored", registry=REGISTRY)
_connections = Gauge("switchboard_database_connections_in_use", "Of the pool, not of the message log's", registry=REGISTRY)

work_overdue_seconds = Gauge(
    "switchboard_work_overdue_seconds", "How late the oldest job or mail is (workers)", registry=REGISTRY
)
dead_letters = Gauge("switchboard_dead_letters", "Jobs and mails that were given up (workers)", registry=REGISTRY)

log = logging.getLogger(__name__)


class Seated(Protocol):
    """A socket; agents have a session."""

    @property
    def session_id(self) -> object: ...


def answered(route: str, method: str, status: int, seconds: float | None) -> None:
    """One request; `seconds` is None for a socket, whose length says nothing about us."""
    method = method if method in METHODS else "other"
    _requests.labels(route or "none", method, status).inc()
    if seconds is not None:
        _request_seconds.labels(route or "none", method).observe(seconds)


def stored(seconds: float) -> None:
    """One message was stored and acknowledged this long after it came."""
    _stored.inc()
    _ack_seconds.observe(seconds)


def refused(code: Code) -> None:
    """One command of a socket."""
    _refused_by[code].inc()


def look_at(
    sockets: Collection[Seated], messages_waiting: Callable[[], float], database_connections: Callable[[], float]
) -> None:
    """What is read when Prometheus asks, from its own thread."""

    def agents() -> int:
        # list() of a set cannot be interrupted by the event loop's thread, a loop over it can.
        return sum(socket.session_id is not None for socket in list(sockets))

    _sockets.labels("agent").set_function(agents)
    _sockets.labels("visitor").set_function(lambda: len(sockets) - agents())
    _waiting.set_function(messages_waiting)
    _connections.set_function(database_connections)


async def measure_lag_for_ever() -> None:
    """How late a sleep ends is how long the event loop was busy with something else."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_MEASURED_EVERY
        await asyncio.sleep(LAG_MEASURED_EVERY)
        _lag.observe(max(0.0, loop.time() - due))


def serve_metrics(settings: Settings) -> HTTPServer | None:
    """On METRICS_PORT, in a thread, until the process ends: it answers even while the event loop is busy. None when unset.

    Raises SettingsError when the port is taken.
    """
    if settings.metrics_port is None:
        return None
    try:
        server, _ = start_http_server(settings.metrics_port, settings.host, REGISTRY)
    except OSError as reason:
        raise SettingsError(
            f"METRICS_PORT={settings.metrics_port} cannot be used ({reason.strerror}): each process needs one of its own"
        ) from reason
    log.info("metrics on port %d", settings.metrics_port)
    return server
