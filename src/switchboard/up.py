"""`switchboard up`: the whole of Switchboard on one machine, with the demo tenant, until somebody stops it."""

import sys

from switchboard import settings as environment
from switchboard.errors import SettingsError
from switchboard.settings import ROOT, Settings
from switchboard.supervisor import CannotStartError, commands
from switchboard.supervisor.answers import (
    wait_for_embedded_postgres,
    wait_for_given_database,
    wait_for_http,
)
from switchboard.supervisor.folder import alone_in, keep_secret
from switchboard.supervisor.ports import any_free_port, choose_postgres_port, refuse_busy_ports
from switchboard.supervisor.preparation import prepare
from switchboard.supervisor.ready_block import ready_block
from switchboard.supervisor.running import Running, until_stopped

DEMO = ROOT / "tenants" / "demo.toml"


def main() -> None:
    """Run until Ctrl-C. Exits with 1 and advice when something is in the way."""
    var_dir = environment.var_dir_of_process()
    try:
        with until_stopped(), alone_in(var_dir) as lock:
            keep_secret(var_dir)
            _run(environment.from_process(), Running(var_dir, lock))
    except (CannotStartError, SettingsError) as reason:
        sys.exit(str(reason))


def _run(settings: Settings, running: Running) -> None:
    refuse_busy_ports(settings)
    try:
        settings = _with_a_database(settings, running)
        token = prepare(settings, DEMO, "acme")
        web = running.start(commands.web(settings))
        smtp_url = settings.smtp_url or _caught_mail(settings, running)
        running.start(commands.worker(settings, smtp_url))
        shop = running.start(commands.shop(settings, token))
        wait_for_http(web, settings.host, settings.port, "/readyz")
        wait_for_http(shop, "127.0.0.1", settings.shop_port, "/")
        print(ready_block(settings, DEMO, token), flush=True)
        running.keep_alive()
    finally:
        running.stop()


def _caught_mail(settings: Settings, running: Running) -> str:
    """Where the mail catcher takes mail, once its page answers."""
    smtp_port = any_free_port()
    catcher = running.start(commands.mail_catcher(settings, smtp_port))
    wait_for_http(catcher, "127.0.0.1", settings.mail_port, "/")
    return f"smtp://127.0.0.1:{smtp_port}?starttls=never"


def _with_a_database(settings: Settings, running: Running) -> Settings:
    if not settings.embedded:
        print("Using the database of DATABASE_URL", flush=True)
        wait_for_given_database(settings.as_administrator)
        return settings
    choose_postgres_port(settings)
    wait_for_embedded_postgres(running.start(commands.postgres(settings)), settings)
    # Now that it runs, its address is found in VAR_DIR.
    return environment.from_process()
