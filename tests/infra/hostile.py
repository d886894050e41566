"""What browsers, proxies and attackers put into a request to pass for our own page: Origins, hosts, and forgery tokens."""

from dataclasses import dataclass

Headers = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Ours:
    """The address that is right."""

    host: str

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def port(self) -> str:
        return self.host.partition(":")[2]


# {o}: our origin, {h}: our host with port, {p}: our port. Several values stand for several headers.
_ORIGINS: dict[str, tuple[str, ...]] = {
    "absent": (),
    "empty": ("",),
    "null": ("null",),
    "NULL": ("NULL",),
    "undefined": ("undefined",),
    "another site": ("https://evil.example",),
    "another site, our port": ("http://evil.example:{p}",),
    "our host as subdomain": ("{o}.evil.example",),
    "our host as its start": ("http://localhost.evil.example:{p}",),
    "subdomain of ours": ("http://sub.{h}",),
    "our host as its end": ("http://evil-{h}",),
    "https": ("https://{h}",),
    "websocket scheme": ("ws://{h}",),
    "scheme in capitals": ("HTTP://{h}",),
    "host in capitals": ("http://LOCALHOST:{p}",),
    "without port": ("http://localhost",),
    "default port": ("http://localhost:80",),
    "port longer by a digit": ("{o}0",),
    "port with a zero before it": ("http://localhost:0{p}",),
    "trailing dot": ("http://localhost.:{p}",),
    "by number": ("http://127.0.0.1:{p}",),
    "by short number": ("http://127.1:{p}",),
    "by IPv6": ("http://[::1]:{p}",),
    "mapped IPv6": ("http://[::ffff:127.0.0.1]:{p}",),
    "user information": ("http://user@{h}",),
    "our host as user": ("{o}@evil.example",),
    "in the fragment": ("http://evil.example#{o}",),
    "in the query": ("http://evil.example/?{o}",),
    "in the path": ("http://evil.example/{o}",),
    "with a slash": ("{o}/",),
    "with a path": ("{o}/sign-in",),
    "with a query": ("{o}?",),
    "with a fragment": ("{o}#",),
    "backslash": ("http:\\\\{h}",),
    "no slashes": ("http:{h}",),
    "no scheme": ("{h}",),
    "relative": ("//{h}",),
    "list, ours first": ("{o} https://evil.example",),
    "list, ours last": ("https://evil.example {o}",),
    "comma": ("{o}, https://evil.example",),
    "two headers, ours last": ("https://evil.example", "{o}"),
    "two headers, ours first": ("{o}", "https://evil.example"),
    "tab inside": ("http://local\thost:{p}",),
    "punycode": ("http://xn--lcalhost-4fg:{p}",),
    "Cyrillic letter": ("http://l\u043ecalhost:{p}",),
    "full width": ("http://\uff4cocalhost:{p}",),
    "per cent": ("http://localhost%3a{p}",),
    "a file": ("file://",),
    "an extension": ("chrome-extension://aaaaaaaaaaaaaaaa",),
    "data": ("data:text/html,{o}",),
    "8 KB": ("{o}" + "x" * 8_000,),
}

_HOSTS: dict[str, tuple[str, ...]] = {
    "absent": (),
    "empty": ("",),
    "another site": ("evil.example",),
    "another site, our port": ("evil.example:{p}",),
    "our host as its start": ("localhost.evil.example:{p}",),
    "subdomain of ours": ("sub.{h}",),
    "without port": ("localhost",),
    "another port": ("{h}0",),
    "trailing dot": ("localhost.:{p}",),
    "by number": ("127.0.0.1:{p}",),
    "by IPv6": ("[::1]:{p}",),
    "user information": ("user@{h}",),
    "our host as user": ("{h}@evil.example",),
    "with a path": ("{h}/evil.example",),
    "list": ("{h}, evil.example",),
    "two headers, ours last": ("evil.example", "{h}"),
    "two headers, ours first": ("{h}", "evil.example"),
    "blank inside": ("local host:{p}",),
    "Cyrillic letter": ("l\u043ecalhost:{p}",),
    "whole origin": ("{o}",),
}

# Right host, right Origin; {t}: a token that this server has signed, for another
# browser; {c}: without its end; {T}: in capitals.
FORGERY_TOKENS: dict[str, tuple[str | None, str | None]] = {
    "neither": (None, None),
    "only the cookie": ("{t}", None),
    "only the header": (None, "{t}"),
    "both empty": ("", ""),
    "cookie of ours, header invented": ("{t}", "x" * 128),
    "signed by nobody": ("x" * 128, "x" * 128),
    "cut": ("{c}", "{c}"),
    "in capitals": ("{T}", "{T}"),
    "one character more": ("{t}0", "{t}0"),
    "two of them": ("{t}{t}", "{t}{t}"),
    "with a blank": ("{t}", "{t} x"),
    "8 KB": ("x" * 8_000, "x" * 8_000),
}


def origins(ours: Ours) -> dict[str, Headers]:
    """By name: the headers of a request that comes from elsewhere to the right host."""
    return {
        f"Origin: {name}": [("host", ours.host.encode()), *_each("origin", texts, ours)] for name, texts in _ORIGINS.items()
    }


def hosts(ours: Ours) -> dict[str, Headers]:
    """By name: the headers of a request that names the right Origin at another host, whatever a proxy may have added."""
    right = ("origin", ours.origin.encode())
    named: dict[str, Headers] = {f"Host: {name}": [*_each("host", texts, ours), right] for name, texts in _HOSTS.items()}
    for header in ("x-forwarded-host", "x-host", "x-original-host"):
        named[f"{header}: ours"] = [("host", b"evil.example"), (header, ours.host.encode()), right]
    named["forwarded: ours"] = [("host", b"evil.example"), ("forwarded", f"host={ours.host}".encode()), right]
    return named


def _each(header: str, texts: tuple[str, ...], ours: Ours) -> Headers:
    return [(header, text.format(o=ours.origin, h=ours.host, p=ours.port).encode()) for text in texts]
