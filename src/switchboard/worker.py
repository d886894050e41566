"""The worker process: `switchboard worker`. Any number of them may run on one database."""

import asyncio
import logging
import signal

from switchboard.settings import Settings, from_process
from switchboard.wiring.work import working

log = logging.getLogger(__name__)


async def work(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    for farewell in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(farewell, stopped.set)
    async with working(settings):
        log.info("worker ready")
        await stopped.wait()


def main() -> None:
    """Raises SettingsError."""
    asyncio.run(work(from_process()))
