"""The long-running ones."""

import logging

import click

from switchboard.settings import from_process


@click.command()
def up() -> None:
    """Run everything on this machine, with the demo tenant, until Ctrl-C."""
    from switchboard.up import main as run_everything

    run_everything()


@click.command()
def web() -> None:
    """Serve HTTP and sockets."""
    import uvicorn

    from switchboard.protocol import LARGEST_FRAME

    settings = from_process()
    # At INFO it writes each socket's address, with the token in it.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    uvicorn.run(
        "switchboard.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_ping_interval=25,
        ws_ping_timeout=10,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
        access_log=False,
        log_config=None,
    )
