"""The log of a real process, after everything that people can write into it went well and went wrong, holds none of it."""

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from websockets import Origin
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from switchboard.protocol import CloseCode, Inbox, Open, Opened, Refused
from tests.cast import Cast, a_cid
from tests.conftest import SECRET
from tests.peers import Peer, agent, visitor, visitor_token
from tests.web_process import WebProcess, web_process

# What a careless line would look like, in a process that is otherwise the real one.
CARELESS = """
import logging
from switchboard.chats import conversation
checked = conversation.checked
def logged(text):
    logging.getLogger("switchboard.careless").info("said: %s", text)
    return checked(text)
conversation.checked = logged
from switchboard.cli import main
main()
"""


def canary(place: str) -> str:
    return f"CANARY-{place}-{secrets.token_hex(4)}"


@dataclass
class Secrets:
    """What must not be found, by where it is written."""

    name: str = canary("name")
    question: str = canary("question")
    page: str = canary("page")
    page_title: str = canary("title")
    referrer: str = canary("referrer")
    user_agent: str = canary("agent")
    message: str = canary("message")
    email: str = canary("mail") + "@people.example"
    password: str = canary("password")
    path: str = canary("path")
    query: str = canary("query")
    header: str = canary("header")
    body: str = canary("body")
    frame: str = canary("frame")
    visitor_token: str = ""
    session: str = ""
    room_token: str = ""

    def found_in(self, log: str) -> list[str]:
        return [place for place, value in vars(self).items() if value and value in log]


@pytest.mark.parametrize("log_format", ["json", "text"])
async def test_nothing_that_people_wrote_is_in_the_log(settings, cast: Cast, superuser, log_format: str) -> None:
    with web_process(settings, SECRET, LOG_FORMAT=log_format) as web:
        known = await everything_happens(web, cast, superuser)
        log = web.log.read_text()
    assert known.found_in(log) == []
    assert "CANARY" not in log
    for happened in ("/c/{token}/socket", "database away during Open", "append of 1 rows failed", "request failed"):
        assert happened in log
    assert f"tenant={cast.acme.tenant_id}" in log or f'"tenant":"{cast.acme.tenant_id}"' in log
    assert "without completing handshake" not in log
    if log_format == "json":
        assert {"time", "level", "logger", "message"} <= set.intersection(*(set(json.loads(line)) for line in log.splitlines()))


async def test_one_careless_line_is_found(settings, cast: Cast, superuser) -> None:
    """The control."""
    with web_process(settings, SECRET, program=["-c", CARELESS]) as web:
        known = await everything_happens(web, cast, superuser)
        assert "message" in known.found_in(web.log.read_text())


async def everything_happens(web: WebProcess, cast: Cast, superuser) -> Secrets:
    known = Secrets(session=await cast.cookie("Alice"), room_token=cast.acme.room_token)
    known.visitor_token = await visitor_token(web, cast.acme.room_token)
    async with httpx.AsyncClient(base_url=web.origin, headers={"origin": web.origin}) as client:
        await a_conversation(web, known, superuser)
        await requests_fail(client, known)
        await handshakes_fail(web, known)
        await a_bug_shows(client, known, superuser)
    return known


async def a_conversation(web: WebProcess, known: Secrets, superuser) -> None:
    browser = {"user-agent": known.user_agent}
    async with agent(web, "acme", known.session) as alice, visitor(web, known.room_token, known.visitor_token, browser) as vera:
        await alice.got(Inbox)
        cid = a_cid()
        page, referrer = f"http://shop.example/{known.page}", f"http://forum.example/{known.referrer}"
        said = {"page": page, "page_title": known.page_title, "referrer": referrer}
        await vera.send(Open(cid=cid, name=known.name, question=known.question, **said))
        chat = (await vera.got(Opened)).chat
        await alice.answer(chat)
        await vera.resume(chat)
        await alice.resume(chat)
        await vera.said(chat, known.message)
        cid = await vera.say(chat, f"{known.message} with NUL \x00")
        await vera.got(Refused, lambda refused: refused.cid == cid)
        await the_database_fails(web, vera, chat, known, superuser)
        await vera.socket.send(f'{{"t":"say","cid":"{known.frame}"}}')
        assert await vera.closed() == CloseCode.BAD_FRAME


async def the_database_fails(web: WebProcess, vera: Peer, chat: UUID, known: Secrets, superuser) -> None:
    """Its DETAIL holds the whole row; a lost function stands for every error of a flush."""
    await superuser.execute("alter table chat add constraint no_canary check (name not like 'CANARY%') not valid")
    await superuser.execute("alter function append_messages rename to away")
    try:
        async with visitor(web, known.room_token, headers={"user-agent": known.user_agent}) as other:
            cid = a_cid()
            said = {"page": known.page, "page_title": known.page_title, "referrer": known.referrer}
            await other.send(Open(cid=cid, name=known.name, question=known.question, **said))
            await other.got(Refused, lambda refused: refused.cid == cid)
        cid = await vera.say(chat, known.message)
        await vera.got(Refused, lambda refused: refused.cid == cid)
    finally:
        await superuser.execute("alter function away rename to append_messages")
        await superuser.execute("alter table chat drop constraint no_canary")


async def requests_fail(client: httpx.AsyncClient, known: Secrets) -> None:
    form = {"email": known.email, "password": known.password}
    await client.get("/sign-in")
    signed_in = await client.post("/sign-in", data=form, headers={"x-csrftoken": client.cookies["sb_csrf"]})
    assert signed_in.status_code == 422
    await client.get(f"/c/{known.path}")
    await client.get(f"/nowhere/{known.path}", params={"q": known.query})
    await client.post(f"/c/{known.room_token}/visitor", content=f'{{"{known.body}": }}')
    await client.get("/", headers={"host": f"{known.header}.example"})
    await client.get("/", headers={"x-request-id": f"{known.header} and more"})
    await client.post("/sign-in", data=form, headers={"origin": f"https://{known.header}.example"})
    await client.get("/console/acme/inbox", headers={"cookie": f"sb_session={known.session}"})


async def handshakes_fail(web: WebProcess, known: Secrets) -> None:
    url = web.origin.replace("http", "ws", 1)
    for path, origin in (
        (f"/c/{known.path}/socket", web.origin),
        (f"/c/{known.room_token}/socket", f"https://{known.header}.x"),
    ):
        with suppress(InvalidStatus, ConnectionClosed):
            async with connect(url + path, origin=Origin(origin), proxy=None) as socket:
                await socket.send(f'{{"t":"hello","token":"{known.frame}"}}')
                await socket.recv()


async def a_bug_shows(client: httpx.AsyncClient, known: Secrets, superuser) -> None:
    """An error whose words are what somebody wrote."""
    await superuser.execute(
        f"""create function loud() returns trigger language plpgsql as $$ begin raise '{known.email}'; end $$;
        create trigger loud before insert on directory for each row execute function loud()"""
    )
    try:
        answer = await client.post(f"/c/{known.room_token}/visitor", json={})
        assert answer.status_code == 500, answer.text
    finally:
        await superuser.execute("drop trigger loud on directory; drop function loud()")
