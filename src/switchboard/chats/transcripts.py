"""Mails a chat to the address that its visitor types. Whoever reads it there did not ask us, so the limits are tight."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from switchboard.chats import log
from switchboard.chats.models import Chat
from switchboard.chats.queries import chat_of_visitor
from switchboard.chats.rating import ANSWERED
from switchboard.chats.texts import RefusedTextError
from switchboard.chats.transcript import TranscriptLine, transcript, zone_named
from switchboard.errors import ConflictError
from switchboard.infra.db import Database, TenantTx
from switchboard.infra.rate_limits import (
    TRANSCRIPT_BY_ADDRESS,
    TRANSCRIPT_BY_VISITOR,
    TRANSCRIPT_TO_RECIPIENT,
    RateLimits,
)
from switchboard.infra.works import GivenUpError
from switchboard.languages.catalogues import Languages
from switchboard.languages.language import Language
from switchboard.mailing.actions import post
from switchboard.mailing.compose import address_of
from switchboard.mailing.writing import Letters
from switchboard.protocol import Code, Entry, Side, Transcribe
from switchboard.rooms.models import Room
from switchboard.tenancy.models import Tenant

MOST_ENTRIES = 2_000
LONGEST_ADDRESS = 254
NO_ADDRESS = "Write an e-mail address, such as you@example.com."
NOT_ANSWERED = "Nobody has answered in this chat, so there is nothing to send yet."


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants a transcript, and from which network address."""

    tenant: UUID
    visitor: UUID
    whence: str

    @property
    def actor(self) -> str:
        return f"visitor:{self.visitor}"


@dataclass(frozen=True, slots=True)
class ToldChat:
    """What the letter says."""

    business: str
    room: str
    lines: list[TranscriptLine]
    left_out: int
    language: Language


@dataclass(frozen=True, slots=True)
class Transcripts:
    """Letters and limits of a web process."""

    database: Database
    letters: Letters
    languages: Languages
    limits: RateLimits

    async def mail(self, asker: Asker, wanted: Transcribe) -> None:
        """The letter leaves. Raises NotFoundError, RefusedTextError (no address), ConflictError, TooManyError."""
        to = checked_address(wanted.to)
        async with self.database.tenant_tx(asker.tenant, asker.actor) as tx:
            told = await told_chat(tx, asker.visitor, wanted, self.languages.language(wanted.language))
        await self.limits.take(TRANSCRIPT_BY_VISITOR, str(asker.visitor))
        await self.limits.take(TRANSCRIPT_BY_ADDRESS, asker.whence)
        await self.limits.take(TRANSCRIPT_TO_RECIPIENT, to.lower())
        letter = self.letters.write("chats/transcript", to, chat=told, language=told.language)
        async with self.database.tenant_tx(asker.tenant, asker.actor) as tx:
            await post(tx, letter)


def checked_address(written: str) -> str:
    """Raises RefusedTextError for what cannot be an address of mail."""
    to = written.strip()
    try:
        if len(to) > LONGEST_ADDRESS or "." not in address_of(to).domain:
            raise GivenUpError("not a mail address")
    except GivenUpError:
        raise RefusedTextError(NO_ADDRESS, code=Code.BAD_ADDRESS) from None
    return to


async def told_chat(tx: TenantTx, visitor_id: UUID, wanted: Transcribe, language: Language) -> ToldChat:
    """The newest MOST_ENTRIES of it. Raises NotFoundError, ConflictError when nobody answered."""
    chat = await chat_of_visitor(tx, wanted.chat, visitor_id)
    if chat.status not in ANSWERED:
        raise ConflictError(NOT_ANSWERED, code=Code.NOT_ALLOWED)
    business = (await tx.session.get_one(Tenant, tx.tenant_id)).name
    room = (await tx.session.scalars(select(Room.name).where(Room.id == chat.room_id))).one()
    left_out = max(0, chat.last_seq - MOST_ENTRIES)
    lines = transcript(await _entries(tx, chat, left_out), zone_named(wanted.zone), language)
    return ToldChat(business, room, lines, left_out, language)


async def _entries(tx: TenantTx, chat: Chat, after: int) -> list[Entry]:
    found: list[Entry] = []
    while entries := await log.entries(tx, chat.id, found[-1].seq if found else after, Side.VISITOR):
        found += entries
    return found
