"""Pictures, files and voice notes between a visitor in a frame on a foreign site and an agent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from e2e.attaching import attach, downloaded, log, looks_at_picture, sees_picture, send, tray
from e2e.people import LATER_PARTS_ARE_THERE, Screens, answer, ask, open_widget, panel, sign_in, write
from e2e.town import Town
from tests.files.pictures import picture

COPY = """async (bytes) => {
  const blob = new Blob([new Uint8Array(bytes)], { type: "image/png" });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}"""


@dataclass
class Pair:
    """Vera in the frame on the shop's page, Ben at his console."""

    vera: BrowserContext
    shop: Page
    frame: Frame
    console: Page


@contextmanager
def talking(screens: Screens, town: Town, question: str) -> Iterator[Pair]:
    with screens.person() as bens, screens.person() as veras:
        console = sign_in(bens, town, "Ben")
        shop = veras.new_page()
        frame = open_widget(shop, town.shop_page)
        ask(frame, "Vera", question)
        answer(console, "Vera")
        expect(frame.get_by_role("textbox", name="Message")).to_be_visible()
        yield Pair(veras, shop, frame, console)


def test_a_pasted_picture_and_files_reach_the_other_side(screens: Screens, town: Town, tmp_path: Path) -> None:
    photo, prices, sizes = tmp_path / "old-bike.png", tmp_path / "prices.html", tmp_path / "Fjord sizes.pdf"
    photo.write_bytes(picture("PNG", (60, 40)))
    prices.write_text("<script>document.title = 'ran'</script>")
    sizes.write_bytes(b"%PDF-1.7 sizes")
    with talking(screens, town, "Does an M fit me?") as pair:
        # A pasted picture waits to be looked at; with a text it goes out on Enter.
        pair.vera.grant_permissions(["clipboard-read", "clipboard-write"])
        pair.shop.evaluate(COPY, list(picture("PNG", (60, 40))))
        pair.frame.get_by_role("textbox", name="Message").press("Control+v")
        expect(tray(pair.frame).get_by_role("img", name="Picture image.png")).to_be_visible()
        write(pair.frame, "This is the one I ride now.")
        sees_picture(pair.frame, "image.png")
        sees_picture(pair.console, "image.png")
        looks_at_picture(pair.console, pair.console, "image.png")

        # What is no picture is a download, under its own name, and nothing in it runs.
        attach(pair.frame, prices, photo)
        expect(tray(pair.frame).get_by_role("listitem")).to_have_count(2)
        pair.frame.get_by_role("button", name="Take out old-bike.png").click()
        send(pair.frame)
        assert downloaded(pair.console, pair.console, "prices.html") == prices.read_bytes()
        expect(pair.console.get_by_role("link", name="Vera").first).to_contain_text("prices.html")
        attach(pair.console, sizes)
        send(pair.console)
        assert downloaded(pair.shop, pair.frame, "Fjord sizes.pdf") == sizes.read_bytes()
        assert "ran" not in pair.console.title()


@pytest.mark.whole_browser
def test_a_voice_note_is_heard_by_the_other_side_and_outlasts_a_reload(screens: Screens, town: Town) -> None:
    with talking(screens, town, "It squeaks. Listen!") as pair:
        frame = pair.frame
        # A microphone that is blocked says what to do.
        frame.get_by_role("button", name="Record a voice note").click()
        expect(frame.get_by_role("alert").filter(has_text="The microphone is blocked.")).to_be_visible()
        # Send has the microphone's place while there is something to send.
        for text in ("It squeaks.", ""):
            frame.get_by_role("textbox", name="Message").fill(text)
            expect(frame.get_by_role("button", name="Record a voice note")).to_be_visible(visible=text == "")
            expect(frame.get_by_role("button", name="Send", exact=True)).to_be_visible(visible=text != "")
        pair.vera.grant_permissions(["microphone"])
        frame.get_by_role("button", name="Record a voice note").click()
        expect(frame.get_by_role("timer")).to_have_text("Recording 0:02")
        frame.get_by_role("button", name="Finish recording").click()
        expect(tray(frame).get_by_role("button", name="Play voice note")).to_be_visible()
        send(frame)
        note = log(pair.console).get_by_role("button", name=re.compile("Play voice note, 0:0[2-9]"))
        note.click()
        expect(log(pair.console).get_by_role("button", name="Pause voice note")).to_be_visible()
        pair.shop.reload()
        expect(log(panel(pair.shop)).get_by_role("button", name="Play voice note")).to_be_visible()


def test_a_file_goes_out_by_itself_when_the_line_is_back(screens: Screens, town: Town, tmp_path: Path) -> None:
    photo = tmp_path / "old-bike.png"
    photo.write_bytes(picture("PNG", (60, 40)))
    with talking(screens, town, "Do you know this bike?") as pair:
        pair.frame.wait_for_function(LATER_PARTS_ARE_THERE)
        pair.vera.set_offline(True)
        attach(pair.frame, photo)
        send(pair.frame)
        expect(log(pair.frame).get_by_role("button", name="Cancel sending old-bike.png")).to_be_visible()
        pair.vera.set_offline(False)
        sees_picture(pair.console, "old-bike.png")
        sees_picture(pair.frame, "old-bike.png")
