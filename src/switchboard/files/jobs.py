"""Work on files that is due: asking the scanner, and sweeping what was never sent. Between two transactions, as mail is."""

from uuid import UUID

from switchboard.files import actions
from switchboard.files.queries import held_file
from switchboard.gateways.scanner import NoVerdictError, Scanner, Verdict
from switchboard.gateways.storage import Storage, StorageError
from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.due import Due
from switchboard.infra.works import NotNowError

_ACTOR = "system:files"


async def scan_file(database: Database, storage: Storage, scanner: Scanner | None, claimed: Due) -> None:
    """A held file becomes ready or infected. Raises NotNowError while nobody can say. Without a scanner it waits for one."""
    tenant = _tenant_of(claimed)
    async with database.tenant_tx(tenant, _ACTOR) as tx:
        held = await held_file(tx, claimed.id)
    verdict = await _verdict(storage, scanner, tenant, claimed.id, held.size) if held else None
    async with database.tenant_tx(tenant, _ACTOR) as tx:
        if verdict is Verdict.CLEAN:
            await actions.let_pass(tx, claimed.id)
        elif verdict is Verdict.INFECTED:
            await actions.keep_back(tx, claimed.id)
        await due.finish(tx, claimed)
    if verdict is Verdict.INFECTED:
        await _removed(storage, tenant, claimed.id)


async def forget_unsent(database: Database, storage: Storage, claimed: Due) -> None:
    """A file that no message holds goes, bytes first; one that was sent stays."""
    tenant = _tenant_of(claimed)
    async with database.tenant_tx(tenant, _ACTOR) as tx:
        unsent = await actions.take_away(tx, claimed.id)
    if unsent is not None:
        await _removed(storage, tenant, claimed.id)
    async with database.tenant_tx(tenant, _ACTOR) as tx:
        if unsent is not None:
            await actions.forget(tx, claimed.id)
        await due.finish(tx, claimed)


async def _verdict(storage: Storage, scanner: Scanner | None, tenant: UUID, file: UUID, size: int) -> Verdict:
    if scanner is None:
        raise NotNowError("no scanner is set")
    try:
        return await scanner.verdict(storage.read(tenant, file, first=0, end=size))
    except (NoVerdictError, StorageError) as error:
        raise NotNowError(str(error)) from None


async def _removed(storage: Storage, tenant: UUID, file: UUID) -> None:
    try:
        await storage.remove(tenant, file)
    except StorageError as error:
        raise NotNowError(str(error)) from None


def _tenant_of(claimed: Due) -> UUID:
    if claimed.tenant_id is None:
        raise TypeError("a file belongs to a tenant")
    return claimed.tenant_id
