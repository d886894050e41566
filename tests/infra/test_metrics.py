"""What Prometheus gets from a real process: everything on the list, and nobody's name, tenant or words in a label."""

import asyncio
import re
import socket
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from switchboard.errors import SettingsError
from switchboard.infra.metrics import METHODS, serve_metrics
from switchboard.protocol import Code, Inbox, Refused
from switchboard.wiring.web import CONTROLLERS
from tests.cast import Cast
from tests.conftest import SECRET
from tests.peers import agent, visitor, visitor_token
from tests.ports import free_port
from tests.web_process import WebProcess, web_process

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]
LABELS = {"route", "method", "status", "side", "code", "le", "generation"}
MOST_SERIES = 5_000


async def test_a_chat_is_counted_and_nobody_is_named(settings, cast: Cast) -> None:
    port = free_port()
    with web_process(settings, SECRET, METRICS_PORT=str(port)) as web:
        said = await a_chat(web, cast)
        await strange_requests(web, cast)
        async with agent(web, "acme", await cast.cookie("Ben")) as ben, visitor(web, cast.acme.room_token) as vera:
            await ben.got(Inbox)
            await vera.open()
            found = await once_lag_was_measured(port)
    assert value(found, "switchboard_messages_stored_total") == said
    assert value(found, "switchboard_message_ack_seconds_count") == said
    assert value(found, "switchboard_sockets_open", side="agent") == 1
    assert value(found, "switchboard_sockets_open", side="visitor") == 1
    assert value(found, "switchboard_commands_refused_total", code="empty") == 1
    assert value(found, "switchboard_requests_total", route="/c/{token}/visitor", method="POST", status="201") >= 2
    assert value(found, "switchboard_requests_total", route="none", method="GET", status="404") == 20
    assert value(found, "switchboard_requests_total", route="none", method="other", status="403") == 1
    assert value(found, "switchboard_bus_connected") == 1
    assert value(found, "switchboard_bus_connects_total") == 1
    assert value(found, "switchboard_messages_waiting") == 0
    for name in ("streams_found_behind_total", "bus_wakeups_lost_total", "database_connections_in_use"):
        assert value(found, f"switchboard_{name}") >= 0
    assert value(found, "switchboard_event_loop_lag_seconds_count") > 0
    assert value(found, "process_cpu_seconds_total") > 0
    assert why_bad(found) == []


def why_bad(found: Samples) -> list[str]:
    """Labels come from closed lists, so the number of series has a bound that no traffic can move."""
    routes = {path for controller in CONTROLLERS for path in paths_of(controller)} | {"none", "/assets/{name}"}
    closed = {"route": routes, "method": METHODS | {"other"}, "code": set(Code), "side": {"agent", "visitor"}}
    bad = [f"label {name}" for _, labels in found for name, _ in labels if name not in LABELS]
    bad += [f"{name}={label}" for _, labels in found for name, label in labels if name in closed and label not in closed[name]]
    bad += [f"status={label}" for _, labels in found for name, label in labels if name == "status" and not label.isdecimal()]
    return bad + ([f"{len(found)} series"] if len(found) > MOST_SERIES else [])


@pytest.mark.parametrize(
    "label", [("tenant", "acme"), ("route", "/c/kX3v/socket"), ("method", "BREW"), ("code", "Hello"), ("status", "x")]
)
def test_a_label_that_anybody_can_fill_is_found(label: tuple[str, str]) -> None:
    """The control."""
    assert why_bad({("switchboard_requests_total", (label,)): 1.0})


async def test_without_a_port_nothing_is_served(settings, cast: Cast) -> None:
    with web_process(settings, SECRET) as web:
        assert "metrics on port" not in web.log.read_text()


def test_a_taken_port_is_named(settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"METRICS_PORT={port} cannot be used"):
            serve_metrics(replace(settings, metrics_port=port))


async def once_lag_was_measured(port: int):
    async with asyncio.timeout(20):
        while True:
            text = (await asyncio.to_thread(httpx.get, f"http://127.0.0.1:{port}/metrics")).text
            if value(found := samples(text), "switchboard_event_loop_lag_seconds_count"):
                return found
            await asyncio.sleep(0.1)


async def a_chat(web: WebProcess, cast: Cast) -> int:
    async with agent(web, "acme", await cast.cookie("Alice")) as alice, visitor(web, cast.acme.room_token) as vera:
        await alice.got(Inbox)
        chat = await vera.open()
        await alice.answer(chat)
        await alice.resume(chat)
        for number in range(10):
            await vera.said(chat, f"from Vera {number}")
        await vera.say(chat, " ")
        await vera.got(Refused)
    return 10


async def strange_requests(web: WebProcess, cast: Cast) -> None:
    async with httpx.AsyncClient(base_url=web.origin) as client:
        for number in range(20):
            await client.get(f"/nowhere/{number}")
        assert (await client.request("PROPFIND", "/")).status_code == 403
    await visitor_token(web, cast.acme.room_token)


def samples(text: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families(text)
        for sample in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


def paths_of(controller: type) -> list[str]:
    """As the router spells them: `{token}` without its type."""
    handlers = [handler for handler in vars(controller).values() if hasattr(handler, "paths")]
    return [re.sub(r":\w+}", "}", path) for handler in handlers for path in handler.paths]
