"""What a visitor's browser says by itself when a chat is opened: page, title, referrer, and what it calls itself."""

import msgspec
import pytest

from switchboard.accounts.models import Role
from switchboard.chats.records import Reader, customer_record
from switchboard.chats.texts import noted, opening
from switchboard.protocol import (
    LONGEST_PAGE,
    LONGEST_TITLE,
    LONGEST_USER_AGENT,
    CloseCode,
    CustomerRecord,
    Inbox,
    InboxChange,
    Open,
    Opened,
)
from tests.cast import Cast, a_cid
from tests.peers import agent, visitor
from tests.stack import Stack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE, TITLE, FORUM = "https://shop.example/fjord", "Fjord 3 · Acme 🚲", "https://forum.example/which-bike"


def asked(**said: str) -> Open:
    return Open(cid=a_cid(), name="Vera", question="Does an M fit me?", **said)


async def record_of(cast: Cast, chat) -> CustomerRecord:
    async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        return await customer_record(tx, Reader(cast.acme.agents["Ben"], Role.AGENT), chat)


async def test_the_agent_reads_where_she_asked_whence_she_came_and_with_what(stack: Stack, cast: Cast) -> None:
    room = cast.acme.room_token
    async with (
        agent(stack, "acme", await cast.cookie("Ben")) as ben,
        visitor(stack, room, headers={"user-agent": FIREFOX}) as vera,
    ):
        await ben.got(Inbox)
        await vera.send(asked(page=PAGE, page_title=TITLE, referrer=f"{FORUM}?user=vera#reset"))
        chat = (await vera.got(Opened)).chat
        ring = await ben.got(InboxChange, lambda change: any(card.chat == chat for card in change.cards))
        assert [(card.page, card.page_title) for card in ring.cards] == [(PAGE, TITLE)]
        await ben.answer(chat)
        await ben.resume(chat)
    found = await record_of(cast, chat)
    assert (found.page, found.referrer, found.device, found.user_agent) == (PAGE, FORUM, "Firefox on Linux", FIREFOX)


async def test_what_a_browser_calls_itself_is_taken_from_the_handshake_alone(stack: Stack, cast: Cast) -> None:
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, cast.acme.room_token) as vera:
        await ben.got(Inbox)
        said = msgspec.to_builtins(asked()) | {"user_agent": FIREFOX}
        await vera.socket.send(msgspec.json.encode(said).decode())
        assert await vera.closed() == CloseCode.BAD_FRAME


async def test_a_browser_that_says_nothing_of_itself_is_served_all_the_same(stack: Stack, cast: Cast) -> None:
    room = cast.acme.room_token
    async with agent(stack, "acme", await cast.cookie("Ben")) as ben, visitor(stack, room, headers={"user-agent": ""}) as vera:
        await ben.got(Inbox)
        chat = await vera.open()
        await ben.answer(chat)
        await ben.resume(chat)
    found = await record_of(cast, chat)
    assert (found.device, found.user_agent, found.referrer) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, None),
        ("", None),
        (" \t\n", None),
        ("\x00", None),
        ("Fjord\x003\r\n\x1b[31m", "Fjord 3 [31m"),
        ("x" * 301, "x" * 300),
        ("🚲" * 301, "🚲" * 300),
        ("قميص \u200f M \u200d", "قميص \u200f M \u200d"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_what_nobody_typed_is_cut_but_never_refused(said: str | None, kept: str | None) -> None:
    assert noted(said, LONGEST_TITLE) == kept
    assert opening(asked() if said is None else asked(page_title=said)).page_title == kept


@pytest.mark.parametrize("secret", ["?reset=secret", "#access_token=secret", "?a#b?c", "#?"])
def test_of_the_referrer_query_and_fragment_are_not_kept(secret: str) -> None:
    assert opening(asked(referrer=f"{FORUM}{secret}")).referrer == FORUM
    assert opening(asked(referrer=secret)).referrer is None


async def test_each_is_kept_up_to_its_length(stack: Stack, cast: Cast) -> None:
    """In the database, too: longer than the longest is stored without an error."""
    headers = {"user-agent": "Firefox " * 500}
    async with (
        agent(stack, "acme", await cast.cookie("Ben")) as ben,
        visitor(stack, cast.acme.room_token, headers=headers) as vera,
    ):
        await ben.got(Inbox)
        long = f"https://shop.example/{'y' * 9_000}"
        await vera.send(asked(page=long, page_title="t" * 9_000, referrer=long))
        chat = (await vera.got(Opened)).chat
        await ben.answer(chat)
        await ben.resume(chat)
    found = await record_of(cast, chat)
    assert (found.page, found.referrer) == (long[:LONGEST_PAGE], long[:LONGEST_PAGE])
    assert found.user_agent is not None
    assert len(found.user_agent) <= LONGEST_USER_AGENT
