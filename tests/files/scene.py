"""Files in chats, made by the actions themselves or sent over HTTP as browsers do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from switchboard.chats.models import Party
from switchboard.files import actions
from switchboard.files.examination import Examined
from switchboard.infra.db import Database
from switchboard.protocol import Ack, FileState, Say, SentFile
from tests.cast import a_cid
from tests.chats.scene import Scene
from tests.peers import Peer
from tests.stack import Served


async def a_file(database: Database, scene: Scene, state: FileState = FileState.READY, data: bytes = b"bike") -> UUID:
    """Of the visitor's side; its bytes are not stored."""
    async with database.tenant_tx(scene.tenant, "test") as tx:
        party = await tx.session.scalar(select(Party).where(Party.id == scene.visitor_party))
        assert party is not None
        file = await actions.begin(tx, party)
    if state is not FileState.ARRIVING:
        async with database.tenant_tx(scene.tenant, "test") as tx:
            await actions.keep(tx, file, "bike.txt", Examined(data, len(data)), state)
    return file


@dataclass
class Sender:
    """Somebody with files: `at` is the path of a chat's files, `headers` what says who they are."""

    stack: Served
    at: str
    headers: dict[str, str]

    async def upload(self, data: bytes | Any, name: str = "bike.txt", **headers: str) -> httpx.Response:
        given = {"origin": self.stack.origin, "x-file-name": name, **self.headers, **headers}
        async with httpx.AsyncClient(base_url=self.stack.origin) as client:
            return await client.post(self.at, content=data, headers=given)

    async def uploaded(self, data: bytes, name: str = "bike.txt") -> SentFile:
        response = await self.upload(data, name)
        assert response.status_code == 201, response.text
        return file_of(response)

    async def find(self, file: UUID) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self.stack.origin) as client:
            return await client.get(f"{self.at}/{file}", headers=self.headers)

    async def fetched(self, file: UUID, **headers: str) -> httpx.Response:
        """Under its address, without any cookie or credential."""
        found = await self.find(file)
        assert found.status_code == 200, found.text
        async with httpx.AsyncClient(base_url=self.stack.origin) as client:
            return await client.get(found.json()["url"], headers=headers)


def as_visitor(stack: Served, token: str, chat: UUID) -> Sender:
    return Sender(stack, f"/visitor/chats/{chat}/files", {"authorization": f"Bearer {token}"})


async def as_agent(stack: Served, cookie: str, slug: str, chat: UUID) -> Sender:
    async with httpx.AsyncClient(base_url=stack.origin) as client:
        forgery_token = (await client.get("/sign-in")).cookies["sb_csrf"]
    cookies = f"sb_session={cookie}; sb_csrf={forgery_token}"
    return Sender(stack, f"/console/{slug}/chats/{chat}/files", {"cookie": cookies, "x-csrftoken": forgery_token})


def file_of(response: httpx.Response) -> SentFile:
    facts = response.json()
    facts.pop("kind")
    return SentFile(**{**facts, "file": UUID(facts["file"]), "state": FileState(facts["state"])})


async def say_file(peer: Peer, chat: UUID, file: SentFile) -> Ack:
    cid = a_cid()
    await peer.send(Say(cid=cid, chat=chat, body=file))
    return await peer.got(Ack, lambda ack: ack.cid == cid)
