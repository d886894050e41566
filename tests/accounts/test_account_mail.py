"""Known and unknown addresses: the same answer, the same work, one mail each; what it says is decided when it is written."""

import re
from collections.abc import Iterator
from email.headerregistry import Address
from typing import Literal

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from switchboard.accounts import passwords
from switchboard.accounts.mailed_links import KIND, forget_old_links
from switchboard.gateways.smtp import SmtpGateway
from switchboard.infra import due
from switchboard.infra.db import Database
from switchboard.infra.works import LEASE, Works
from switchboard.mailing.delivery import Postman
from switchboard.mailing.writing import Letters
from switchboard.settings import Settings
from switchboard.wiring.work import account_mail_work
from tests.accounts.forms import ROWAN, confirm, mailed_tokens, post, sign_up
from tests.conftest import SECRET
from tests.mailing.mail_server import mail_server
from tests.stack import Stack

KNOWN, UNKNOWN = "alice@acme.example", "rowan@initech.example"


async def deliver(database: Database, settings: Settings, url: str) -> int:
    """What the worker does with account mail that is due. How many there were."""
    postman = Postman(SmtpGateway(url), Address("Switchboard", addr_spec="no-reply@chat.example.com"))
    letters = Letters(settings.templates_dir, settings.public_url)
    works = Works(database, account_mail_work(database, postman, letters, SECRET))
    async with database.global_tx() as tx:
        claimed = await due.claim(tx, [KIND], LEASE, 10)
    for one in claimed:
        await works.perform(one)
    return len(claimed)


async def mailed(database: Database, settings: Settings) -> list[tuple[str, str, str]]:
    """(to, subject, both parts) of everything that leaves now."""
    async with mail_server() as server:
        await deliver(database, settings, server.url)
    return [
        (mail["To"], mail["Subject"], "".join(str(part.get_content()) for part in mail.iter_parts()))  # type: ignore[attr-defined]
        for mail in server.taken
    ]


async def test_a_new_address_gets_the_link(client: httpx.AsyncClient, database, settings, superuser) -> None:
    await sign_up(client)
    [(to, subject, text)] = await mailed(database, settings)
    assert (to, subject) == (UNKNOWN, "Confirm your e-mail address")
    [token] = await mailed_tokens(superuser)
    # In the plain part and in the HTML part, under our own address and nobody else's.
    assert re.findall(r"https?://[^\s\"<>]+", text) == [f"{settings.public_url}/sign-up/{token}"] * 2
    assert (await confirm(client, token)).status_code == 303
    assert await superuser.fetchval("select sent_at is not null from mail_token") is True
    assert await superuser.fetchval("select count(*) from due where kind = 'account_mail'") == 0


async def test_a_known_address_is_told_so_without_a_link_to_sign_up(client, database, settings, superuser) -> None:
    await sign_up(client, email=KNOWN)
    [(to, subject, text)] = await mailed(database, settings)
    assert (to, subject) == (KNOWN, "You already have an account")
    assert "/sign-in" in text
    assert "/forgot" in text
    assert (await mailed_tokens(superuser, KNOWN))[0] not in text
    assert ROWAN["business"] not in text


@pytest.mark.parametrize(
    ("email", "subject"), [(KNOWN, "Set a new password"), (UNKNOWN, "No account with this address")], ids=["known", "unknown"]
)
async def test_a_reset_is_one_mail_either_way(client, database, settings, superuser, email: str, subject: str) -> None:
    await post(client, "/forgot", email=email)
    [(to, got, text)] = await mailed(database, settings)
    assert (to, got) == (email, subject)
    [token] = await mailed_tokens(superuser, email)
    assert (token in text) == (email == KNOWN)


async def test_a_name_from_a_form_is_text_in_a_mail(client, database, settings) -> None:
    await sign_up(client, business="<b>Bold</b> & Sons")
    [(_, _, text)] = await mailed(database, settings)
    plain, _, html = text.partition("<!doctype")
    assert "<b>Bold</b> & Sons" in plain
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in html
    assert "<b>Bold" not in html


async def test_sign_up_does_not_wait_for_a_mail_server(client, database, settings, superuser) -> None:
    """Down, then up again: the same mail leaves, under the same Message-ID."""
    async with mail_server() as server:
        pass
    assert (await sign_up(client)).status_code == 200
    assert await deliver(database, settings, server.url) == 1
    assert await superuser.fetchval("select sent_at from mail_token") is None
    [token] = await mailed_tokens(superuser)
    await superuser.execute("update due set due_at = now()")
    [(to, _, text)] = await mailed(database, settings)
    assert to == UNKNOWN
    assert token in text


async def test_a_link_that_ended_before_its_mail_left_is_not_mailed(client, database, settings, superuser) -> None:
    await post(client, "/forgot", email=KNOWN)
    await superuser.execute("update mail_token set expires_at = created_at")
    assert await mailed(database, settings) == []
    assert await superuser.fetchval("select count(*) from due where kind = 'account_mail'") == 0


class Work:
    """What one request costs, countable: statements, hashes, mails."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.hashes: list[str] = []


@pytest.fixture
def work(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()

    class Counting(PasswordHasher):
        def hash(self, *given: object, **more: object) -> str:
            work.hashes.append("hash")
            return super().hash(*given, **more)  # type: ignore[arg-type]

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            work.hashes.append("verify")
            return super().verify(hash, password)

    def spoken(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        work.statements.append(statement)

    passwords._of_nobody()
    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    engine = stack.web.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", spoken)
    yield work
    event.remove(engine, "before_cursor_execute", spoken)


FORMS = {
    "sign-up": ("/sign-up", ROWAN, ["hash"]),
    "reset": ("/forgot", {}, []),
    "sign-in": ("/sign-in", {"password": "a wrong password"}, ["verify"]),
}


@pytest.mark.parametrize("form", FORMS)
async def test_known_and_unknown_addresses_cost_and_read_the_same(client, superuser, work: Work, form: str) -> None:
    path, fields, hashes = FORMS[form]
    seen: list[tuple[object, ...]] = []
    for email in (KNOWN, UNKNOWN):
        await client.get("/sign-in")
        work.statements.clear()
        work.hashes.clear()
        answer = await client.post(path, data={**fields, "_csrf_token": client.cookies["sb_csrf"], "email": email})
        page = re.sub(r'nonce="[^"]+"|value="[0-9a-f]{64,}"', "", answer.text).replace(email, "<email>")
        mails = await superuser.fetchval("select count(*) from mail_token where email = $1", email)
        seen.append((answer.status_code, page, tuple(work.statements), tuple(work.hashes), mails))
    assert seen[0] == seen[1]
    assert list(seen[0][3]) == hashes  # type: ignore[call-overload]


async def test_what_was_entered_is_forgotten_with_its_link(client, database, superuser) -> None:
    await sign_up(client)
    async with database.global_tx() as tx:
        await forget_old_links(tx)
    assert await superuser.fetchval("select details is not null from mail_token") is True
    await superuser.execute("update mail_token set expires_at = now() - interval '1 s'")
    async with database.global_tx() as tx:
        await forget_old_links(tx)
    assert await superuser.fetchval("select details from mail_token") is None
    await superuser.execute("update mail_token set expires_at = now() - interval '8 days'")
    async with database.global_tx() as tx:
        await forget_old_links(tx)
    assert await superuser.fetchval("select count(*) from mail_token") == 0
