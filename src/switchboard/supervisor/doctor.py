"""`switchboard doctor`: looks at each part and says what to do about what is wrong."""

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from switchboard import settings as environment
from switchboard.errors import SettingsError
from switchboard.settings import Settings
from switchboard.supervisor import examination
from switchboard.supervisor.answers import why_database_fails, why_http_fails
from switchboard.supervisor.ports import why_unusable

_OLDEST_PYTHON, _OLDEST_NODE = (3, 11), 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. `advice` is empty when the part is well."""

    part: str
    seen: str
    advice: str = ""


def main() -> None:
    """Print the table; exit with 1 when something is wrong."""
    try:
        findings = examine(environment.from_process())
    except SettingsError as problem:
        findings = [Finding("Settings", line, "correct the environment") for line in str(problem).splitlines()]
    for finding in findings:
        print(f"{'!!' if finding.advice else 'ok'}  {finding.part:<13} {finding.seen}")
        if finding.advice:
            print(f"    {'':<13} → {finding.advice}")
    sys.exit(1 if any(finding.advice for finding in findings) else 0)


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which they depend on each other."""
    return [
        _python(),
        _browser_code(settings),
        _node(settings),
        _folder(settings),
        *_database(settings),
        _bus(settings),
        _web(settings),
        _shop(settings),
        _mail(settings),
    ]


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    too_old = sys.version_info[:2] < _OLDEST_PYTHON
    return Finding("Python", version, "install Python 3.11 or newer, remove .venv, run `make up`" if too_old else "")


def _browser_code(settings: Settings) -> Finding:
    if (settings.assets_dir / "manifest.json").is_file():
        return Finding("Browser code", str(settings.assets_dir))
    return Finding("Browser code", f"not built in {settings.assets_dir}", "run `make assets`, or set ASSETS_DIR")


def _node(settings: Settings) -> Finding:
    node = shutil.which("node")
    if node is None:
        built = (settings.assets_dir / "manifest.json").is_file()
        return Finding("Node.js", "not installed", "" if built else f"install Node.js {_OLDEST_NODE} or newer, with npm")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    old = not version.startswith("v") or int(version[1:].split(".")[0]) < _OLDEST_NODE
    return Finding("Node.js", version, f"install Node.js {_OLDEST_NODE} or newer" if old else "")


def _folder(settings: Settings) -> Finding:
    if not settings.embedded:
        return Finding("Folder", "not needed: DATABASE_URL is set")
    folder = settings.var_dir if settings.var_dir.exists() else settings.var_dir.parent
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    return Finding("Folder", str(settings.var_dir), "" if writable else "make it writable, or set VAR_DIR to another one")


def _database(settings: Settings) -> list[Finding]:
    url = settings.database_url or settings.app_database_url
    if url is None:
        return [Finding("Database", "no embedded one yet", "run `make up`, or set DATABASE_URL")]
    if problem := why_database_fails(url):
        advice = "run `make up` and keep it running" if settings.embedded else "start it, or correct DATABASE_URL"
        return [Finding("Database", problem, advice)]
    return [Finding(*line) for line in asyncio.run(examination.of_database(url))]


def _bus(settings: Settings) -> Finding:
    if settings.valkey_url is None:
        return Finding("Bus", "in the database; set VALKEY_URL when several web processes are busy")
    where = urlsplit(settings.valkey_url)
    found, advice = asyncio.run(examination.of_valkey(settings.valkey_url))
    return Finding("Bus", f"{where.hostname}:{where.port or 6379}: {found}", advice)


def _web(settings: Settings) -> Finding:
    where = f"http://{settings.host}:{settings.port}"
    problem = why_http_fails(settings.host, settings.port, "/readyz")
    if problem is None:
        return Finding("Web", f"{where} is ready")
    if why_unusable(settings.host, settings.port):
        log = settings.var_dir / "log" / "web.log"
        return Finding("Web", f"{where}: {problem}", f"look into {_relative(log)}, or set PORT if another program has this one")
    return Finding("Web", f"nothing listens on {where}", "run `make up`, or `switchboard web`")


def _shop(settings: Settings) -> Finding:
    where = f"http://127.0.0.1:{settings.shop_port}"
    if why_http_fails("127.0.0.1", settings.shop_port, "/") is None:
        return Finding("Demo shop", f"{where} answers")
    if why_unusable("127.0.0.1", settings.shop_port):
        return Finding("Demo shop", f"another program uses {where}", "set SHOP_PORT to another port")
    return Finding("Demo shop", "does not run; only `make up` has it")


def _mail(settings: Settings) -> Finding:
    if settings.smtp_url:
        where = urlsplit(settings.smtp_url)
        return Finding("Mail", f"leaves through {where.hostname}")
    if why_http_fails("127.0.0.1", settings.mail_port, "/") is None:
        return Finding("Mail", f"caught at http://127.0.0.1:{settings.mail_port}/")
    if settings.embedded:
        return Finding("Mail", "the catcher does not run; only `make up` has it")
    return Finding("Mail", "has nowhere to go and waits", "set SMTP_URL to your mail server, for `switchboard worker`")


def _relative(path: Path) -> str:
    return os.path.relpath(path)
