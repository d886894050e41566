"""Mail reaches a mail server in any mood at least once, always as the same mail; or it is a dead letter that says why."""

import asyncio
from email.headerregistry import Address

import pytest

from switchboard.gateways import smtp
from switchboard.gateways.smtp import SmtpGateway, options
from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.works import LEASE, Works
from switchboard.mailing.actions import KIND, post
from switchboard.mailing.delivery import Postman
from switchboard.mailing.letters import Letter
from switchboard.wiring.work import mail_work
from tests.cast import Cast
from tests.mailing.mail_server import MailServer, Mood, mail_server

SENDER = Address("Switchboard", addr_spec="no-reply@chat.example.com")
LETTER = Letter("vera@example.com", "Hello", "Hello", "<p>Hello")


@pytest.fixture
async def posted(database: Database, cast: Cast, superuser) -> str:
    """One mail waits. Its Message-ID."""
    await superuser.execute("delete from outbox; delete from mail; delete from due")
    async with database.tenant_tx(cast.acme.tenant_id, "test") as tx:
        return f"<{await post(tx, LETTER)}@chat.example.com>"


async def try_once(database: Database, url: str, superuser) -> None:
    """What the worker does when the mail is due, which it now is."""
    await superuser.execute("update due set due_at = now()")
    async with database.global_tx() as tx:
        (claimed,) = await due.claim(tx, [KIND], LEASE, 10)
    await Works(database, mail_work(database, Postman(SmtpGateway(url), SENDER))).perform(claimed)


async def left(superuser) -> tuple[int, str | None, bool]:
    """(mails that wait, why, given up)."""
    row = await superuser.fetchrow("select error, dead_at is not null from due")
    return await superuser.fetchval("select count(*) from mail"), row and row[0], bool(row and row[1])


async def test_a_mail_that_was_taken_is_forgotten(database: Database, posted: str, superuser) -> None:
    async with mail_server() as server:
        await try_once(database, server.url, superuser)
    assert server.ids() == [posted]
    assert await left(superuser) == (0, None, False)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "ANSWERS_WITHIN_S", 0.3)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("mood", "error", "copies"),
    [("451", "SMTP 451", 2), ("hangs", "SMTPConnectTimeoutError", 1), ("hangs up after DATA", "SMTPServerDisconnected", 2)],
)
async def test_a_mail_in_doubt_is_sent_again_as_the_same_mail(
    database: Database, posted: str, superuser, mood: Mood, error: str, copies: int
) -> None:
    async with mail_server(mood) as server:
        await try_once(database, server.url, superuser)
        assert await left(superuser) == (1, error, False)
        server.mood = "well"
        await try_once(database, server.url, superuser)
    assert server.ids() == [posted] * copies
    assert await left(superuser) == (0, None, False)


async def test_a_mail_server_that_is_not_there_is_tried_again(database: Database, posted: str, superuser) -> None:
    async with mail_server() as server:
        pass
    await try_once(database, server.url, superuser)
    assert await left(superuser) == (1, "SMTPConnectError", False)


@pytest.mark.parametrize("mood", ["550", "550 recipient"])
async def test_a_refused_mail_is_a_dead_letter_until_a_person_retries_it(
    database: Database, posted: str, superuser, mood: Mood
) -> None:
    async with mail_server(mood) as server:
        await try_once(database, server.url, superuser)
        assert await left(superuser) == (1, "SMTP 550", True)
        async with database.global_tx() as tx:
            await due.revive(tx, [row.id for row in await due.dead(tx)])
        server.mood = "well"
        await try_once(database, server.url, superuser)
    assert server.ids()[-1] == posted
    assert await left(superuser) == (0, None, False)


@pytest.mark.usefixtures("impatient")
async def test_nothing_of_a_mail_reaches_the_log(database: Database, posted: str, superuser, caplog) -> None:
    for mood in ("451", "550 recipient", "hangs up after DATA"):
        await superuser.execute("update due set dead_at = null")
        async with mail_server(mood) as server:
            await try_once(database, server.url, superuser)
    assert "SMTP 451" in caplog.text
    assert "vera@example.com" not in caplog.text
    assert "Hello" not in caplog.text


async def test_a_hanging_mail_server_holds_no_transaction(database: Database, posted: str, superuser) -> None:
    async with mail_server("hangs") as server:
        trying = asyncio.create_task(try_once(database, server.url, superuser))
        await _visited(server)
        idle = "select count(*) from pg_stat_activity where usename = 'app' and state like 'idle in transaction%'"
        assert await superuser.fetchval(idle) == 0
        trying.cancel()


async def _visited(server: MailServer) -> None:
    while not server.visits:
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.com", ("mail.example.com", 587, None, None, False, None)),
        ("smtp://u%40x:p%2Fw@mail.example.com:25", ("mail.example.com", 25, "u@x", "p/w", False, None)),
        ("smtps://mail.example.com", ("mail.example.com", 465, None, None, True, False)),
        ("smtp://mail.example.com?starttls=required", ("mail.example.com", 587, None, None, False, True)),
        ("smtp://127.0.0.1:1025?starttls=never", ("127.0.0.1", 1025, None, None, False, False)),
    ],
)
def test_an_address_of_a_mail_server_says_how_to_reach_it(url: str, expected: tuple[object, ...]) -> None:
    assert tuple(options(url).values()) == expected
