"""Sites that make it hard for a widget: the shop's page with other headers, styles and scripts, on an origin of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

SHOP = Path(__file__).parents[1] / "src/switchboard/embedded/shop/pages"
SITES = Path(__file__).parent / "sites"
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}
NONCE = "r4nd0m"
SNIPPET = '<script async src="LOADER"></script>'
STRICT = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
US = "script-src {ours}; frame-src {ours}"
"""What a host must allow (docs/embedding.md)."""


def script(name: str) -> str:
    """A file of sites/ as an inline script."""
    return f'<script nonce="{NONCE}">{(SITES / name).read_text()}</script>'


def style(name: str) -> str:
    """A file of sites/ as the page's own style sheet."""
    return f'<link rel="stylesheet" href="/{name}">'


@dataclass(frozen=True)
class Page:
    """`head` takes the place of the snippet; LOADER in it is the loader's address. `policy`: its CSP, {ours} is our origin."""

    head: str = SNIPPET
    policy: str = ""
    start: str = '<!doctype html>\n<html lang="en">'
    end: str = ""

    def html(self, loader: str) -> str:
        page = (SHOP / "fjord.html").read_text().replace(Page.start, self.start, 1)
        page = page.replace("<!-- snippet -->", self.head).replace("</body>", f"{self.end}</body>")
        return page.replace("LOADER", escape(loader))


@dataclass
class Site:
    """Pages by name; each answers below its path, too, as a single-page app's server does."""

    loader: str
    origin: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def add(self, name: str, page: Page) -> str:
        """Returns its address."""
        parts = urlsplit(self.loader)
        return self.add_html(name, page.html(self.loader), page.policy.format(ours=f"{parts.scheme}://{parts.netloc}"))

    def add_html(self, name: str, html: str, policy: str = "") -> str:
        self.pages[name] = html, policy
        return f"{self.origin}/{name}"


@contextmanager
def a_site(loader: str) -> Iterator[Site]:
    """Runs while the block does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    site = server.site = Site(loader, f"http://127.0.0.1:{server.server_port}")  # pyright: ignore[reportAttributeAccessIssue]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # pyright: ignore[reportAttributeAccessIssue]
        name = urlsplit(self.path).path.strip("/")
        if found := site.pages.get(name.partition("/")[0]):
            html, policy = found
            return self._send(html.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": policy} if policy else {})
        file = next((folder / name for folder in (SHOP, SITES) if (folder / name).is_file()), None)
        return self.send_error(404) if file is None else self._send(file.read_bytes(), TYPES[file.suffix], {})

    def _send(self, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing per request."""
