"""The environment as one frozen object. Nothing else in the package reads os.environ.

What is not set is looked for in VAR_DIR, where `switchboard up` keeps its secret key and its embedded Postgres,
so that `switchboard doctor` and the other commands work beside a running `make up` without any variable.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from switchboard.errors import SettingsError
from switchboard.variables import Reader

ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True)
class Settings:
    """What every process of Switchboard is told from outside."""

    public_url: str
    """Where people reach us: scheme and host, without a slash at the end. Links are made from this only."""
    host: str
    port: int
    shop_port: int
    secret_key: str = field(repr=False)
    database_url: str | None = field(repr=False)
    """The administrator, who may create roles; None where a process must not have it, as in `web`."""
    app_database_url: str | None = field(repr=False)
    """What `web` connects with: the role `app`, which owns nothing. Without a password in it, the derived one is used."""
    var_dir: Path
    assets_dir: Path
    templates_dir: Path
    plans_dir: Path
    languages_dir: Path
    """The price list."""
    embedded: bool
    """No database is named in the environment: the one that `up` keeps in VAR_DIR is used."""
    postgres_port: int | None
    """Port of the embedded Postgres when the environment asks for one; `up` chooses otherwise."""
    metrics_port: int | None
    """Where Prometheus may ask, on the same host; None: nowhere."""
    log_format: str
    """`json` or `text`."""
    drain_s: float
    """Seconds over which `web` sends its sockets elsewhere before it stops."""
    queue_url: str | None = field(repr=False)
    """What carries jobs: the role `jobs` of the same database, or redis://."""
    smtp_url: str | None = field(repr=False)
    """The operator's mail server; None: mails wait. `up` then runs a mail catcher."""
    mail_from: str
    """Address that mails come from."""
    mail_port: int
    """Where the mail catcher's page listens, under `up`."""
    trusted_proxies: int
    """How many proxies of ours stand before us: so many entries at the end of X-Forwarded-For say the truth."""
    rate_limits: bool
    """False in load tests only, where one address is everybody."""
    dev_pages: bool
    """`/dev/ui` is served: every state of both apps with made-up people. Under `up` only."""
    valkey_url: str | None = field(repr=False)
    """The bus between web processes; None: the database carries it."""
    files_url: str | None = field(repr=False)
    """Where files of chats lie, such as s3://bucket/folder; None: in VAR_DIR."""
    virus_scanner: str | None = field(repr=False)
    """clamd://host:3310, or a command that reads a file: files are held until it has passed them. None: nobody looks."""

    @property
    def files_dir(self) -> Path:
        return self.var_dir / "files"

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def as_administrator(self) -> str:
        """DATABASE_URL, for those who cannot go on without it."""
        if self.database_url is None:
            raise SettingsError(
                "DATABASE_URL is not set and no embedded Postgres was found in VAR_DIR: run `make up`, or set it"
            )
        return self.database_url

    @property
    def as_app(self) -> str:
        """APP_DATABASE_URL, for those who cannot go on without it."""
        if self.app_database_url is None:
            raise SettingsError("neither APP_DATABASE_URL nor DATABASE_URL is set: run `make up`, or set one of them")
        return self.app_database_url

    @property
    def as_jobs(self) -> str:
        """QUEUE_URL, for those who cannot go on without it."""
        if self.queue_url is None:
            raise SettingsError("no QUEUE_URL, DATABASE_URL or APP_DATABASE_URL is set: run `make up`, or set one of them")
        return self.queue_url


def var_dir_of_process() -> Path:
    """Where this installation keeps its files; asked before the secret key in it exists."""
    return Reader(os.environ).folder("VAR_DIR", ROOT / "var")


def from_process() -> Settings:
    """The settings of this process. Raises SettingsError."""
    return from_environment(os.environ)


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read all variables, or raise one SettingsError that names every variable that is wrong."""
    read = Reader(environ)
    var_dir = read.folder("VAR_DIR", ROOT / "var")
    port = read.port("PORT", 8000)
    public_url = read.origin("PUBLIC_URL", f"http://localhost:{port}")
    secret = read.secret(var_dir / "secret.key")
    administrator, app, embedded = _databases(read, var_dir)
    settings = Settings(
        public_url=public_url,
        host=read.text("HOST", "127.0.0.1"),
        port=port,
        shop_port=read.port("SHOP_PORT", 8080),
        secret_key=secret,
        database_url=administrator,
        app_database_url=_with_password(app, secret) if app else administrator and as_role(administrator, "app", secret),
        var_dir=var_dir,
        assets_dir=read.folder("ASSETS_DIR", ROOT / "widget_js" / "dist"),
        templates_dir=read.folder("TEMPLATES_DIR", ROOT / "templates"),
        plans_dir=read.folder("PLANS_DIR", ROOT / "plans"),
        languages_dir=read.folder("LANGUAGES_DIR", ROOT / "languages"),
        embedded=embedded,
        postgres_port=read.port("POSTGRES_PORT", 0) or None,
        metrics_port=read.port("METRICS_PORT", 0) or None,
        log_format=read.choice("LOG_FORMAT", "json", "text"),
        drain_s=read.seconds("DRAIN_S", 10),
        queue_url=read.queue("QUEUE_URL") or ((database := administrator or app) and as_role(database, "jobs", secret)),
        smtp_url=read.smtp("SMTP_URL"),
        mail_from=read.text("MAIL_FROM", f"no-reply@{urlsplit(public_url).hostname}"),
        mail_port=read.port("MAIL_PORT", 8025),
        trusted_proxies=read.count("TRUSTED_PROXIES"),
        rate_limits=read.switch("RATE_LIMITS"),
        dev_pages=read.choice("DEV_PAGES", "off", "on") == "on",
        valkey_url=read.valkey("VALKEY_URL"),
        files_url=read.text("FILES_URL", "") or None,
        virus_scanner=read.text("VIRUS_SCANNER", "") or None,
    )
    if read.problems:
        raise SettingsError("\n".join(read.problems))
    return settings


def _databases(read: Reader, var_dir: Path) -> tuple[str | None, str | None, bool]:
    """(administrator's, app's, whether it is the embedded one)."""
    administrator, app = read.database("DATABASE_URL"), read.database("APP_DATABASE_URL")
    if administrator is None and app is None:
        return embedded_database_url(var_dir), None, True
    return administrator, app, False


def inherited() -> dict[str, str]:
    """What every process we start gets from our own environment; the rest it gets by name or not at all."""
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def role_password(secret: str, role: str) -> str:
    """The password of a database role: derived, so that it is stored nowhere and turns with the secret."""
    return hmac.new(secret.encode(), f"role:{role}".encode(), hashlib.sha256).hexdigest()


def passwords_of_roles(secret: str) -> dict[str, str]:
    """Of the roles that log in, as `migrate` sets them."""
    return {role: role_password(secret, role) for role in ("migrator", "app", "jobs")}


def as_role(database_url: str, role: str, secret: str) -> str:
    """The same database, entered as one of our own roles."""
    parts = urlsplit(database_url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{role_password(secret, role)}@{where}"))


def embedded_database_url(var_dir: Path) -> str | None:
    """The superuser's address of the embedded Postgres that `switchboard up` keeps in this folder, if there is one."""
    try:
        port = int((var_dir / "postgres.port").read_text())
        password = (var_dir / "postgres.password").read_text()
    except (OSError, ValueError):
        return None
    return f"postgresql://postgres:{quote(password, safe='')}@127.0.0.1:{port}/switchboard"


def _with_password(database_url: str, secret: str) -> str:
    parts = urlsplit(database_url)
    return as_role(database_url, parts.username, secret) if parts.username and parts.password is None else database_url
