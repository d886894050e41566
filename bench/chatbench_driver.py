"""Switchboard under chatbench:

    python -m chatbench latency bench.chatbench_driver -o room=TOKEN -o dsn=postgresql://…

Options: url, room, slug, agents (email:password,…; those of `tenants/demo.toml` are the default), cookie (of an agent who is
signed in already), per_agent, marks=1, noagents=1, label, and dsn: a superuser's address of the database. An agent holds 4
chats; with `dsn` the tenant's agents may hold any number from then on, which is how one agent gets `per_agent` of them.
"""

import asyncio
import sys
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from picows import ws_connect  # pyright: ignore[reportUnknownVariableType] - its **kwargs have no type

from bench.clients import PATIENCE_S, AgentClient, Client, VisitorClient
from bench.doors import Doors
from bench.generator import Base

DEMO = "alice@acme.example:alice-demo,ben@acme.example:ben-demo,cara@acme.example:cara-demo"
CONNECTING_AT_ONCE = 32
ANY_NUMBER = 1_000_000

_HOLD = "update presence p set capacity = $1 from tenant t where t.id = p.tenant_id and t.slug = $2"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A visitor's end of a chat that an agent has open."""

    visitor: VisitorClient
    id: UUID


class Driver(Base):
    def __init__(self, opts: dict[str, str]) -> None:
        super().__init__(opts)
        if "room" not in opts:
            sys.exit("-o room=… is missing: the last part of the room page's address that `make up` prints")
        self.label = opts.get("label", "switchboard")
        self._doors = Doors(opts.get("url", "http://localhost:8000"))
        self._agents: list[AgentClient] = []
        self._conversations: list[Conversation] = []
        self._clients: list[Client] = []

    async def setup(self, n: int) -> None:
        """Agents at their consoles, `per_agent` chats for each as far as there are logins."""
        if "noagents" in self.o:
            return
        slug = self.o.get("slug", "acme")
        if "dsn" in self.o:
            await _let_agents_hold_any_number(self.o["dsn"], slug)
        wanted = max(1, -(-n // self.opt("per_agent", 10)))
        for login in self.o.get("agents", DEMO).split(",")[:wanted]:
            self._agents.append(await self._agent(slug, *login.split(":", 1)))

    async def start_chat(self, i: int) -> Conversation:
        visitor = await self._visitor()
        conversation = Conversation(visitor, await visitor.open(f"Visitor {i}", "Does an M fit me?"))
        await self._agents[i % len(self._agents)].take(conversation.id)
        self._conversations.append(conversation)
        return conversation

    async def ring(self, i: int) -> float:
        """Milliseconds from a visitor's click to the card on the agent's screen. The chat goes on."""
        visitor = await self._visitor()
        agent = self._agents[i % len(self._agents)]
        clicked = asyncio.get_running_loop().time()
        chat = await visitor.ask(f"Visitor {i}", "Does an M fit me?")
        rang = await agent.rang(chat)
        self._conversations.append(Conversation(visitor, chat))
        return 1000 * (rang - clicked)

    async def send(self, chat: Conversation, text: str) -> None:
        await chat.visitor.say(chat.id, text)

    async def idle(self, n: int) -> None:
        """Visitors with a socket, without a chat."""
        room_for = asyncio.Semaphore(CONNECTING_AT_ONCE)

        async def arrive() -> None:
            async with room_for:
                await self._visitor()

        await asyncio.gather(*(arrive() for _ in range(n)))

    async def close(self) -> None:
        """Ends the chats, so that the next run finds an empty desk."""
        ends = (conversation.visitor.end(conversation.id) for conversation in self._conversations)
        for failed in await asyncio.gather(*ends, return_exceptions=True):
            if isinstance(failed, Exception):
                print(f"a chat was not ended: {failed!r}", file=sys.stderr)
        for client in self._clients:
            client.leave()
        await self._doors.close()

    async def _visitor(self) -> VisitorClient:
        room = self.o["room"]
        token = await self._doors.visitor_token(room)
        visitor = VisitorClient()
        await self._connect(visitor, f"/c/{room}/socket")
        visitor.hello(token)
        async with asyncio.timeout(PATIENCE_S):
            await visitor.is_greeted.wait()
        return visitor

    async def _agent(self, slug: str, email: str, password: str) -> AgentClient:
        cookie = self.o.get("cookie") or await self._doors.sign_in(email, password)
        # Not `self.deliver` itself: chatbench puts another one in its place for every run.
        agent = AgentClient(lambda text: self.deliver(text), marks="marks" in self.o)
        await self._connect(agent, f"/console/{slug}/socket", cookie=cookie)
        agent.hello()
        async with asyncio.timeout(PATIENCE_S):
            await agent.is_greeted.wait()
        return agent

    async def _connect(self, client: Client, path: str, **headers: str) -> None:
        url = self._doors.url
        address = url.replace("http", "ws", 1) + path
        await ws_connect(
            lambda: client, address, extra_headers={"origin": url, **headers}, websocket_handshake_timeout=PATIENCE_S
        )
        self._clients.append(client)


async def _let_agents_hold_any_number(dsn: str, slug: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_HOLD, ANY_NUMBER, slug)
    finally:
        await connection.close()
