"""A customer who comes back: an ended copy of a chat, some days before it."""

from uuid import UUID

import asyncpg

from tests.cast import a_cid

_COPY = "insert into {0} select (jsonb_populate_record(t, $2::jsonb || jsonb_build_object({1}))).* from {0} t where {2} = $1"
_CHAT = _COPY.format("chat", "'status', 'closed', 'opened_at', t.opened_at - $3 * interval '1 day'", "id")
_PARTY = _COPY.format("party", "", "chat_id")
_LOG = _COPY.format("message", "'cid', gen_random_uuid()", "chat_id")


async def an_earlier_chat(superuser: asyncpg.Connection, chat: UUID, *, days: int = 1) -> UUID:
    """With the same customer, room, parties and words."""
    earlier = a_cid()
    await superuser.execute(_CHAT, chat, f'{{"id": "{earlier}", "cid": "{a_cid()}"}}', days)
    for copy in (_PARTY, _LOG):
        await superuser.execute(copy, chat, f'{{"chat_id": "{earlier}"}}')
    return earlier


async def a_file_in(superuser: asyncpg.Connection, earlier: UUID, original: UUID) -> UUID:
    """A copy of this file in that chat, sent there with the message that is a copy of its own."""
    file = a_cid()
    facts = f'{{"id": "{file}", "chat_id": "{earlier}"}}'
    sent = "select cid from message where chat_id = $3 and body ->> 'kind' = 'file' limit 1"
    await superuser.execute(_COPY.format("file", f"'cid', ({sent})", "id"), original, facts, earlier)
    return file
