"""The story of one chat through three hands: typing, notes, transfers; and nothing of the notes ever reaches the visitor."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, WebSocket, expect

from e2e.attaching import attach, sees_picture, send
from e2e.people import Screens, answer, ask, reads, ringing, sign_in, write
from e2e.stories import findings_in_both_themes
from e2e.town import Town
from tests.files.pictures import picture

NOTE = "canary: pays late, ask for a deposit"
WORD = "canary: second note"


def test_a_chat_is_noted_on_and_given_to_a_colleague_and_to_a_room(screens: Screens, town: Town, tmp_path: Path) -> None:
    still: dict[str, Any] = {"reduced_motion": "reduce"}  # no colour half-way from one theme to the other
    with screens.person(**still) as alices, screens.person() as bens, screens.person(**still) as veras:
        for looked_at in (alices, veras):
            looked_at.add_init_script(Axe().axe_script)
        alice, ben = sign_in(alices, town, "Alice"), sign_in(bens, town, "Ben")
        vera = veras.new_page()
        frames = heard_by(vera)
        vera.goto(town.room_page)
        ask(vera, "Vera", "Which size fits?")
        answer(alice, "Vera")
        expect(vera.get_by_role("textbox", name="Message")).to_be_visible()
        both_see_typing(alice, vera)
        alice_notes(alice)
        a_full_chat_is_accessible(alice, vera, tmp_path / "old-bike.png")
        gives_to_ben_by_keyboard(alice)
        ben_has_it(ben, vera)
        passes_to_the_room(ben, vera)
        expect(ringing(alice, "Vera").get_by_text("Ben passed it on", exact=False)).to_be_visible()
        answer(alice, "Vera")
        for text in (NOTE, WORD, "Still here", "Ben passed the chat to GENERAL"):
            expect(alice.get_by_role("log").get_by_text(text).first).to_be_visible()
        write(alice, "Back with me")
        reads(vera, "Back with me")
        vera.reload()
        reads(vera, "Back with me")
        assert "canary" not in vera.content()
        assert any('"hidden"' in frame for frame in frames)
        assert not [frame for frame in frames if "canary" in frame]


def heard_by(page: Page) -> list[str]:
    """Every frame that its sockets get."""
    frames: list[str] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: frames.append(str(payload)))

    page.on("websocket", opened)
    return frames


def both_see_typing(alice: Page, vera: Page) -> None:
    box = vera.get_by_role("textbox", name="Message")
    box.press_sequentially("so would the 54 fit?", delay=20)
    expect(alice.get_by_text("Live preview, Vera has not sent this")).to_be_visible()
    expect(alice.locator(".preview .bubble")).to_contain_text("so would the 54 fit?")
    expect(alice.get_by_role("log").get_by_text("so would the 54 fit?", exact=True)).to_have_count(0)
    box.press("Enter")
    reads(alice, "so would the 54 fit?")
    expect(alice.locator(".preview")).to_have_count(0)
    alice.get_by_role("textbox", name="Message").press_sequentially("It would", delay=20)
    expect(vera.get_by_text("Alice is typing")).to_be_visible()
    assert "It would" not in vera.content()
    alice.get_by_role("textbox", name="Message").blur()
    expect(vera.get_by_text("Alice is typing")).to_have_count(0)


def alice_notes(alice: Page) -> None:
    alice.keyboard.press("Alt+n")
    box = alice.get_by_role("textbox", name="Note for your team")
    expect(box).to_be_focused()
    alice.keyboard.type(NOTE)
    alice.keyboard.press("Enter")
    reads(alice, NOTE)
    expect(alice.get_by_text("Note, only your team sees this")).to_be_visible()
    alice.keyboard.press("Alt+n")
    expect(alice.get_by_role("textbox", name="Message")).to_have_value("It would")


def a_full_chat_is_accessible(alice: Page, vera: Page, photo: Path) -> None:
    """With a file, a note, and both sides writing."""
    photo.write_bytes(picture("PNG", (60, 40)))
    attach(vera, photo)
    send(vera)
    sees_picture(alice, photo.name)
    sees_picture(vera, photo.name)
    for writer, reader, seen in ((vera, alice, "Live preview, Vera has not sent this"), (alice, vera, "Alice is typing")):
        box = writer.get_by_role("textbox", name="Message")
        box.press_sequentially(" perhaps", delay=20)
        expect(reader.get_by_text(seen)).to_be_visible()
        assert list(findings_in_both_themes(reader, "light")) == []
        reader.evaluate("() => { delete document.documentElement.dataset.theme }")
        box.press("Control+z")
        box.blur()
        expect(reader.get_by_text(seen)).to_have_count(0)


def gives_to_ben_by_keyboard(alice: Page) -> None:
    alice.keyboard.press("Alt+t")
    dialog = alice.get_by_role("dialog", name="Transfer Vera\u2019s chat")
    expect(dialog.get_by_role("radio", name=re.compile("^Ben"))).to_be_focused()
    expect(dialog.get_by_role("radio", name=re.compile("^Cara"))).to_be_disabled()
    alice.keyboard.press("Space")
    dialog.get_by_label("Note for whoever takes it").press_sequentially(WORD)
    dialog.get_by_role("button", name="Transfer").press("Enter")
    expect(alice.get_by_role("status").get_by_text("The chat is with Ben now")).to_be_visible()
    expect(alice.get_by_text("Ben is in this chat", exact=False)).to_be_visible()


def ben_has_it(ben: Page, vera: Page) -> None:
    expect(ben.get_by_role("status").get_by_text("Alice gave you Vera\u2019s chat")).to_be_visible()
    ben.get_by_role("link", name="Vera").click()
    for text in ("Which size fits?", NOTE, WORD):
        reads(ben, text)
    expect(vera.get_by_role("log").get_by_text("Alice passed the chat to Ben")).to_be_visible()
    write(ben, "Ben here")
    reads(vera, "Ben here")


def passes_to_the_room(ben: Page, vera: Page) -> None:
    ben.get_by_role("button", name="Transfer").click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("^GENERAL")).check()
    dialog.get_by_role("button", name="Transfer").click()
    expect(vera.get_by_text("Ringing GENERAL", exact=False)).to_be_visible()
    write(vera, "Still here")
