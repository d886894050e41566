"""Verbs of files: begin, keep, attach, pass, keep back, forget. The bytes move between these transactions, never inside."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from switchboard.chats import log
from switchboard.chats.models import OPEN_STATUSES, Chat, Party
from switchboard.errors import ConflictError, NotFoundError, SwitchboardError
from switchboard.files.examination import Examined
from switchboard.files.kinds import OPAQUE
from switchboard.files.models import StoredFile
from switchboard.files.queries import amount, facts, status_of, was_sent
from switchboard.infra import due
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id
from switchboard.protocol import LARGEST_FILE, Code, FileState, SentFile

MOST_FILES = 100
MOST_BYTES = 200 << 20
UNSENT_FOR = timedelta(hours=24)
UNSENT, SCAN = "unsent_file", "file_scan"  # kinds of due work

_GONE = "This file is not here any more. Attach it again."


class FullChatError(SwitchboardError):
    """No more files of this party in this chat."""

    status = 422
    code = "too_many_files"
    message = f"{MOST_FILES} files or {MOST_BYTES >> 20} MB are the most that one side can send in one chat. Send a link."


async def begin(tx: TenantTx, party: Party) -> UUID:
    """Counts a file that is about to arrive, and sees to it that it goes if it is never sent.

    Raises ConflictError in an ended chat, FullChatError.
    """
    if await status_of(tx, party.chat_id) not in OPEN_STATUSES:
        raise ConflictError("This chat has ended. Start a new one to send files.", code=Code.CLOSED)
    mine = select(Party.id).where(Party.chat_id == party.chat_id, Party.id == party.id)
    # One after the other: of many at once none must pass by the same count.
    await tx.session.execute(mine.with_for_update(key_share=True))
    files, size = await amount(tx, party.chat_id, party.id)
    if files >= MOST_FILES or size + LARGEST_FILE > MOST_BYTES:
        raise FullChatError
    file = StoredFile(
        id=new_id(),
        chat_id=party.chat_id,
        party_id=party.id,
        state=FileState.ARRIVING,
        name="",
        media_type=OPAQUE,
        # What it may become: others that arrive at the same time are counted against the limit as well.
        size=LARGEST_FILE,
        created_at=tx.now,
    )
    tx.session.add(file)
    await due.put(tx, UNSENT, file.id, tx.now + UNSENT_FOR)
    return file.id


async def keep(tx: TenantTx, file_id: UUID, name: str, examined: Examined, state: FileState) -> SentFile:
    """It has arrived whole. HELD: a scanner is asked first. Raises NotFoundError when it was forgotten meanwhile."""
    arrived = (
        update(StoredFile)
        .where(StoredFile.id == file_id, StoredFile.state == FileState.ARRIVING)
        .values(
            state=state,
            name=name,
            media_type=examined.media_type,
            size=examined.size,
            width=examined.width,
            height=examined.height,
            seconds=examined.seconds,
        )
        .returning(StoredFile)
    )
    file = await tx.session.scalar(arrived, execution_options={"synchronize_session": False, "populate_existing": True})
    if file is None:
        raise NotFoundError(_GONE)
    if state is FileState.HELD:
        await due.put(tx, SCAN, file_id)
    return facts(file)


async def attach(tx: TenantTx, *, chat: UUID, party: UUID, cid: UUID, file: UUID) -> SentFile:
    """The facts for a message of this party with this file: theirs, uploaded for this chat, ready, in no other message.

    Raises NotFoundError, ConflictError while it is held or when it was sent before.
    """
    where = (StoredFile.id == file, StoredFile.chat_id == chat, StoredFile.party_id == party)
    found = await tx.session.scalar(select(StoredFile).where(*where).with_for_update())
    if found is None or found.state in (FileState.ARRIVING, FileState.INFECTED):
        raise NotFoundError(_GONE)
    if found.state is FileState.HELD:
        raise ConflictError("This file is still being looked at. Send it again in a minute.", code=Code.FILE_HELD)
    if found.cid != cid:
        if await was_sent(tx, found):
            raise ConflictError("This file was sent before. Attach it again to send it twice.", code=Code.CID_REUSED)
        found.cid = cid
    return facts(found)


async def let_pass(tx: TenantTx, file_id: UUID) -> None:
    """The scanner found nothing: it may be sent."""
    await _swap(tx, file_id, FileState.HELD, FileState.READY)


async def keep_back(tx: TenantTx, file_id: UUID) -> None:
    """The scanner found something: it is never served, and both sides read so in their chat."""
    file = await _swap(tx, file_id, FileState.HELD, FileState.INFECTED)
    if file is None:
        return
    chat = await tx.session.scalar(
        select(Chat).where(Chat.id == file.chat_id, Chat.status.in_(OPEN_STATUSES)).with_for_update(key_share=True)
    )
    party = await tx.session.scalar(select(Party).where(Party.chat_id == file.chat_id, Party.id == file.party_id))
    if chat is not None and party is not None:
        await log.append(tx, chat, party, facts(file))


async def take_away(tx: TenantTx, file_id: UUID) -> StoredFile | None:
    """From now on nobody can send it. None when it was sent, or is gone already."""
    found = await tx.session.scalar(select(StoredFile).where(StoredFile.id == file_id).with_for_update())
    if found is None or (found.state is FileState.READY and await was_sent(tx, found)):
        return None
    found.state = FileState.ARRIVING
    return found


async def erase(tx: TenantTx, chat_id: UUID) -> None:
    """All of the chat, whoever sent them: from now on nobody gets them, and their bytes go as those of files never sent."""
    gone = {"state": FileState.ARRIVING, "name": "", "cid": None}
    erased = update(StoredFile).where(StoredFile.chat_id == chat_id).values(gone).returning(StoredFile.id)
    for file in list(await tx.session.scalars(erased, execution_options={"synchronize_session": False})):
        await due.hasten(tx, UNSENT, file)


async def forget(tx: TenantTx, file_id: UUID) -> None:
    """Its bytes are gone, or never came."""
    await tx.session.execute(delete(StoredFile).where(StoredFile.id == file_id))


async def _swap(tx: TenantTx, file_id: UUID, old: FileState, new: FileState) -> StoredFile | None:
    swap = update(StoredFile).where(StoredFile.id == file_id, StoredFile.state == old).values(state=new)
    options = {"synchronize_session": False, "populate_existing": True}
    return await tx.session.scalar(swap.returning(StoredFile), execution_options=options)
