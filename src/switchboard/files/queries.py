"""Reads of files. Every one starts from a chat that is known to be the reader's."""

from uuid import UUID

from sqlalchemy import func, select

from switchboard.accounts.queries import agent
from switchboard.chats.models import Chat, LogEntry, Party
from switchboard.chats.records import Reader, earlier_chat
from switchboard.errors import NotFoundError
from switchboard.files.models import StoredFile
from switchboard.infra.db import TenantTx
from switchboard.protocol import ChatStatus, FileState, SentFile


async def file_in(tx: TenantTx, chat_id: UUID, file_id: UUID, *, of_party: UUID) -> StoredFile:
    """Own files in any state; of the others what was sent. Raises NotFoundError."""
    file = await tx.session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.chat_id == chat_id))
    if file is None or (file.party_id != of_party and not await was_sent(tx, file)):
        raise NotFoundError
    return file


async def file_for(tx: TenantTx, file_id: UUID, party_id: UUID) -> StoredFile:
    """A ready file, for a party that may still read its chat, by an address that we have signed. Raises NotFoundError."""
    file = await tx.session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.state == FileState.READY))
    if file is None:
        raise NotFoundError
    still_there = select(Party).where(Party.id == party_id, Party.left_at.is_(None))
    party = await tx.session.scalar(still_there.order_by((Party.chat_id == file.chat_id).desc()).limit(1))
    if party is None:
        raise NotFoundError
    await require_readable(tx, party, file.chat_id)
    return file


async def require_readable(tx: TenantTx, party: Party, chat_id: UUID) -> None:
    """The party's own chat, or an earlier one that its agent may read by it (docs/decisions/0014). Raises NotFoundError."""
    if party.chat_id == chat_id:
        return
    if party.agent_id is None:
        raise NotFoundError
    reader = Reader(party.agent_id, (await agent(tx, party.agent_id)).role)
    await earlier_chat(tx, reader, party.chat_id, chat_id)


async def was_sent(tx: TenantTx, file: StoredFile) -> bool:
    """Is the message in the log that it was attached to?"""
    where = (LogEntry.chat_id == file.chat_id, LogEntry.party_id == file.party_id, LogEntry.cid == file.cid)
    return file.cid is not None and await tx.session.scalar(select(LogEntry.seq).where(*where)) is not None


async def amount(tx: TenantTx, chat_id: UUID, party_id: UUID) -> tuple[int, int]:
    """(files, bytes) of a party, with those that are just arriving."""
    wanted = select(func.count(StoredFile.id), func.coalesce(func.sum(StoredFile.size), 0))
    of_party = wanted.where(StoredFile.chat_id == chat_id, StoredFile.party_id == party_id)
    files, size = (await tx.session.execute(of_party)).one()
    return files, int(size)


async def status_of(tx: TenantTx, chat_id: UUID) -> ChatStatus:
    """Of a chat that is known to be theirs."""
    return (await tx.session.scalars(select(Chat.status).where(Chat.id == chat_id))).one()


def facts(file: StoredFile) -> SentFile:
    """What everybody in the chat may know of it."""
    return SentFile(
        file=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        width=file.width,
        height=file.height,
        seconds=file.seconds,
        state=file.state,
    )


async def held_file(tx: TenantTx, file_id: UUID) -> StoredFile | None:
    """One that waits for the scanner."""
    return await tx.session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.state == FileState.HELD))
