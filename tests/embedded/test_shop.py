"""The demo shop: a strange origin that carries our snippet and allows us nothing more than that needs."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.until import until

SNIPPET = "http://localhost:8000/w.js?r=TOKEN"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def shop(port: int) -> Iterator[int]:
    with subprocess.Popen(command(port), stderr=subprocess.DEVNULL) as process:
        until(lambda: answers(port))
        yield port
        process.send_signal(signal.SIGTERM)


def test_every_page_carries_exactly_the_snippet(shop: int) -> None:
    for path in ("/", "/rental", "/basket?size=M"):
        _, body = get(shop, path)
        assert body.count("<script") == 1
        assert f'<script async src="{SNIPPET}"></script>' in body


def test_its_policy_allows_us_a_script_and_a_frame_only(shop: int) -> None:
    headers, _ = get(shop, "/")
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    ours = {directive for directive, sources in policy.items() if "localhost:8000" in sources}
    assert ours == {"script-src", "frame-src"}
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_it_dies_with_the_process_that_started_it(port: int) -> None:
    starter = f"import subprocess; p = subprocess.Popen({command(port)!r}); print(p.pid, flush=True); p.wait()"
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        until(lambda: answers(port))
        parent.kill()
    until(lambda: not Path(f"/proc/{pid}").exists())


def test_a_busy_port_is_named(shop: int) -> None:
    refused = subprocess.run(command(shop), capture_output=True, text=True, timeout=20, check=False)
    assert f"port {shop} on 127.0.0.1 cannot be used" in refused.stderr


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "switchboard.embedded.shop", "--port", str(port), "--snippet", SNIPPET]


def answers(port: int) -> bool:
    try:
        get(port, "/")
    except OSError:
        return False
    return True


def get(port: int, path: str) -> tuple[http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    assert response.status == 200
    return response.headers, body
