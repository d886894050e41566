"""Socket commands of each side → actions. `handlers` is what its peer may do."""

from dataclasses import dataclass
from uuid import UUID

from switchboard.accounts.queries import agent as agent_by_id
from switchboard.chats import actions, queries
from switchboard.chats.conversation import Conversation, Switch
from switchboard.chats.models import Party
from switchboard.chats.texts import opening
from switchboard.chats.transfer import transfer_to_agent, transfer_to_room
from switchboard.chats.visitor_commands import CommandsBesideTheThread
from switchboard.infra.db import TenantTx
from switchboard.presence.actions import choose
from switchboard.protocol import Answer, Choose, End, Open, Opened, Side, TransferToAgent, TransferToRoom
from switchboard.realtime.connection import Connection
from switchboard.realtime.socket import Handlers


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor in a room. `user_agent`: as the handshake had it."""

    tenant: UUID
    id: UUID
    room: UUID
    user_agent: str | None

    @property
    def actor(self) -> str:
        return f"visitor:{self.id}"

    @property
    def side(self) -> Side:
        return Side.VISITOR

    async def party(self, tx: TenantTx, chat_id: UUID) -> Party:
        await queries.chat_of_visitor(tx, chat_id, self.id)
        return await queries.visitor_party(tx, chat_id)


class VisitorCommands(Conversation):
    """What a visitor may do."""

    def __init__(self, switch: Switch, connection: Connection, visitor: Visitor, beside: CommandsBesideTheThread) -> None:
        super().__init__(switch, connection, visitor)
        self._visitor = visitor
        self._beside = beside

    def handlers(self) -> Handlers:
        return {**self.shared_handlers(), **self._beside.handlers(), Open: self._open, End: self._end}

    async def _open(self, connection: Connection, command: Open) -> None:
        wanted = opening(command)
        async with self._switch.database.tenant_tx(self._visitor.tenant, self._visitor.actor) as tx:
            chat = await actions.open_chat(tx, self._visitor.room, self._visitor.id, wanted, self._visitor.user_agent)
        connection.tell(Opened(cid=command.cid, chat=chat))

    async def _end(self, connection: Connection, command: End) -> None:
        async with self._switch.database.tenant_tx(self._visitor.tenant, self._visitor.actor) as tx:
            await actions.end_by_visitor(tx, self._visitor.id, command.chat)


@dataclass(frozen=True, slots=True)
class SeatedAgent:
    """An agent at a console."""

    tenant: UUID
    id: UUID

    @property
    def actor(self) -> str:
        return f"agent:{self.id}"

    @property
    def side(self) -> Side:
        return Side.AGENT

    async def party(self, tx: TenantTx, chat_id: UUID) -> Party:
        return await queries.party_of_agent(tx, chat_id, self.id)


class AgentCommands(Conversation):
    """What an agent may do."""

    def __init__(self, switch: Switch, connection: Connection, agent: SeatedAgent) -> None:
        super().__init__(switch, connection, agent)
        self._agent = agent

    def handlers(self) -> Handlers:
        return {
            **self.shared_handlers(),
            Answer: self._answer,
            End: self._end,
            TransferToAgent: self._transfer_to_agent,
            TransferToRoom: self._transfer_to_room,
            Choose: self._choose,
        }

    async def _answer(self, connection: Connection, command: Answer) -> None:
        async with self._switch.database.tenant_tx(self._agent.tenant, self._agent.actor) as tx:
            await actions.answer(tx, await agent_by_id(tx, self._agent.id), command.chat)

    async def _end(self, connection: Connection, command: End) -> None:
        async with self._switch.database.tenant_tx(self._agent.tenant, self._agent.actor) as tx:
            await actions.end_by_agent(tx, self._agent.id, command.chat)

    async def _transfer_to_agent(self, connection: Connection, command: TransferToAgent) -> None:
        async with self._switch.database.tenant_tx(self._agent.tenant, self._agent.actor) as tx:
            agent = await agent_by_id(tx, self._agent.id)
            await transfer_to_agent(tx, agent, command.chat, command.agent, command.note)

    async def _transfer_to_room(self, connection: Connection, command: TransferToRoom) -> None:
        async with self._switch.database.tenant_tx(self._agent.tenant, self._agent.actor) as tx:
            agent = await agent_by_id(tx, self._agent.id)
            await transfer_to_room(tx, agent, command.chat, command.room, command.note)

    async def _choose(self, connection: Connection, command: Choose) -> None:
        async with self._switch.database.tenant_tx(self._agent.tenant, self._agent.actor) as tx:
            await choose(tx, self._agent.id, command.availability)
