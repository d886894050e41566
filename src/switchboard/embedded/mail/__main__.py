"""Catch mail.

python -m switchboard.embedded.mail --smtp-port 8026 --port 8025 --folder var/mail
"""

import argparse
import os
import signal
import sys
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller

from switchboard.embedded.mail.box import MailBox
from switchboard.embedded.mail.page import Page
from switchboard.embedded.tether import tie_to


@dataclass(frozen=True)
class _Arguments:
    smtp_port: int
    port: int
    folder: Path
    parent: int


def main() -> None:
    """Serve until the parent dies. Exits with one sentence when a port is taken."""
    parser = argparse.ArgumentParser(prog="switchboard.embedded.mail", description="Catch mail and show it.")
    parser.add_argument("--smtp-port", required=True, type=int, help="where mail is taken")
    parser.add_argument("--port", required=True, type=int, help="where the page is")
    parser.add_argument("--folder", required=True, type=Path, help="where mail is kept")
    parser.add_argument("--parent", type=int, default=os.getppid(), help="the process to die with")
    wanted = _Arguments(**vars(parser.parse_args()))
    tie_to(wanted.parent, signal.SIGTERM)
    box = MailBox(wanted.folder)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", wanted.port), partial(Page, box))
    except OSError as reason:
        sys.exit(f"port {wanted.port} on 127.0.0.1 cannot be used ({reason.strerror}); set MAIL_PORT to another one")
    Controller(box, hostname="127.0.0.1", port=wanted.smtp_port).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
