"""Ports: refused with advice when busy, chosen and remembered for the embedded Postgres."""

import socket
from pathlib import Path

from switchboard.settings import Settings
from switchboard.supervisor import CannotStartError


def refuse_busy_ports(settings: Settings) -> None:
    """Raise CannotStartError for the first port of ours that somebody else uses."""
    _refuse_if_busy("PORT", settings.host, settings.port, another=8010)
    _refuse_if_busy("SHOP_PORT", "127.0.0.1", settings.shop_port, another=8090)
    if settings.smtp_url is None:
        _refuse_if_busy("MAIL_PORT", "127.0.0.1", settings.mail_port, another=8035)


def choose_postgres_port(settings: Settings) -> None:
    """Leave the port of the embedded Postgres in VAR_DIR: the one asked for, else the last one while free, else a free one."""
    remembered = settings.var_dir / "postgres.port"
    if settings.postgres_port is not None:
        _refuse_if_busy("POSTGRES_PORT", "127.0.0.1", settings.postgres_port, another=54329)
        remembered.write_text(str(settings.postgres_port))
    elif not _remembers_a_free_port(remembered):
        remembered.write_text(str(any_free_port()))


def why_unusable(host: str, port: int) -> str | None:
    """Why nobody can listen there, in the system's words; None when it is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As servers do: a port whose last connections only linger is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            return reason.strerror or str(reason)
    return None


def _refuse_if_busy(variable: str, host: str, port: int, *, another: int) -> None:
    if reason := why_unusable(host, port):
        raise CannotStartError(
            f"Port {port} on {host} cannot be used ({reason}).\nChoose another one: {variable}={another} make up"
        )


def _remembers_a_free_port(remembered: Path) -> bool:
    try:
        return why_unusable("127.0.0.1", int(remembered.read_text())) is None
    except (OSError, ValueError):
        return False


def any_free_port() -> int:
    """One that the system gives out now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
