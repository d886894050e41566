"""Closes the sockets of sessions that ended, should the wake-up of the sign-out have been lost."""

import asyncio
import logging

from switchboard.accounts.queries import live_sessions
from switchboard.accounts.sessions import see
from switchboard.infra.db import Database
from switchboard.realtime.hub import Hub

# Sign-out everywhere promises 5 s.
CHECKED_EVERY = 3.0

log = logging.getLogger(__name__)


async def watch_sessions(database: Database, hub: Hub) -> None:
    """A task of the process."""
    while True:
        await asyncio.sleep(CHECKED_EVERY)
        held = {connection.session_id for connection in hub.connections if connection.session_id}
        if not held:
            continue
        try:
            async with database.global_tx() as tx:
                hub.close_sessions(held - await live_sessions(tx, held))
                await see(tx, held)
        except Exception:
            log.exception("sessions were not checked")
