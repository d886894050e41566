"""What is left of a chat stays text: its rating, its transcript as a page and as a mail, and the visitor's own list."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from e2e.attaching import downloaded, looks_at_picture, picker, sees_picture, send
from e2e.canary import Canary
from e2e.payloads import PAYLOADS
from e2e.people import Screens, answer, ask, sign_in
from e2e.pouring import TEXT, WRITTEN, Sql, shows
from e2e.town import ROOT, Town
from switchboard.chats.transcript import TranscriptLine
from switchboard.chats.transcripts import ToldChat
from switchboard.languages.catalogues import Languages
from switchboard.mailing.writing import Letters
from tests.files.pictures import picture

TEMPLATES = ROOT / "templates"
MAILS = sorted(str(mail.relative_to(TEMPLATES))[: -len(".mail.html")] for mail in TEMPLATES.glob("*/*.mail.html"))
PER_COMMENT = 20
SCRIPT = b"<script>__pwned(3)</script>"
PHOTO = ("<img src=x onerror=__pwned(1)>.png", "_img src=x onerror=__pwned(1)_.png")
# As the visitor's computer calls them, and as everybody reads them.
OTHERS = {
    '../../etc/"><svg onload=__pwned(2)>.html': "___svg onload=__pwned(2)_.html",
    "bill\u202egpj.exe": "billgpj.exe",
    f"{'long' * 1024}.pdf": f"{'long' * 29}.pdf",
}


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
                opened(saved(vera), veras, canary, PAYLOADS)
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


def opened(html: str, context: BrowserContext, canary: Canary, texts: list[str]) -> None:
    """On a page of its own without any policy, as careless readers of mail do."""
    canary.hosts.add("reader.example")
    page = context.new_page()
    page.route("http://reader.example/**", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("http://reader.example/saved")
    shows(page, texts, canary)
    page.close()


def test_a_hostile_name_of_a_file_is_harmless_from_its_upload_to_a_colleague_who_reads_the_earlier_chat(
    screens: Screens, town: Town, canary: Canary
) -> None:
    names = [PHOTO[1], *OTHERS.values()]
    with screens.person() as alices, screens.person() as bens, screens.person() as gils, screens.person() as veras:
        for people in (alices, bens, veras):
            canary.watch(people)
        alice, ben, vera = sign_in(alices, town, "Alice"), sign_in(bens, town, "Ben"), veras.new_page()
        vera.goto(town.room_page)
        ask(vera, "Vera", "May I send what I like?")
        answer(alice, "Vera")
        attaches(vera, canary)
        for side in (vera, alice):
            looks_at_all(side, side, canary)
        vera.get_by_role("button", name="End chat").click()
        opened(saved(vera), veras, canary, names)
        vera.get_by_role("button", name="Start a new chat").click()
        ask(vera, "Vera", "And again?")
        answer(ben, "Vera")
        ben.get_by_role("region", name="Customer").get_by_role("button", name="May I send what I like?").click()
        with ben.expect_response("**/earlier/*/files/*") as asked:
            sees_picture(ben, PHOTO[1])
        looks_at_all(ben, ben.get_by_role("dialog"), canary)
        sign_in(gils, town, "Gil")
        for address in (asked.value.url, asked.value.url.replace("/acme/", "/globex/")):
            assert gils.request.get(address).status == 404


def attaches(vera: Page, canary: Canary) -> None:
    photo = FilePayload(name=PHOTO[0], mimeType="image/png", buffer=picture("PNG", (60, 40)))
    others = [FilePayload(name=name, mimeType="text/html", buffer=SCRIPT) for name in OTHERS]
    picker(vera).set_input_files([photo, *others])
    shows(vera, list(OTHERS), canary)
    send(vera)


def looks_at_all(page: Page, where: Page | Locator, canary: Canary) -> None:
    sees_picture(page, PHOTO[1])
    shows(page, list(OTHERS.values()), canary)
    looks_at_picture(page, where, PHOTO[1])
    for name in OTHERS.values():
        assert downloaded(page, where, name) == SCRIPT
    canary.look_into(page)


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
        opened(letter.html, veras, canary, PAYLOADS)
