"""Sockets: an entry of the matrix as a command, for one principal, with a foreign id in one field; and the handshakes."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
from websockets.exceptions import ConnectionClosed, InvalidStatus

from switchboard.protocol import Code, Current, Hello, Inbox, Look, Refused, WelcomeAgent, WelcomeVisitor
from switchboard.realtime.socket import tag_of
from tests.cast import a_cid
from tests.peers import Peer, connected
from tests.tenancy.entries import AS_NEW, REFUSED, WELCOME, Asked, Knock
from tests.tenancy.principals import EVERYBODY, Principal
from tests.tenancy.world import Ids, Talk, World

ENDS_WITHIN = 5.0


@dataclass(frozen=True)
class Attempt:
    """`field` holds an id of Vera's chat; the others are this principal's own."""

    asked: Asked
    by: Principal
    field: str = ""

    @property
    def is_own(self) -> bool:
        """Must be served: there is no id in it, or one that counts only within the principal's own."""
        return self.by.side in self.asked.sides and self.asked.ids.get(self.field) != REFUSED


def attempts(asked: Asked) -> list[Attempt]:
    """Everybody with a socket who is not in Vera's chat x each field with an id that is foreign to them."""
    outsiders = [who for who in EVERYBODY if who.side and who.talk != "vera" and who not in asked.of]
    every = [Attempt(asked, who, place) for who in outsiders for place in asked.ids or ("",)]
    every = [attempt for attempt in every if attempt.by.home != "acme" or attempt.field not in asked.of_tenant]
    return [attempt for attempt in every if attempt.by.talk or asked.ids.get(attempt.field) != AS_NEW]


def ids_of(talk: Talk) -> Ids:
    ids = {"chat": str(talk.chat), "cid": str(a_cid()), "visitor_token": talk.visitor_token}
    return ids | {"agent": str(talk.colleague), "room": str(talk.room)}


async def is_granted(peer: Peer, asked: Asked, ids: Ids, witness: Peer | None = None) -> bool:
    """Asks, and waits for the event by which one (or the witness) sees that it worked."""
    witness = witness or peer
    seen = len(witness.events)
    await peer.send(asked.make(ids))
    if asked.no_id:
        with suppress(ConnectionClosed):  # what was asked for may be the end of it
            await peer.send(Look())
    try:
        await witness.got(object, lambda event: _is_new(witness, event, seen) and asked.granted(ids, event))
    except TimeoutError:
        return False
    return True


async def why_wrong(peer: Peer, attempt: Attempt, ids: Ids) -> str:
    """Empty when the attempt was answered as it must be."""
    if attempt.is_own:
        return "" if await is_granted(peer, attempt.asked, ids) else "was not served as its own"
    asked, seen = attempt.asked, len(peer.events)
    await peer.send(asked.make(ids))
    await settled(peer)
    name = tag_of(asked.kind)
    refusals = [event.code for event in peer.events[seen:] if isinstance(event, Refused) and event.command == name]
    wanted = Code.NO_CHAT if attempt.by.side in asked.sides else Code.NOT_ALLOWED
    return "" if refusals == [wanted] else f"was told {refusals}, not {wanted}"


async def settled(peer: Peer) -> None:
    """Everything that was asked before has been answered; a socket that was closed says nothing any more."""
    seen = len(peer.events)
    try:
        await peer.send(Look())
    except ConnectionClosed:
        return
    await peer.got((Inbox, Current), lambda event: _is_new(peer, event, seen))


def frames(peer: Peer) -> str:
    """All that came over this socket."""
    return "\n".join(msgspec.json.encode(event).decode() for event in peer.events)


async def outcome(world: World, path: str, knock: Knock) -> int:
    """WELCOME, the status of a refused handshake, or the close code."""
    token, is_console = world.token(knock.holding), path.startswith("/console")
    at = "absent" if knock.at == "absent" else world.business(knock.at)
    if not isinstance(at, str):
        at = at.slug if is_console else at.room_token
    headers = {"cookie": f"sb_session={token}"} if is_console and token else {}
    try:
        async with connected(world.stack, path.replace("{slug:str}", at).replace("{token:str}", at), headers) as peer:
            with suppress(ConnectionClosed):
                await peer.send(Hello(token=None if is_console else token))
            return await _end_of(peer)
    except InvalidStatus as refusal:
        return refusal.response.status_code


async def _end_of(peer: Peer) -> int:
    welcome = asyncio.create_task(peer.got((WelcomeAgent, WelcomeVisitor), within=ENDS_WITHIN))
    closed = asyncio.create_task(peer.closed(ENDS_WITHIN))
    await asyncio.wait((welcome, closed), return_when=asyncio.FIRST_COMPLETED)
    is_welcome = welcome.done()
    for task in (welcome, closed):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return WELCOME if is_welcome else peer.socket.close_code or 0


def _is_new(peer: Peer, event: Any, seen: int) -> bool:
    return any(event is new for new in peer.events[seen:])
