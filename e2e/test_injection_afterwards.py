"""What is left of a chat stays text: its rating, its transcript as a page and as a mail, and the visitor's own list."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.canary import Canary
from e2e.payloads import PAYLOADS
from e2e.people import Screens, answer, ask, sign_in
from e2e.pouring import TEXT, WRITTEN, Sql, shows
from e2e.town import ROOT, Town
from switchboard.chats.transcript import TranscriptLine
from switchboard.chats.transcripts import ToldChat
from switchboard.languages.catalogues import Languages
from switchboard.mailing.writing import Letters

TEMPLATES = ROOT / "templates"
MAILS = sorted(str(mail.relative_to(TEMPLATES))[: -len(".mail.html")] for mail in TEMPLATES.glob("*/*.mail.html"))
PER_COMMENT = 20


def test_ratings_saved_pages_and_earlier_chats_are_text(screens: Screens, town: Town, canary: Canary, sql: Sql) -> None:
    with screens.person() as alices, screens.person() as veras:
        canary.watch(alices)
        canary.watch(veras)
        alice, vera = sign_in(alices, town, "Alice"), veras.new_page()
        vera.goto(town.room_page)
        for first in range(0, len(PAYLOADS), PER_COMMENT):
            ask(vera, "Vera", "May I say what I think?")
            answer(alice, "Vera")
            expect(vera.get_by_role("textbox", name="Message")).to_be_visible()
            for side in ("visitor", "agent") if first == 0 else ():
                sql(WRITTEN, TEXT, side, PAYLOADS)
                sql("update chat set last_seq = (select max(seq) from message where chat_id = chat.id) where status = 'active'")
                shows(vera, PAYLOADS, canary)
            vera.get_by_role("button", name="End chat").click()
            rates(vera, alice, " ".join(PAYLOADS[first : first + PER_COMMENT]), canary)
            if first == 0:
                opened(saved(vera), veras, canary)
            vera.get_by_role("button", name="Start a new chat").click()
        vera.get_by_role("button", name="More").click()
        vera.get_by_role("menuitem", name="Earlier chats").click()
        vera.get_by_role("button", name="Alice").last.click()
        shows(vera, PAYLOADS, canary)


def rates(vera: Page, alice: Page, comment: str, canary: Canary) -> None:
    vera.get_by_role("radio", name="4 of 5").evaluate("(radio) => radio.click()")
    vera.get_by_role("textbox", name="A word for Alice").fill(comment)
    vera.get_by_role("button", name="Send", exact=True).click()
    shows(alice, [comment], canary)
    canary.look_into(vera)


def saved(vera: Page) -> str:
    with vera.expect_download() as download:
        vera.get_by_role("button", name="Save as a page").click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def opened(html: str, context: BrowserContext, canary: Canary) -> None:
    """On a page of its own without any policy, as careless readers of mail do."""
    canary.hosts.add("reader.example")
    page = context.new_page()
    page.route("http://reader.example/**", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("http://reader.example/saved")
    shows(page, PAYLOADS, canary)
    page.close()


@pytest.mark.parametrize("template", MAILS)
def test_what_people_wrote_is_text_in_mails(screens: Screens, canary: Canary, template: str) -> None:
    written = " ".join(PAYLOADS)
    names = dict.fromkeys(("name", "business", "email", "slug", "token", "room", "agent", "question"), written)
    english = Languages(ROOT / "languages").language("en")
    chat = ToldChat(written, written, [TranscriptLine("10:00", text, text) for text in PAYLOADS], 0, english)
    letters = Letters(TEMPLATES, "http://switchboard.example")
    letter = letters.write(template, "vera@example.com", **names, chat=chat, language=english)
    with screens.person() as veras:
        canary.watch(veras)
        opened(letter.html, veras, canary)
