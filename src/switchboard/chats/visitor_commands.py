"""What a visitor may do beside the thread itself: rate, look back, take the chat along, go on elsewhere, be forgotten."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.chats.forgetting import forget
from switchboard.chats.past import past_chats
from switchboard.chats.rating import rate
from switchboard.chats.transcripts import Asker, Transcripts
from switchboard.customers.windows import admit
from switchboard.infra.db import Database
from switchboard.infra.rate_limits import WINDOW_BY_VISITOR
from switchboard.protocol import Admit, Admitted, Forget, PastChats, Rate, Rated, Recall, Transcribe, Transcribed
from switchboard.realtime.connection import Connection
from switchboard.realtime.socket import Handlers


@dataclass(frozen=True, slots=True)
class CommandsBesideTheThread:
    """One per connection."""

    transcripts: Transcripts
    asker: Asker

    def handlers(self) -> Handlers:
        return {
            Rate: self._rate,
            Recall: self._recall,
            Transcribe: self._transcribe,
            Admit: self._admit,
            Forget: self._forget,
        }

    @property
    def _database(self) -> Database:
        return self.transcripts.database

    @property
    def _visitor(self) -> UUID:
        return self.asker.visitor

    async def _rate(self, connection: Connection, command: Rate) -> None:
        async with self._database.tenant_tx(self.asker.tenant, self.asker.actor) as tx:
            rating = await rate(tx, self._visitor, command)
        connection.tell(Rated(chat=command.chat, rating=rating))

    async def _recall(self, connection: Connection, command: Recall) -> None:
        async with self._database.tenant_tx(self.asker.tenant, self.asker.actor) as tx:
            chats = await past_chats(tx, self._visitor)
        connection.tell(PastChats(chats=chats))

    async def _transcribe(self, connection: Connection, command: Transcribe) -> None:
        await self.transcripts.mail(self.asker, command)
        connection.tell(Transcribed(chat=command.chat, to=command.to.strip()))

    async def _admit(self, connection: Connection, command: Admit) -> None:
        await self.transcripts.limits.take(WINDOW_BY_VISITOR, str(self._visitor))
        async with self._database.tenant_tx(self.asker.tenant, self.asker.actor) as tx:
            await admit(tx, self._visitor, command.code)
        connection.tell(Admitted())

    async def _forget(self, connection: Connection, command: Forget) -> None:
        """The hub says so to every socket of the visitor, this one among them, and closes them."""
        async with self._database.tenant_tx(self.asker.tenant, self.asker.actor) as tx:
            await forget(tx, self._visitor)
