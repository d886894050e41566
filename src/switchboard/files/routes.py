"""Uploads into a chat, the way to a file of a chat, and the file itself under its signed address."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Struct

from switchboard.accounts.access import SESSION_COOKIE
from switchboard.errors import SwitchboardError
from switchboard.files import addresses, serving
from switchboard.files.addresses import Address
from switchboard.files.described import Download, Upload
from switchboard.files.names import unpacked
from switchboard.files.queries import facts, file_for, file_in, require_readable
from switchboard.files.senders import Sender, agent_with, visitor_with
from switchboard.files.uploads import FileTooLargeError, Uploads
from switchboard.gateways.storage import Storage
from switchboard.infra.db import Database
from switchboard.infra.openapi import answers
from switchboard.infra.rate_limits import FILE_BY_ADDRESS, RateLimits
from switchboard.protocol import LARGEST_FILE, FileState, SentFile
from switchboard.settings import Settings

AnyRequest = Request[Any, Any, Any]


class Found(Struct):
    """A file of a chat: its facts, and where its bytes are until `ends`; nowhere while it is not ready."""

    file: SentFile
    url: str | None = None
    ends: datetime | None = None


class UploadInterruptedError(SwitchboardError):
    """The connection broke, or the sender changed their mind."""

    code = "interrupted"


# Not by Litestar's own limit: ours says what to do.
_UPLOAD: dict[str, Any] = {
    "responses": answers(409, 413, 422, 429, 503),
    "operation_class": Upload,
    "request_max_body_size": None,
}


class FilesController(Controller):
    """Visitors come by token, agents by session; the file's own address needs neither."""

    @post("/visitor/chats/{chat_id:uuid}/files", **_UPLOAD)
    async def upload_by_visitor(
        self,
        request: AnyRequest,
        chat_id: FromPath[UUID],
        database: NamedDependency[Database],
        limits: NamedDependency[RateLimits],
        uploads: NamedDependency[Uploads],
    ) -> SentFile:
        await limits.take_by_address(FILE_BY_ADDRESS, request)
        sender = await visitor_with(database, request.headers.get("authorization", ""))
        return await _taken(request, uploads, sender, chat_id)

    @post("/console/{slug:str}/chats/{chat_id:uuid}/files", **_UPLOAD)
    async def upload_by_agent(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        database: NamedDependency[Database],
        uploads: NamedDependency[Uploads],
    ) -> SentFile:
        sender = await agent_with(database, slug, request.cookies.get(SESSION_COOKIE))
        return await _taken(request, uploads, sender, chat_id)

    @get("/visitor/chats/{chat_id:uuid}/files/{file_id:uuid}")
    async def find_by_visitor(
        self,
        request: AnyRequest,
        chat_id: FromPath[UUID],
        file_id: FromPath[UUID],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Found:
        sender = await visitor_with(database, request.headers.get("authorization", ""))
        return await _found(database, settings, sender, FileAt(chat_id, chat_id, file_id))

    @get("/console/{slug:str}/chats/{chat_id:uuid}/files/{file_id:uuid}")
    async def find_by_agent(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        file_id: FromPath[UUID],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Found:
        sender = await agent_with(database, slug, request.cookies.get(SESSION_COOKIE))
        return await _found(database, settings, sender, FileAt(chat_id, chat_id, file_id))

    @get("/console/{slug:str}/chats/{chat_id:uuid}/earlier/{earlier_id:uuid}/files/{file_id:uuid}")
    async def find_in_earlier_chat(
        self,
        request: AnyRequest,
        slug: FromPath[str],
        chat_id: FromPath[UUID],
        earlier_id: FromPath[UUID],
        file_id: FromPath[UUID],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Found:
        sender = await agent_with(database, slug, request.cookies.get(SESSION_COOKIE))
        return await _found(database, settings, sender, FileAt(chat_id, earlier_id, file_id))

    @get("/f/{token:str}", operation_class=Download)
    async def fetch(
        self,
        request: AnyRequest,
        token: FromPath[str],
        database: NamedDependency[Database],
        storage: NamedDependency[Storage],
        settings: NamedDependency[Settings],
    ) -> Stream:
        async with database.global_tx() as tx:
            address = addresses.read(token, settings.secret_key, tx.now)
        async with database.tenant_tx(address.tenant, f"party:{address.party}") as tx:
            file = await file_for(tx, address.file, address.party)
        return serving.served(file, storage, request.headers.get("range"))


class FileAt(NamedTuple):
    """A file of a chat, asked for by somebody who is `within` that one or a later one of the same customer."""

    within: UUID
    chat: UUID
    file: UUID


async def _found(database: Database, settings: Settings, sender: Sender, wanted: FileAt) -> Found:
    async with database.tenant_tx(sender.tenant, sender.actor) as tx:
        party = await sender.party(tx, wanted.within)
        await require_readable(tx, party, wanted.chat)
        file = await file_in(tx, wanted.chat, wanted.file, of_party=party.id)
        if file.state is not FileState.READY:
            return Found(facts(file))
        address = Address(sender.tenant, file.id, party.id, tx.now + addresses.LASTS)
        return Found(facts(file), f"/f/{addresses.signed(address, settings.secret_key)}", address.ends)


async def _taken(request: AnyRequest, uploads: Uploads, sender: Sender, chat_id: UUID) -> SentFile:
    if (request.content_length or 0) > LARGEST_FILE:
        raise FileTooLargeError
    return await uploads.take(sender, chat_id, unpacked(request.headers.get("x-file-name", "")), _body(request))


async def _body(request: AnyRequest) -> AsyncGenerator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException:
        raise UploadInterruptedError from None
