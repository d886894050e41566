"""Two tenants full of canaries, with chats going on, and everybody connected."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from switchboard.accounts.actions import sign_out
from switchboard.accounts.models import Purpose
from switchboard.canned_texts.actions import Wanted, keep
from switchboard.chats.tags import tag
from switchboard.infra.ids import new_token
from switchboard.protocol import Admit, Admitted, Answered, Inbox, Message, Status
from switchboard.provisioning.applying import apply
from switchboard.provisioning.tenants_file import AgentEntry, TenantEntry, TenantsFile
from switchboard.rooms.actions import open_room
from switchboard.tenancy.actions import put_on
from tests.accounts.forms import mailed_link
from tests.cast import PASSWORD, PRICE_LIST, Business, Cast, a_cid, email
from tests.files.scene import Sender, as_visitor, say_file
from tests.peers import Peer, agent, visitor, visitor_token
from tests.stack import Stack
from tests.tenancy.canaries import TALK, TEAM, canary, mark_rows
from tests.tenancy.earlier import a_file_in, an_earlier_chat
from tests.tenancy.principals import Principal

Ids = dict[str, str]


@dataclass
class Talk:
    """A chat, its visitor, a cid the visitor has used in it, to whom it could be transferred, and a file the visitor sent."""

    visitor: Peer
    visitor_token: str
    chat: UUID
    cid: UUID
    colleague: UUID
    room: UUID
    file: UUID
    file_address: str


@dataclass
class World:
    """What is where; `cookies` by name, `ended` for a session that is over.

    `other_sessions` are ids of second devices, `links` tokens that were mailed.
    """

    stack: Stack
    cast: Cast
    superuser: asyncpg.Connection
    cookies: dict[str, str]
    other_sessions: dict[str, str]
    second_rooms: dict[str, str]
    links: dict[str, str]
    doors: AsyncExitStack
    earlier: dict[str, str] = field(default_factory=dict[str, str])
    earlier_files: dict[str, str] = field(default_factory=dict[str, str])
    canned_texts: dict[str, str] = field(default_factory=dict[str, str])
    talks: dict[str, Talk] = field(default_factory=dict)
    agents: dict[str, Peer] = field(default_factory=dict)

    def business(self, slug: str) -> Business:
        return self.cast.acme if slug == "acme" else self.cast.globex

    def token(self, name: str) -> str:
        """`session Ben`, `visitor vera`, `room acme`; anything else is itself."""
        kind, _, whose = name.partition(" ")
        match kind:
            case "session":
                return self.cookies[whose]
            case "visitor":
                return self.talks[whose].visitor_token
            case "room":
                return self.business(whose).room_token
            case _:
                return name

    async def ids(self, principal: Principal) -> Ids:
        """Every id and token that this principal may use, by name."""
        home = self.business(principal.home)
        talk = self.talks[principal.talk or ("globex" if principal.home == "globex" else "vera")]
        return {
            "slug": home.slug,
            "room_token": home.room_token,
            "room": str(home.room_id),
            "second_room": self.second_rooms[home.slug],
            "chat": str(talk.chat),
            "cid": str(a_cid()),
            "earlier": self.earlier.get(principal.session or "", str(a_cid())),
            "earlier_file": self.earlier_files.get(principal.session or "", str(a_cid())),
            "canned_text": self.canned_texts.get(principal.session or "", str(a_cid())),
            "visitor_token": talk.visitor_token,
            "file": str(talk.file),
            "file_address": talk.file_address,
            "other_session": self.other_sessions.get(principal.session or "", str(a_cid())),
            **self.links,
            "session": self.cookies.get(principal.session or "", ""),
            "agent": str(next(iter(home.agents.values()))),
            "email": await self._email(principal),
            "asset": "w.js",
            "language": "ar",
        }

    async def _email(self, principal: Principal) -> str:
        name = (principal.session or "").lower() + "@"
        return await self.superuser.fetchval("select email from \"user\" where email like '%' || $1 || '%'", name) or ""

    async def start_talk(self, slug: str, answerer: str | None, question: str | None = None) -> Talk:
        """A new visitor asks, the agent answers (if any), and both have the log."""
        room = self.business(slug).room_token
        token = await visitor_token(self.stack, room)
        peer = await self.doors.enter_async_context(visitor(self.stack, room, token))
        await peer.got(Status, lambda status: status.online)
        chat = await peer.open(f"Vera {canary(slug, TEAM)}", question or f"An M? {canary(slug, TEAM)}")
        await peer.resume(chat)
        if answerer:
            desk = await self.agent(slug, answerer)
            await desk.answer(chat)
            await peer.got(Message, lambda message: message.entry.body == Answered())
            await desk.resume(chat)
        said = await peer.said(chat, f"Or an L? {canary(slug, TALK)}")
        home = self.business(slug)
        colleague = next(home.agents[name] for name in home.agents if len(home.agents) == 1 or name != answerer)
        file, address = await self._sent_file(as_visitor(self.stack, token, chat), peer, chat, slug)
        return Talk(peer, token, chat, said.cid, colleague, home.room_id, file, address)

    async def _sent_file(self, sender: Sender, peer: Peer, chat: UUID, slug: str) -> tuple[UUID, str]:
        file = await sender.uploaded(canary(slug, TALK).encode(), f"{canary(slug, TALK)}.txt")
        await say_file(peer, chat, file)
        return file.file, (await sender.find(file.file)).json()["url"].removeprefix("/f/")

    async def agent(self, slug: str, name: str) -> Peer:
        """The agent's console, opened once."""
        if name not in self.agents:
            self.agents[name] = await self.doors.enter_async_context(agent(self.stack, slug, self.cookies[name]))
            await self.agents[name].got(Inbox)
        return self.agents[name]

    @asynccontextmanager
    async def seated(self, principal: Principal) -> AsyncGenerator[Peer]:
        """A socket of the principal's own, where they may have one."""
        if principal.is_visitor:
            token = self.talks[principal.talk or ""].visitor_token
            async with visitor(self.stack, self.business(principal.home).room_token, token) as peer:
                await peer.got(Status)
                yield peer
        else:
            async with agent(self.stack, principal.home, self.cookies[principal.session or ""]) as peer:
                await peer.got(Inbox)
                yield peer


@asynccontextmanager
async def living(stack: Stack, cast: Cast, superuser: asyncpg.Connection) -> AsyncGenerator[World]:
    """Vera texts with Ben, Eve with Alice, and Globex' visitor with Gil. Cara belongs to both businesses."""
    cookies = {name: await cast.cookie(name) for name in ("Alice", "Ben", "Cara", "Gil")}
    cookies["ended"] = await cast.cookie("Alice")
    await sign_out(cast.database, cookies["ended"])
    other_sessions = {name: str((await cast.session(name)).id) for name in ("Alice", "Ben", "Cara", "Gil")}
    await _join_globex(cast)
    second_rooms = {business.slug: str(await _second_room(cast, business)) for business in (cast.acme, cast.globex)}
    for slug in ("globex", "acme"):
        await mark_rows(superuser, slug)
    gils = await superuser.fetchval("select email from \"user\" where email like '%gil@%'")
    links = {
        "sign_up_link": await mailed_link(cast.database, Purpose.SIGN_UP),
        "window_code": new_token(),
        "reset_link": await mailed_link(cast.database, Purpose.RESET, gils),
    }
    async with AsyncExitStack() as doors:
        world = World(stack, cast, superuser, cookies, other_sessions, second_rooms, links, doors)
        for slug, name in (("acme", "Ben"), ("acme", "Alice"), ("globex", "Gil")):
            await world.agent(slug, name)
        world.talks["vera"] = await world.start_talk("acme", "Ben")
        world.talks["eve"] = await world.start_talk("acme", "Alice", "What she may read again.")
        world.talks["globex"] = await world.start_talk("globex", "Gil")
        await _furnish(world)
        await world.talks["globex"].visitor.send(Admit(code=world.links["window_code"]))
        await world.talks["globex"].visitor.got(Admitted)
        yield world


async def _furnish(world: World) -> None:
    """Vera and Gil's visitor have been here before; Ben and Gil have a canned text of their own."""
    for name, slug, talk in (("Ben", "acme", "vera"), ("Gil", "globex", "globex")):
        business = world.business(slug)
        earlier = await an_earlier_chat(world.superuser, world.talks[talk].chat)
        world.earlier[name] = str(earlier)
        world.earlier_files[name] = str(await a_file_in(world.superuser, earlier, world.talks[talk].file))
        async with world.cast.database.tenant_tx(business.tenant_id, "test") as tx:
            wanted = Wanted("thanks", f"Thank you {canary(slug, TALK)}")
            world.canned_texts[name] = str(await keep(tx, PRICE_LIST, wanted, business.agents[name]))
            await tag(tx, business.agents[name], world.talks[talk].chat, f"repair {canary(slug, TEAM)}")


async def _second_room(cast: Cast, business: Business) -> UUID:
    """On a plan that has place for more."""
    async with cast.database.tenant_tx(business.tenant_id, "test") as tx:
        await put_on(tx, business.tenant_id, PRICE_LIST.sold("professional"))
        return (await open_room(tx, PRICE_LIST, "Sales")).id


async def _join_globex(cast: Cast) -> None:
    cara = AgentEntry("Cara", email("Cara"), PASSWORD)
    await apply(cast.database, PRICE_LIST, TenantsFile([TenantEntry("globex", "Globex", [cara])]))
