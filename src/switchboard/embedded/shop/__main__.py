"""Serve the demo shop.

python -m switchboard.embedded.shop --port 8080 --snippet 'http://localhost:8000/w.js?r=TOKEN'
"""

import argparse
import os
import signal
import sys
from dataclasses import dataclass
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from switchboard.embedded.tether import tie_to

_PAGES = Path(__file__).parent / "pages"
_ROUTES = {
    "/": "fjord.html",
    "/rental": "rental.html",
    "/basket": "basket.html",
    "/shop.css": "shop.css",
    "/fjord-3.svg": "fjord-3.svg",
    "/old-bike.svg": "old-bike.svg",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class _Arguments:
    port: int
    snippet: str
    parent: int


def main() -> None:
    """Serve until the parent dies. Exits with one sentence when the port is taken."""
    parser = argparse.ArgumentParser(prog="switchboard.embedded.shop", description="Serve the demo shop.")
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--snippet", required=True, help="address of the loader, with the room's token")
    parser.add_argument("--parent", type=int, default=os.getppid(), help="the process to die with")
    wanted = _Arguments(**vars(parser.parse_args()))
    tie_to(wanted.parent, signal.SIGTERM)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", wanted.port), partial(_Page, wanted.snippet))
    except OSError as reason:
        sys.exit(f"port {wanted.port} on 127.0.0.1 cannot be used ({reason.strerror}); set SHOP_PORT to another one")
    server.serve_forever()


class _Page(BaseHTTPRequestHandler):
    """One of the files beside this one; in pages, <!-- snippet --> becomes the snippet."""

    def __init__(self, snippet: str, *connection: object) -> None:
        self._snippet = snippet
        super().__init__(*connection)  # pyright: ignore[reportArgumentType]

    def do_GET(self) -> None:
        name = _ROUTES.get(urlsplit(self.path).path)
        if name is None:
            return self.send_error(404)
        script = f'<script async src="{escape(self._snippet)}"></script>'
        body = (_PAGES / name).read_bytes().replace(b"<!-- snippet -->", script.encode())
        self.send_response(200)
        self.send_header("Content-Type", _TYPES[Path(name).suffix])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", _what_a_host_must_allow(self._snippet))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        return None

    do_HEAD = do_GET

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing per request: the log is for what goes wrong."""


def _what_a_host_must_allow(snippet: str) -> str:
    """A strict policy that allows our origin only what the widget is documented to need: a script and a frame."""
    parts = urlsplit(snippet)
    ours = f"{parts.scheme}://{parts.netloc}"
    own = "style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    return f"default-src 'none'; script-src {ours}; frame-src {ours}; {own}"


if __name__ == "__main__":
    main()
