"""Performing what was claimed: one try, and what follows from how it ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.due import Due
from switchboard.infra.trace import Trace, traced

LEASE = timedelta(seconds=30)
"""Within it a try ends, or its worker is taken for dead."""
TAKES_AT_MOST_S = 25.0
PATIENCE = timedelta(days=3)

Work = Callable[[Due], Awaitable[None]]

log = logging.getLogger(__name__)


class NotNowError(Exception):
    """It may work later. The text names a code or a class, never what somebody wrote: it is stored and logged."""


class GivenUpError(Exception):
    """It will never work by itself. The text is as in NotNowError."""


class Works:
    """`handlers` by kind. A handler finishes its due row in the transaction of its effect, and must bear to run twice."""

    def __init__(self, database: Database, handlers: Mapping[str, Work]) -> None:
        self._database = database
        self._handlers = handlers

    async def perform(self, claimed: Due) -> None:
        """Never raises for a failed try: the row is put off with growing pauses, and given up after three days."""
        with traced(Trace(str(claimed.id), route=claimed.kind, tenant=claimed.tenant_id)):
            await self._perform(claimed)

    async def _perform(self, claimed: Due) -> None:
        if not await self._is_still_ours(claimed):
            return
        try:
            async with asyncio.timeout(TAKES_AT_MOST_S):
                await self._handlers[claimed.kind](claimed)
        except GivenUpError as error:
            await self._give_up(claimed, str(error))
        except (NotNowError, TimeoutError) as error:
            await self._put_off(claimed, str(error) or type(error).__name__)
        except Exception as error:
            log.error("%s %s failed", claimed.kind, claimed.id, exc_info=error.__cause__ or error)
            await self._put_off(claimed, type(error.__cause__ or error).__name__)

    async def _is_still_ours(self, claimed: Due) -> bool:
        """It may have lain with the courier for longer than its lease; then a later claim stands for it."""
        async with self._database.global_tx() as tx:
            return await due.renew(tx, claimed, LEASE)

    async def _put_off(self, claimed: Due, error: str) -> None:
        async with self._database.global_tx() as tx:
            if tx.now - claimed.since > PATIENCE:
                await due.give_up(tx, claimed, error)
            else:
                await due.put_off(tx, claimed, error, tx.now + due.pause_after(claimed.attempts))
        log.warning("%s %s: %s, try %d", claimed.kind, claimed.id, error, claimed.attempts)

    async def _give_up(self, claimed: Due, error: str) -> None:
        async with self._database.global_tx() as tx:
            await due.give_up(tx, claimed, error)
        log.error("%s %s given up: %s; see `switchboard jobs list`", claimed.kind, claimed.id, error)
