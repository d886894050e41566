"""What `switchboard up` prints when everything answers."""

import tomllib
from pathlib import Path
from typing import Any

from switchboard.settings import Settings


def ready_block(settings: Settings, tenants_file: Path, token: str) -> str:
    """Where to go and how to sign in. The logins are read from the tenants file that was applied."""
    tenants: list[dict[str, Any]] = tomllib.loads(tenants_file.read_text())["tenants"]
    database = "embedded Postgres" if settings.embedded else "the database of DATABASE_URL"
    return "\n".join(
        [
            "Switchboard is ready",
            "",
            f"  Demo shop   http://127.0.0.1:{settings.shop_port}/",
            f"  Room page   {settings.public_url}/c/{token}",
            *_caught_mail(settings),
            *(line for tenant in tenants for line in _console(settings, tenant)),
            "",
            f"  Data in {settings.var_dir}, {database}. Ctrl-C stops everything.",
            "",
        ]
    )


def _caught_mail(settings: Settings) -> list[str]:
    return [] if settings.smtp_url else [f"  Mail        http://127.0.0.1:{settings.mail_port}/   every mail ends here"]


def _console(settings: Settings, tenant: dict[str, Any]) -> list[str]:
    people = tenant["agents"]
    widest = max(len(person["email"]) for person in people)
    return [
        f"  Console     {settings.public_url}/console/{tenant['slug']}/",
        *(f"              {person['email']:<{widest}}  {person['password']}" for person in people),
    ]
