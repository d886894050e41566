"""The long-running ones."""

import gc
import sys

import click

from switchboard.settings import from_process

# Nearly all that a message allocates goes without the collector's help. What is left of a closed socket does not: 20 KiB in
# cycles of uvicorn's and Litestar's. So seldom, but often enough for the old ones, too.
GC_THRESHOLDS = 10_000, 5, 5


@click.command()
def up() -> None:
    """Run everything on this machine, with the demo tenant, until Ctrl-C."""
    from switchboard.up import main as run_everything

    run_everything()


@click.command()
def worker() -> None:
    """Perform jobs and send mail."""
    from switchboard.infra.logs import start_logging
    from switchboard.infra.metrics import serve_metrics
    from switchboard.worker import main as work

    settings = from_process()
    start_logging(settings)
    serve_metrics(settings)
    work()


@click.command()
def web() -> None:
    """Serve HTTP and sockets."""
    import uvicorn

    from switchboard.app import create_app, drain
    from switchboard.cli.draining_server import DrainingServer
    from switchboard.infra.logs import start_logging
    from switchboard.infra.metrics import serve_metrics
    from switchboard.protocol import LARGEST_FRAME
    from switchboard.realtime.line import Line

    settings = from_process()
    start_logging(settings)
    serve_metrics(settings)
    app = create_app(settings)
    _leave_the_loaded_alone()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws=Line,
        ws_ping_interval=25,
        ws_ping_timeout=10,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        # Longer than a proxy keeps an idle connection, usually 60 s: who closes first must be the one who sends requests.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
        access_log=False,
        # It believes X-Forwarded-For of whoever connects from this machine: `infra/client_address.py` counts proxies instead.
        proxy_headers=False,
        log_config=None,
    )
    server = DrainingServer(config, lambda: drain(app, settings.drain_s))
    server.run()
    if not server.started:
        sys.exit(1)


def _leave_the_loaded_alone() -> None:
    """Code and routes are no garbage: looking through them again and again would cost more than all the rest of a message."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
