"""What people write stays text: each payload in each place that somebody controls, and nothing runs, asks or is reported."""

import re
from pathlib import Path

import httpx
from playwright.sync_api import expect

from e2e.canary import Canary
from e2e.payloads import PAYLOADS
from e2e.people import Screens, answer, ask, open_widget, panel, panel_says, sign_in, write
from e2e.pouring import FILE, KEPT, NOTE, TAGGED, TAKEN, TRANSFERRED, WRITTEN, Sql, shows, until
from e2e.town import Town, serving_files

SITES = Path(__file__).parent / "sites"


def test_the_canary_notices_every_payload_on_a_careless_page(screens: Screens) -> None:
    """The control: it sings here, so its silence in the other tests means something."""
    with serving_files(SITES) as origin, screens.person() as veras:
        heard = Canary({origin.removeprefix("http://")})
        heard.watch(veras)
        page = veras.new_page()
        for first in range(0, len(PAYLOADS), 8):
            page.goto(f"{origin}/unsafe_sinks.html")
            page.evaluate("(texts) => pour(texts)", PAYLOADS[first : first + 8])
            heard.look_into(page)
        assert until(page, lambda: set(range(len(PAYLOADS))) - heard.numbers()) == set()
        assert heard.markup
    screens.complaints.clear()


def test_names_questions_pages_referrers_and_browsers_of_visitors_are_text_for_agents(
    screens: Screens, town: Town, canary: Canary, sql: Sql
) -> None:
    with screens.person() as alices, screens.person() as crowds:
        canary.watch(alices)
        canary.watch(crowds)
        alice, crowd = sign_in(alices, town, "Alice"), crowds.new_page()
        crowd.goto(town.room_page)
        asked = {"room": town.room_page.rpartition("/")[2], "texts": PAYLOADS}
        crowd.evaluate((SITES / "raw_visitors.js").read_text(), asked)
        shows(alice, PAYLOADS, canary)
        sql(TAKEN)
        alice.reload()
        shows(alice, PAYLOADS, canary)
        for text in PAYLOADS:
            alice.get_by_role("link").filter(has_text=text.strip()).first.click()
            kept = text.strip().replace("\t", " ")
            record = panel_says(alice, title=kept, browser=text.strip())
            came = re.split(r"[?#]", kept.removeprefix("https://"))[0]
            expect(record.get_by_role("definition").first).to_have_text(came)
            canary.look_into(alice)
        crowd.evaluate("() => raw.forEach((socket) => socket.close())")
    sql("update chat set status = 'abandoned' where status = 'active'")


def test_messages_are_text_on_both_sides(screens: Screens, town: Town, canary: Canary, sql: Sql) -> None:
    with screens.person() as alices, screens.person() as veras:
        canary.watch(alices)
        canary.watch(veras)
        alice, shop = sign_in(alices, town, "Alice"), veras.new_page()
        vera = open_widget(shop, town.shop_page)
        ask(vera, "Vera", "May I write what I like?")
        answer(alice, "Vera")
        for text in PAYLOADS:
            write(vera, f"{text} from Vera")
            write(alice, text)
        theirs = [f"{text} from Vera" for text in PAYLOADS]
        for side in (alice, vera):
            shows(side, [*theirs, *PAYLOADS], canary)
        shop.reload()
        alice.reload()
        shows(panel(shop), [*theirs[-20:], *PAYLOADS[-20:]], canary)
        alice.get_by_role("link", name="Vera").first.click()
        shows(alice, [*theirs[-20:], *PAYLOADS[-20:]], canary)
        panel(shop).get_by_role("button", name="End chat").click()


def test_typing_files_notes_transfers_tags_and_canned_texts_are_text(
    screens: Screens, town: Town, canary: Canary, sql: Sql
) -> None:
    """As rows, because names of files are cleaned before they are kept: this is what stands behind that."""
    with screens.person() as alices, screens.person() as veras:
        canary.watch(alices)
        canary.watch(veras)
        alice, vera = sign_in(alices, town, "Alice"), veras.new_page()
        vera.goto(town.room_page)
        ask(vera, "Vera", "May I send files?")
        answer(alice, "Vera")
        for side in (alice, vera):
            expect(side.get_by_role("textbox", name="Message")).to_be_visible()
        for first in range(0, len(PAYLOADS), 16):
            typed = " ".join(PAYLOADS[first : first + 16])[-490:]
            vera.get_by_role("textbox", name="Message").fill(typed)
            shows(alice, [typed], canary)
        for body, side, readers in (
            (FILE, "visitor", (alice, vera)),
            (FILE, "agent", (alice, vera)),
            (TRANSFERRED, "agent", (alice, vera)),
            (NOTE, "agent", (alice,)),
        ):
            sql(WRITTEN, body, side, PAYLOADS)
            sql("update chat set last_seq = (select max(seq) from message where chat_id = chat.id) where status = 'active'")
            for reader in readers:
                shows(reader, PAYLOADS, canary)
        sql(TAGGED, PAYLOADS)
        sql("insert into chat_tag select chat.tenant_id, chat.id, tag.id, null, now() from chat, tag where status = 'active'")
        sql(KEPT, PAYLOADS)
        alice.reload()
        alice.get_by_role("link", name="Vera").first.click()
        shows(alice, PAYLOADS, canary)
        alice.get_by_role("textbox", name="Message").press_sequentially("/t")
        canary.look_into(alice)
        alice.goto(f"{town.app}/console/acme/canned-texts")
        shows(alice, PAYLOADS, canary)


def test_names_of_agents_businesses_and_rooms_are_text_for_visitors(
    screens: Screens, town: Town, canary: Canary, sql: Sql
) -> None:
    with screens.person() as alices, screens.person() as veras:
        canary.watch(alices)
        canary.watch(veras)
        veras.route("**/w.js*", lambda route: route.continue_())  # routing keeps nothing in the cache
        alice, shop = sign_in(alices, town, "Alice"), veras.new_page()
        vera = open_widget(shop, town.shop_page)
        ask(vera, "Vera", "Who are you?")
        answer(alice, "Vera")
        write(alice, "Alice")
        rooms = alices.new_page()
        for name in PAYLOADS:
            sql("update tenant set name = %s where slug = 'acme'", name)
            sql("update room set name = %s where tenant_id = (select id from tenant where slug = 'acme')", name)
            sql("update party set name = %s where side = 'agent'", name)
            sql("update agent set name = %s where role = 'owner'", name)
            shop.reload()
            shows(panel(shop), [name], canary)
            canary.look_into(shop)
            rooms.goto(f"{town.app}/console/acme/rooms")
            shows(rooms, [name], canary)
        alice.reload()
        shows(alice, PAYLOADS[-1:], canary)


def test_what_a_browser_calls_itself_is_text_in_the_list_of_devices(
    screens: Screens, town: Town, canary: Canary, sql: Sql
) -> None:
    with screens.person() as alices:
        canary.watch(alices)
        alice = sign_in(alices, town, "Cara")
        names = [text for text in PAYLOADS if text.isascii() and text.isprintable()]
        for first in range(0, len(names), 10):
            sign_in_as(" ".join(names[first : first + 10]), town)
        alice.goto(f"{town.app}/account")
        canary.look_into(alice)


def sign_in_as(user_agent: str, town: Town) -> None:
    headers = {"user-agent": user_agent, "origin": town.app}
    with httpx.Client(base_url=town.app, headers=headers) as client:
        client.get("/sign-in")
        form = {"email": "cara@acme.example", "password": "cara-demo", "_csrf_token": client.cookies["sb_csrf"]}
        assert client.post("/sign-in", data=form).status_code == 303
