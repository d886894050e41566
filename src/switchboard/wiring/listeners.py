"""Who listens to which facts: *within* the same transaction, or *after* it as a job. Live listeners are in `web.py`."""

from functools import partial

from switchboard.chats.actions import keep_room_of_open_chats
from switchboard.facts import ChatWasErased, Fact, RoomGoes, TenantFounded
from switchboard.files import actions as files
from switchboard.infra.db import Database, TenantTx, Within, open_database
from switchboard.infra.outbox import hand_over
from switchboard.presence.actions import introduce
from switchboard.rooms.actions import assign, open_general


async def introduce_owner(tx: TenantTx, founded: TenantFounded) -> None:
    """The owner may be rung."""
    await introduce(tx, founded.owner)


async def open_owners_general(tx: TenantTx, founded: TenantFounded) -> None:
    """The first room, answered by the owner."""
    general = await open_general(tx)
    await assign(tx, general.id, founded.owner)


async def erase_files(tx: TenantTx, erased: ChatWasErased) -> None:
    """What was sent into the chat is part of what was said."""
    await files.erase(tx, erased.chat)


WITHIN: dict[type[Fact], list[Within]] = {
    TenantFounded: [introduce_owner, open_owners_general],
    ChatWasErased: [erase_files],
    RoomGoes: [keep_room_of_open_chats],
}
AFTER: dict[type[Fact], list[str]] = {TenantFounded: ["welcome_owner"]}


def listening_database(dsn: str) -> Database:
    """The pool of role `app`, with everybody who acts within the transactions of others."""
    database = open_database(dsn)
    for fact in WITHIN.keys() | AFTER.keys():
        database.within[fact] = [*WITHIN.get(fact, ()), *(partial(_hand_over, job) for job in AFTER.get(fact, ()))]
    return database


async def _hand_over(job: str, tx: TenantTx, fact: Fact) -> None:
    await hand_over(tx, job, fact)
