"""Tags on chats: words of the tenant's own, made by typing them."""

import unicodedata
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from switchboard.chats.models import ChatTag, Tag
from switchboard.chats.queries import party_of_agent
from switchboard.errors import ConflictError, SwitchboardError
from switchboard.facts import DeskChanged
from switchboard.infra.db import TenantTx
from switchboard.infra.ids import new_id

LONGEST_TAG = 40
MOST_TAGS = 20  # of one chat
MOST_KNOWN = 300


class TagError(SwitchboardError):
    """The text cannot be a tag; says why."""

    code = "tag"
    status = 422


def tag_name(wanted: str) -> str:
    """As it is stored: composed, without # and spaces around it. Raises TagError."""
    name = " ".join(unicodedata.normalize("NFC", wanted).split()).removeprefix("#").strip()
    if not any(character.isalnum() for character in name):
        raise TagError("A tag needs at least one letter or digit, such as repair.")
    if len(name) > LONGEST_TAG:
        raise TagError(f"This tag has {len(name)} characters. Use at most {LONGEST_TAG}.")
    if any(unicodedata.category(character)[0] == "C" and character not in "\u200c\u200d" for character in name):
        raise TagError("This tag holds a character that nobody can see. Type it anew.")
    return name


async def tag(tx: TenantTx, agent_id: UUID, chat_id: UUID, wanted: str) -> str:
    """The tag as the tenant spells it: who types `Repair` later gets the first `repair`. Raises NotFoundError, TagError."""
    await party_of_agent(tx, chat_id, agent_id)
    name = tag_name(wanted)
    on_chat = select(func.count()).select_from(ChatTag).where(ChatTag.chat_id == chat_id)
    if (await tx.session.scalar(on_chat) or 0) >= MOST_TAGS:
        raise ConflictError(f"A chat has at most {MOST_TAGS} tags. Remove one first.", code="too_many_tags")
    made = insert(Tag).values(tenant_id=tx.tenant_id, id=new_id(), key=name.casefold(), name=name, created_at=tx.now)
    await tx.session.execute(made.on_conflict_do_nothing(index_elements=["tenant_id", "key"]))
    known = (await tx.session.scalars(select(Tag).where(Tag.key == name.casefold()))).one()
    put = insert(ChatTag).values(tenant_id=tx.tenant_id, chat_id=chat_id, tag_id=known.id, agent_id=agent_id, at=tx.now)
    await tx.session.execute(put.on_conflict_do_nothing())
    tx.happened(DeskChanged(tx.tenant_id))
    return known.name


async def untag(tx: TenantTx, agent_id: UUID, chat_id: UUID, wanted: str) -> None:
    """Takes it off this chat, if it was there; the tenant keeps the word. Raises NotFoundError, TagError."""
    await party_of_agent(tx, chat_id, agent_id)
    of_name = select(Tag.id).where(Tag.key == tag_name(wanted).casefold()).scalar_subquery()
    await tx.session.execute(delete(ChatTag).where(ChatTag.chat_id == chat_id, ChatTag.tag_id == of_name))
    tx.happened(DeskChanged(tx.tenant_id))


async def known_tags(tx: TenantTx) -> list[str]:
    """Of the tenant, in order, for choosing instead of typing."""
    return list(await tx.session.scalars(select(Tag.name).order_by(Tag.key).limit(MOST_KNOWN)))


async def tags_of(tx: TenantTx, chats: Collection[UUID]) -> dict[UUID, list[str]]:
    """By chat, in the order in which they were put."""
    found: dict[UUID, list[str]] = {}
    on_chats = select(ChatTag.chat_id, Tag.name).join(Tag, (Tag.tenant_id == ChatTag.tenant_id) & (Tag.id == ChatTag.tag_id))
    for chat, name in await tx.session.execute(on_chats.where(ChatTag.chat_id.in_(chats)).order_by(ChatTag.at, Tag.key)):
        found.setdefault(chat, []).append(name)
    return found
