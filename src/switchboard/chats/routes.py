"""The console's page, and the sockets of both sides."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, WebSocket, get, websocket
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from litestar.template.base import csrf_token

from switchboard.accounts.access import SESSION_COOKIE, AtConsole, at_console
from switchboard.chats.conversation import Switch
from switchboard.chats.socket import AgentCommands, SeatedAgent, Visitor, VisitorCommands
from switchboard.chats.texts import noted
from switchboard.chats.transcripts import Asker, Transcripts
from switchboard.chats.visitor_commands import CommandsBesideTheThread
from switchboard.errors import NotFoundError, SignInNeededError
from switchboard.infra.pages import Pages, as_boot
from switchboard.infra.plain_answer import answer_plainly
from switchboard.infra.rate_limits import RateLimits
from switchboard.languages.catalogues import Languages
from switchboard.mailing.writing import Letters
from switchboard.presence.leases import LeaseKeeper
from switchboard.protocol import LONGEST_USER_AGENT, CloseCode, Hello, WelcomeAgent, WelcomeVisitor
from switchboard.realtime.connection import Connection
from switchboard.realtime.socket import Handlers, serve
from switchboard.rooms.addresses import AddressedRoom, room_at
from switchboard.tenancy.directory import Kind, resolve

AnySocket = WebSocket[Any, Any, Any]


class ChatsController(Controller):
    """Agents come by session cookie, visitors by the token in their first frame."""

    @get(["/console/{slug:str}", "/console/{slug:str}/inbox"])
    async def console_page(
        self,
        request: Request[Any, Any, Any],
        slug: FromPath[str],
        switch: NamedDependency[Switch],
        pages: NamedDependency[Pages],
    ) -> Template:
        here = await at_console(switch.database, slug, request.cookies.get(SESSION_COOKIE))
        boot: dict[str, Any] = {
            "tenant": {"slug": here.tenant.slug, "name": here.tenant.name},
            "you": {"agent": str(here.agent_id), "name": here.agent_name, "email": here.signed_in.email},
            "socket": f"/console/{slug}/socket",
            "csrf": csrf_token({"request": request}),
        }
        return pages.page("app.html", app="console", boot=as_boot(boot), title=f"Inbox · {here.tenant.name}")

    @websocket("/console/{slug:str}/socket")
    async def console_socket(
        self, socket: AnySocket, slug: FromPath[str], switch: NamedDependency[Switch], leases: NamedDependency[LeaseKeeper]
    ) -> None:
        try:
            here = await at_console(switch.database, slug, socket.cookies.get(SESSION_COOKIE))
        except SignInNeededError:
            await _accept_and_close(socket, CloseCode.SIGNED_OUT)
            return
        except NotFoundError as error:
            await answer_plainly(socket.scope, socket.receive, socket.send, error.status, error.message)
            return

        async def greet(connection: Connection, _hello: Hello) -> Handlers:
            connection.session_id = here.signed_in.session_id
            await leases.arrive(here.tenant.id, here.agent_id, socket)
            return await _greet_agent(switch, connection, here)

        try:
            connection = await serve(socket, switch.hub, greet)
        finally:
            leases.depart(socket)
        if connection.closed_with is CloseCode.SIGNED_OUT:
            await leases.sign_off(here.tenant.id, here.agent_id)

    @websocket("/c/{token:str}/socket")
    async def visitor_socket(
        self,
        socket: AnySocket,
        token: FromPath[str],
        switch: NamedDependency[Switch],
        letters: NamedDependency[Letters],
        languages: NamedDependency[Languages],
        limits: NamedDependency[RateLimits],
    ) -> None:
        try:
            there = await room_at(switch.database, token)
        except NotFoundError:
            await _accept_and_close(socket, CloseCode.BAD_TOKEN)
            return

        async def greet(connection: Connection, hello: Hello) -> Handlers:
            connection.visitor_id = await _who_greets(switch, hello, there)
            asker = Asker(there.tenant.id, connection.visitor_id, limits.address_of(socket))
            beside = CommandsBesideTheThread(Transcripts(switch.database, letters, languages, limits), asker)
            user_agent = noted(socket.headers.get("user-agent"), LONGEST_USER_AGENT)
            visitor = Visitor(there.tenant.id, connection.visitor_id, there.room.id, user_agent)
            await _greet_visitor(switch, connection, visitor, there)
            return VisitorCommands(switch, connection, visitor, beside).handlers()

        await serve(socket, switch.hub, greet)


async def _accept_and_close(socket: AnySocket, code: CloseCode) -> None:
    """A browser cannot read the status of a refused handshake; it would try again for ever."""
    await socket.accept()
    await socket.close(code, code.name.lower())


async def _greet_agent(switch: Switch, connection: Connection, here: AtConsole) -> Handlers:
    connection.tell(WelcomeAgent(agent=here.agent_id, name=here.agent_name))
    await switch.hub.views.subscribe(here.tenant.id, (("inbox", here.agent_id),), connection)
    return AgentCommands(switch, connection, SeatedAgent(here.tenant.id, here.agent_id)).handlers()


async def _who_greets(switch: Switch, hello: Hello, there: AddressedRoom) -> UUID:
    """Raises NotFoundError for a token that is absent, unknown, or another tenant's."""
    async with switch.database.global_tx() as tx:
        target = await resolve(tx, Kind.VISITOR, hello.token or "")
    if target.tenant_id != there.tenant.id:
        raise NotFoundError
    return target.id


async def _greet_visitor(switch: Switch, connection: Connection, visitor: Visitor, there: AddressedRoom) -> None:
    connection.tell(WelcomeVisitor(business=there.tenant.name, room=there.room.name))
    topics = (("status", visitor.room), ("current", visitor.id, visitor.room))
    await switch.hub.views.subscribe(visitor.tenant, topics, connection)
