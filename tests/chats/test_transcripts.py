"""A chat by mail: what was said and by whom, to the address that its visitor typed, and not to many of them."""

import email
import email.policy
from datetime import UTC, datetime
from email.headerregistry import Address
from zoneinfo import ZoneInfo

import pytest

from switchboard.chats.actions import end_by_agent
from switchboard.chats.transcript import transcript, zone_named
from switchboard.chats.transcripts import ToldChat, checked_address
from switchboard.errors import SwitchboardError
from switchboard.infra.ids import new_id
from switchboard.languages.catalogues import Languages
from switchboard.mailing.compose import compose
from switchboard.mailing.letters import Letter
from switchboard.mailing.writing import Letters
from switchboard.protocol import Answered, Code, Ended, Entry, Erased, Refused, Side, Text, Transcribe, Transcribed
from switchboard.settings import ROOT
from tests.cast import Cast, a_cid
from tests.chats.scene import a_scene, answered_by
from tests.peers import Peer, visitor
from tests.stack import Stack

LANGUAGES = Languages(ROOT / "languages")
HOSTILE = "<script>alert(1)</script>\n.\r\nBcc: gil@globex.example {{ 7*7 }} {% raw %}"


def entry(seq: int, sender: Side, body, hour: int = 23) -> Entry:
    at = datetime(2026, 11, 22, hour, seq, tzinfo=UTC)
    return Entry(seq=seq, sender=sender, name="Ben" if sender is Side.AGENT else "Vera", at=at, cid=new_id(), body=body)


CHAT = [
    entry(1, Side.VISITOR, Text(text="Does an M fit me?")),
    entry(2, Side.AGENT, Answered()),
    entry(3, Side.AGENT, Text(text="It does.")),
    entry(4, Side.VISITOR, Erased()),
    entry(5, Side.VISITOR, Ended()),
]


def test_times_are_the_readers_and_each_day_stands_once() -> None:
    lines = [
        (line.at, line.name, line.text) for line in transcript(CHAT, ZoneInfo("Europe/Copenhagen"), LANGUAGES.language("en"))
    ]
    assert lines == [
        ("", "", "Monday, 23 November 2026"),
        ("00:01", "Vera", "Does an M fit me?"),
        ("00:02", "", "Ben answered"),
        ("00:03", "Ben", "It does."),
        ("00:05", "", "Vera ended the chat"),
    ]


@pytest.mark.parametrize("zone", ["", "Nowhere", "../../etc/passwd", "America", "a\0b", "x" * 9_000])
def test_a_zone_that_we_do_not_know_is_utc(zone: str) -> None:
    assert zone_named(zone) == ZoneInfo("UTC")


@pytest.mark.parametrize(
    "written",
    ["", "vera", "vera@", "@x.example", "vera@localhost", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"],
)
def test_what_is_no_address_is_said_so(written: str) -> None:
    with pytest.raises(SwitchboardError, match=r"you@example\.com") as refused:
        checked_address(written)
    assert refused.value.code == Code.BAD_ADDRESS


def test_what_people_wrote_stays_text_in_both_parts(letters: Letters) -> None:
    english = LANGUAGES.language("en")
    entries = [entry(1, Side.VISITOR, Text(text=HOSTILE)), entry(2, Side.AGENT, Text(text="It does."))]
    chat = ToldChat("Acme & <Co>", "GENERAL", transcript(entries, ZoneInfo("UTC"), english), 3, english)
    letter = letters.write("chats/transcript", "vera@holm.example", chat=chat, language=english)
    assert letter.subject == "Your chat with Acme & <Co>"
    assert "<script>" not in letter.html
    assert "&lt;script&gt;alert(1)" in letter.html
    assert HOSTILE in letter.text
    assert "its beginning is not in this mail" in letter.text
    sent = read(letter)
    assert [address.addr_spec for address in sent["To"].addresses] == ["vera@holm.example"]
    assert sent["Bcc"] is None


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant", "pt", "fr", "es", "ar"])
def test_the_letter_is_in_the_words_of_the_room(letters: Letters, tag: str) -> None:
    language = LANGUAGES.language(tag)
    chat = ToldChat("Acme", "GENERAL", transcript(CHAT, ZoneInfo("UTC"), language), 1, language)
    letter = letters.write("chats/transcript", "vera@holm.example", chat=chat, language=language)
    for key in ("letterHello", "letterLeftOut", "letterNotYou"):
        assert language.says(key) in letter.text
        assert language.says(key) in letter.html
    assert language.says("letterAnswered", name="Ben") in letter.text
    assert f'lang="{tag}" dir="{language.direction}"' in letter.html


def read(letter: Letter):
    raw = compose(letter, sender=Address("S", addr_spec="s@x.example"), id=new_id(), at=datetime.now(UTC)).as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


async def mailed(peer: Peer, chat, to: str, language: str = "en") -> Transcribed | Refused:
    seen = len(peer.events)
    await peer.send(Transcribe(chat=chat, to=to, zone="Europe/Copenhagen", language=language))
    return await peer.got((Transcribed, Refused), lambda event: any(event is new for new in peer.events[seen:]))


async def test_the_letter_waits_to_leave_when_the_visitor_is_told_so(stack: Stack, cast: Cast, superuser) -> None:
    await a_scene(cast.database, cast.acme)
    async with visitor(stack, cast.acme.room_token) as vera:
        chat = await vera.open()
        refused = await mailed(vera, chat, "vera@holm.example")
        assert isinstance(refused, Refused)
        assert "Nobody has answered" in refused.message
        await answered_by(cast.database, cast.acme, "Ben", chat)
        await vera.said(chat, "Thank you")
        assert await mailed(vera, chat, " vera@holm.example ") == Transcribed(chat=chat, to="vera@holm.example")
    [mail] = await superuser.fetch("select * from mail where recipient = 'vera@holm.example'")
    assert mail["subject"] == "Your chat with Acme"
    assert "Thank you" in mail["text"]
    assert "Thank you" in mail["html"]
    assert await superuser.fetchval("select count(*) from due where kind = 'mail' and id = $1", mail["id"]) == 1


async def test_a_stranger_gets_three_an_hour_whoever_sends_them(stack: Stack, cast: Cast, superuser) -> None:
    await a_scene(cast.database, cast.acme)
    answers = []
    for _ in range(4):
        async with visitor(stack, cast.acme.room_token) as vera:
            chat = await vera.open()
            await answered_by(cast.database, cast.acme, "Ben", chat)
            answers.append(await mailed(vera, chat, "Stranger@holm.example"))
            async with cast.database.tenant_tx(cast.acme.tenant_id, "test") as tx:
                await end_by_agent(tx, cast.acme.agents["Ben"], chat)
    assert [type(answer) for answer in answers] == [Transcribed] * 3 + [Refused]
    assert (answers[3].code, "Try again in" in answers[3].message) == (Code.TOO_MANY, True)
    assert await superuser.fetchval("select count(*) from mail") == 3


async def test_a_visitor_sends_five_an_hour_to_whomever(stack: Stack, cast: Cast, superuser) -> None:
    await a_scene(cast.database, cast.acme)
    async with visitor(stack, cast.acme.room_token) as vera:
        chat = await vera.open()
        await answered_by(cast.database, cast.acme, "Ben", chat)
        answers = [type(await mailed(vera, chat, f"{number}@holm.example")) for number in range(6)]
    assert answers == [Transcribed] * 5 + [Refused]
    assert await superuser.fetchval("select count(*) from mail") == 5


async def test_what_is_refused_uses_up_no_turn_of_the_recipient(stack: Stack, cast: Cast) -> None:
    scene = await a_scene(cast.database, cast.acme, "Ben")
    async with visitor(stack, cast.acme.room_token) as eve:
        for _ in range(4):
            refused = await mailed(eve, scene.chat, "vera@holm.example")
            assert isinstance(refused, Refused)
            assert refused.code == Code.NO_CHAT
        assert isinstance(await mailed(eve, a_cid(), "vera@holm.example"), Refused)
        chat = await eve.open()
        await answered_by(cast.database, cast.acme, "Ben", chat)
        assert isinstance(await mailed(eve, chat, "vera@holm.example"), Transcribed)
