"""Environment variables, read one by one: what is wrong is remembered and told all at once."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

SHORTEST_SECRET = 32
_HIGHEST_PORT = 65535
_LONGEST_WAIT_S = 600
_DATABASE_SCHEMES = ("postgresql", "postgres")
_MAIL_SCHEMES = ("smtp", "smtps")
_VALKEY_SCHEMES = ("valkey", "valkeys", "redis", "rediss")


class Reader:
    """Reads one variable at a time and remembers what was wrong. An empty variable counts as not set."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def choice(self, name: str, *allowed: str) -> str:
        """The first one allowed is the default."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            self.problems.append(f"{name}={value}: must be {' or '.join(allowed)}")
        return value

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).absolute()

    def port(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if value.isdecimal() and (0 < int(value) <= _HIGHEST_PORT or int(value) == default):
            return int(value)
        self.problems.append(f"{name}={value}: must be a port number from 1 to 65535")
        return default

    def count(self, name: str) -> int:
        value = self.text(name, "0")
        if value.isdecimal() and len(value) < 3:
            return int(value)
        self.problems.append(f"{name}={value}: must be a number from 0 to 99")
        return 0

    def switch(self, name: str) -> bool:
        value = self.text(name, "on").lower()
        if value not in ("on", "off"):
            self.problems.append(f"{name}={value}: must be on or off")
        return value != "off"

    def seconds(self, name: str, default: float) -> float:
        value = self.text(name, str(default))
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1
        if 0 <= seconds <= _LONGEST_WAIT_S:
            return seconds
        self.problems.append(f"{name}={value}: must be a number of seconds from 0 to {_LONGEST_WAIT_S}")
        return default

    def origin(self, name: str, default: str) -> str:
        value = self.text(name, default).removesuffix("/").lower()
        # As browsers spell it in Host and Origin: without the scheme's own port.
        value = value.removesuffix(":443" if value.startswith("https:") else ":80")
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or value != f"{parts.scheme}://{parts.netloc}":
            self.problems.append(f"{name}={value}: must be http:// or https:// and a host, such as https://chat.example.com")
        return value

    def database(self, name: str) -> str | None:
        value = self.text(name, "")
        if not value:
            return None
        scheme, separator, rest = value.partition("://")
        if scheme not in _DATABASE_SCHEMES or not separator or not urlsplit(value).hostname:
            # Not the value itself: it holds a password.
            self.problems.append(f"{name}: must look like postgresql://user:password@host:5432/database")
        return f"postgresql://{rest}"

    def valkey(self, name: str) -> str | None:
        value = self.text(name, "")
        if value and (urlsplit(value).scheme not in _VALKEY_SCHEMES or not urlsplit(value).hostname):
            # Not the value itself: it holds a password.
            self.problems.append(f"{name}: must look like valkey://:password@host:6379, or begin with valkeys:// for TLS")
        return value or None

    def queue(self, name: str) -> str | None:
        value = self.text(name, "")
        return value if value.startswith(("redis://", "rediss://")) else self.database(name)

    def smtp(self, name: str) -> str | None:
        value = self.text(name, "")
        if value and (urlsplit(value).scheme not in _MAIL_SCHEMES or not urlsplit(value).hostname):
            self.problems.append(f"{name}: must look like smtp://user:password@host:587 or smtps://user:password@host:465")
        return value or None

    def secret(self, kept: Path) -> str:
        value = self._environ.get("SECRET_KEY", "") or (kept.read_text().strip() if kept.is_file() else "")
        if len(value) < SHORTEST_SECRET:
            given = f"has {len(value)} characters" if value else "is not set"
            self.problems.append(f"SECRET_KEY {given}: must be {SHORTEST_SECRET} random characters or more, kept for good")
        return value
