"""A file on its way in: counted, streamed into a spool, examined, stored, kept. Each step may be the last one."""

import asyncio
from collections.abc import AsyncIterator
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from switchboard.errors import SwitchboardError, UnavailableError
from switchboard.files import actions
from switchboard.files.examination import BUSY, Workshop
from switchboard.files.names import cleaned
from switchboard.files.senders import Sender
from switchboard.gateways.storage import Storage, StorageError
from switchboard.infra.db import Database
from switchboard.infra.rate_limits import FILE_BY_PARTY, RateLimits
from switchboard.protocol import LARGEST_FILE, FileState, SentFile

ARRIVES_WITHIN_S = 600.0
MOST_ARRIVING = 32  # per process: each may hold a spool of the largest size
_BLOCK = 256 << 10


class FileTooLargeError(SwitchboardError):
    """More bytes than we take."""

    status = 413
    code = "too_large"
    message = f"This file is larger than {LARGEST_FILE >> 20} MB. Send a smaller one, or a link to it."


class EmptyFileError(SwitchboardError):
    """Nothing came."""

    status = 422
    code = "empty_file"
    message = "This file is empty. Choose another one."


class Uploads:
    """`first_state`: READY, or HELD where a scanner is asked."""

    def __init__(self, database: Database, storage: Storage, limits: RateLimits, *, first_state: FileState) -> None:
        self._database = database
        self._storage = storage
        self._limits = limits
        self._first_state = first_state
        self._arriving = 0
        self.workshop = Workshop()

    async def take(self, sender: Sender, chat_id: UUID, name: str, body: AsyncIterator[bytes]) -> SentFile:
        """Raises NotFoundError for a chat that is not theirs, ConflictError, TooLargeError and other SwitchboardErrors."""
        async with self._database.tenant_tx(sender.tenant, sender.actor) as tx:
            party = await sender.party(tx, chat_id)
        await self._limits.take(FILE_BY_PARTY, str(party.id))
        if self._arriving >= MOST_ARRIVING:
            raise UnavailableError(BUSY)
        async with self._database.tenant_tx(sender.tenant, sender.actor) as tx:
            file_id = await actions.begin(tx, party)
        self._arriving += 1
        try:
            return await self._arrive(sender, file_id, name, body)
        except BaseException:
            # A task of its own: the request that brought it may be cancelled. If it fails, the sweep does it tomorrow.
            await asyncio.shield(asyncio.create_task(self._forget(sender, file_id)))
            raise
        finally:
            self._arriving -= 1

    async def _arrive(self, sender: Sender, file_id: UUID, name: str, body: AsyncIterator[bytes]) -> SentFile:
        with TemporaryFile() as spool:
            try:
                async with asyncio.timeout(ARRIVES_WITHIN_S):
                    size = await _spooled(body, spool)
            except TimeoutError:
                raise UnavailableError("This took too long. Try again with a better connection.") from None
            examined = await self.workshop.examine(spool, size)
            try:
                await self._storage.put(sender.tenant, file_id, examined.content)
            except StorageError as error:
                raise UnavailableError("Files cannot be stored right now. Try again in a minute.") from error
        async with self._database.tenant_tx(sender.tenant, sender.actor) as tx:
            return await actions.keep(tx, file_id, cleaned(name, examined.media_type), examined, self._first_state)

    async def _forget(self, sender: Sender, file_id: UUID) -> None:
        try:
            await self._storage.remove(sender.tenant, file_id)
            async with self._database.tenant_tx(sender.tenant, sender.actor) as tx:
                await actions.forget(tx, file_id)
        except Exception:  # the sweep has it on its list
            return


async def _spooled(body: AsyncIterator[bytes], spool: IO[bytes]) -> int:
    """How many bytes came. Raises TooLargeError as soon as it is known, EmptyFileError."""
    size, block = 0, bytearray()
    async for piece in body:
        size += len(piece)
        if size > LARGEST_FILE:
            raise FileTooLargeError
        block += piece
        if len(block) >= _BLOCK:
            await asyncio.to_thread(spool.write, bytes(block))
            block.clear()
    spool.write(block)
    if size == 0:
        raise EmptyFileError
    return size
