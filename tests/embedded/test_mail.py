"""The mail catcher: what is sent is on its page, as harmless as mail should be."""

import asyncio
import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

import pytest

from switchboard.gateways.smtp import SmtpGateway
from switchboard.infra.ids import new_id
from switchboard.mailing.delivery import Postman
from switchboard.mailing.letters import Letter
from tests.ports import free_port
from tests.until import until

SENDER = Address("Switchboard", addr_spec="no-reply@chat.example.com")
HOSTILE = "<script>document.title = 'owned'</script>"


@dataclass
class Catcher:
    folder: Path
    page: int
    smtp: int

    @property
    def command(self) -> list[str]:
        ports = ["--smtp-port", str(self.smtp), "--port", str(self.page)]
        return [sys.executable, "-m", "switchboard.embedded.mail", *ports, "--folder", str(self.folder)]

    def send(self, letter: Letter) -> None:
        postman = Postman(SmtpGateway(f"smtp://127.0.0.1:{self.smtp}?starttls=never"), SENDER)
        asyncio.run(postman.deliver(letter, id=new_id()))

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.page, timeout=5)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def answers(self) -> bool:
        try:
            return self.get("/")[0] == 200
        except OSError:
            return False


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    here = Catcher(tmp_path / "mail", free_port(), free_port())
    with subprocess.Popen(here.command, stderr=subprocess.DEVNULL) as process:
        until(here.answers)
        yield here
        process.send_signal(signal.SIGTERM)


def test_an_empty_box_says_so(catcher: Catcher) -> None:
    assert "No mail yet" in catcher.get("/")[2]


def test_a_mail_can_be_read_in_both_parts(catcher: Catcher) -> None:
    catcher.send(
        Letter("vera@example.com", "Größe M 🚲", "Ja — plain", '<head></head><p>Ja — <a href="http://x.example/">rich</a>')
    )
    _, _, listed = catcher.get("/")
    assert "Größe M 🚲" in listed
    assert "vera@example.com" in listed
    address = listed.split('href="/')[-1].split('"')[0]
    assert "Ja — plain" in catcher.get(f"/{address}")[2]
    _, headers, part = catcher.get(f"/{address}/html")
    assert '<base target="_top">' in part
    assert "allow-scripts" not in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]


def test_what_people_wrote_runs_nowhere(catcher: Catcher) -> None:
    catcher.send(Letter("vera@example.com", HOSTILE, HOSTILE, HOSTILE))
    _, headers, listed = catcher.get("/")
    address = listed.split('href="/')[-1].split('"')[0]
    assert HOSTILE not in listed
    assert HOSTILE not in catcher.get(f"/{address}")[2]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/../secret.key", "/..%2fsecret.key", "/nothing.eml", "/x/html"])
def test_only_mail_in_the_box_is_served(catcher: Catcher, path: str) -> None:
    assert catcher.get(path)[0] == 404


def test_mail_outlives_the_catcher(tmp_path: Path) -> None:
    here = Catcher(tmp_path / "mail", free_port(), free_port())
    for turn in ("first", "second"):
        with subprocess.Popen(here.command, stderr=subprocess.DEVNULL) as process:
            until(here.answers)
            here.send(Letter("vera@example.com", turn, turn, turn))
            process.kill()
    with subprocess.Popen(here.command, stderr=subprocess.DEVNULL) as process:
        until(here.answers)
        listed = here.get("/")[2]
        process.kill()
    assert listed.index("second") < listed.index("first")


def test_a_busy_port_is_named(catcher: Catcher) -> None:
    other = Catcher(catcher.folder, catcher.page, free_port())
    refused = subprocess.run(other.command, capture_output=True, text=True, timeout=20, check=False)
    assert "set MAIL_PORT to another one" in refused.stderr
