"""The command lines of the parts, and exactly what each of them may know from its environment."""

import os
import signal
import sys

from switchboard.settings import Settings, inherited
from switchboard.supervisor.parts import Command
from switchboard.supervisor.ports import why_unusable


def postgres(settings: Settings) -> Command:
    """The embedded Postgres, on the port that `ports.choose_postgres_port` left in VAR_DIR."""
    port = (settings.var_dir / "postgres.port").read_text()
    arguments = ["--data", str(settings.var_dir / "postgres"), "--port", port, "--parent", str(os.getpid())]
    return Command("postgres", _python("switchboard.embedded.postgres", *arguments), inherited(), signal.SIGINT)


def web(settings: Settings) -> Command:
    """The web process. It gets the role that owns nothing, never the administrator's address."""
    environment = inherited() | {
        "PUBLIC_URL": settings.public_url,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "SECRET_KEY": settings.secret_key,
        "APP_DATABASE_URL": settings.as_app,
        "VAR_DIR": str(settings.var_dir),
        "ASSETS_DIR": str(settings.assets_dir),
        "TEMPLATES_DIR": str(settings.templates_dir),
        "PLANS_DIR": str(settings.plans_dir),
        "LANGUAGES_DIR": str(settings.languages_dir),
        # People read what a part says when it dies.
        "LOG_FORMAT": "text",
        "METRICS_PORT": _metrics_port(settings),
        # Nobody takes over here, and Ctrl-C should be quick.
        "DRAIN_S": "0",
        "TRUSTED_PROXIES": str(settings.trusted_proxies),
        "RATE_LIMITS": "on" if settings.rate_limits else "off",
        "VALKEY_URL": settings.valkey_url or "",
        "DEV_PAGES": "on",
        "FILES_URL": settings.files_url or "",
        "VIRUS_SCANNER": settings.virus_scanner or "",
    }
    return Command("web", _tied_switchboard("web"), environment)


def worker(settings: Settings, smtp_url: str) -> Command:
    """The worker. It gets the roles app and jobs, and where mail goes."""
    environment = inherited() | {
        "PUBLIC_URL": settings.public_url,
        "SECRET_KEY": settings.secret_key,
        "APP_DATABASE_URL": settings.as_app,
        "QUEUE_URL": settings.as_jobs,
        "SMTP_URL": smtp_url,
        "LOG_FORMAT": "text",
        "MAIL_FROM": settings.mail_from,
        "VAR_DIR": str(settings.var_dir),
        "TEMPLATES_DIR": str(settings.templates_dir),
        "LANGUAGES_DIR": str(settings.languages_dir),
        "VALKEY_URL": settings.valkey_url or "",
        "FILES_URL": settings.files_url or "",
        "VIRUS_SCANNER": settings.virus_scanner or "",
    }
    return Command("worker", _tied_switchboard("worker"), environment)


def mail_catcher(settings: Settings, smtp_port: int) -> Command:
    """Takes mail on `smtp_port` and shows it on MAIL_PORT."""
    ports = ["--smtp-port", str(smtp_port), "--port", str(settings.mail_port)]
    arguments = [*ports, "--folder", str(settings.var_dir / "mail"), "--parent", str(os.getpid())]
    return Command("mail", _python("switchboard.embedded.mail", *arguments), inherited())


def _metrics_port(settings: Settings) -> str:
    """The one asked for, else the one after PORT if it is free."""
    if settings.metrics_port is not None:
        return str(settings.metrics_port)
    next_one = settings.port + 1
    is_taken = next_one in (settings.shop_port, settings.mail_port) or why_unusable(settings.host, next_one)
    return "" if is_taken else str(next_one)


def shop(settings: Settings, token: str) -> Command:
    """The demo shop, with the snippet of one room."""
    arguments = ["--port", str(settings.shop_port), "--snippet", f"{settings.public_url}/w.js?r={token}"]
    return Command("shop", _python("switchboard.embedded.shop", *arguments, "--parent", str(os.getpid())), inherited())


def _tied_switchboard(command: str) -> list[str]:
    return _python("switchboard.embedded.tether", str(os.getpid()), sys.executable, "-m", "switchboard.cli", command)


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
