"""The page to read caught mail: the list, one mail, its HTML part in a frame that may do nothing but open links."""

from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from switchboard.embedded.mail.box import Caught, MailBox

_STYLE = (Path(__file__).parent / "mail.css").read_text()
_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# What a mail client would do: style attributes and links, no scripts, nothing loaded from elsewhere.
_PART_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


class Page(BaseHTTPRequestHandler):
    """GET / · /mail.css · /NAME.eml · /NAME.eml/html · /NAME.eml/source."""

    def __init__(self, box: MailBox, *connection: object) -> None:
        self._box = box
        super().__init__(*connection)  # pyright: ignore[reportArgumentType]

    def do_GET(self) -> None:
        name, _, part = urlsplit(self.path).path.removeprefix("/").partition("/")
        if name == "mail.css":
            return self._answer(_STYLE, "text/css")
        if not name:
            return self._answer(_page("Mail", _list(self._box.newest_first())), "text/html")
        caught = self._box.find(name)
        if caught is None or part not in ("", "html", "source"):
            return self.send_error(404)
        if part == "html":
            return self._answer(_opening_above(caught.part("html")), "text/html", _PART_POLICY)
        if part == "source":
            return self._answer(caught.message.as_string(), "text/plain")
        return self._answer(_page(str(caught.message["Subject"]), _one(caught)), "text/html")

    def _answer(self, body: str, kind: str, policy: str = _POLICY) -> None:
        data = body.encode(errors="replace")
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing per request: the log is for what goes wrong."""


def _page(title: str, main: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)} · caught mail</title><link rel="stylesheet" href="/mail.css"></head>'
        f'<body><header><a href="/">Caught mail</a><p>Nothing leaves this machine. Reload to see what is new.</p></header>'
        f"<main>{main}</main></body></html>"
    )


def _list(mails: Iterable[Caught]) -> str:
    rows = "".join(
        f'<li><a href="/{escape(mail.name)}"><strong>{escape(str(mail.message["Subject"]))}</strong>'
        f"<span>to {escape(str(mail.message['To']))}</span><time>{_when(mail)}</time></a></li>"
        for mail in mails
    )
    return f"<ul>{rows}</ul>" if rows else "<p class=empty>No mail yet. Whatever this Switchboard sends comes here.</p>"


def _one(mail: Caught) -> str:
    facts = "".join(f"<dt>{name}</dt><dd>{escape(str(mail.message[name]))}</dd>" for name in ("From", "To", "Date"))
    frame = f'<iframe title="The mail" src="/{escape(mail.name)}/html"></iframe>' if mail.part("html") else ""
    return (
        f"<h1>{escape(str(mail.message['Subject']))}</h1><dl>{facts}</dl>{frame}"
        f"<details><summary>Plain text</summary><pre>{escape(mail.part('plain'))}</pre></details>"
        f'<p><a href="/{escape(mail.name)}/source">Source</a></p>'
    )


def _when(mail: Caught) -> str:
    return f"{parsedate_to_datetime(str(mail.message['Date'])):%H:%M:%S UTC, %d %b}"


def _opening_above(html: str) -> str:
    return html.replace("<head>", '<head><base target="_top">', 1)
