"""The story of Switchboard: a visitor on a shop page of another origin texts an agent."""

import re
import signal
from pathlib import Path

from playwright.sync_api import expect

from e2e.people import Screens, answer, ask, open_widget, panel, reads, ringing, sign_in, write
from e2e.town import Town, serving_files

SANDBOX = """<!doctype html><title>Sandbox</title><link rel=icon href=data:,>
<iframe sandbox="allow-scripts allow-popups" width=400 height=600 src="{}?frame=1"></iframe>"""


def test_a_visitor_on_a_shop_page_and_an_agent_chat_both_ways(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as veras:
        alice = sign_in(alices, town, "Alice")
        shop = veras.new_page()
        vera = open_widget(shop, town.shop_page)
        expect(vera.get_by_text("Alice", exact=False).first).to_be_visible()
        ask(vera, "Vera", "Fjord 3: does an M fit me?")
        expect(ringing(alice, "Vera")).to_contain_text("Fjord 3: does an M fit me?")
        answer(alice, "Vera")
        reads(alice, "Fjord 3: does an M fit me?")
        write(alice, "An M fits. Shall I put one aside? 你好 🚲")
        reads(vera, "An M fits. Shall I put one aside? 你好 🚲")
        write(vera, "Yes please")
        reads(alice, "Yes please")
        expect(vera.get_by_role("img", name="Read").last).to_be_visible()
        vera.get_by_role("button", name="End chat").click()
        expect(vera.get_by_role("button", name="Start a new chat")).to_be_visible()
        expect(alice.get_by_text("ended", exact=False).first).to_be_visible()


def test_two_agents_race_and_the_other_reads_who_took_it(screens: Screens, town: Town) -> None:
    with screens.person() as bens, screens.person() as caras, screens.person() as veras:
        ben, cara = sign_in(bens, town, "Ben"), sign_in(caras, town, "Cara")
        vera = veras.new_page()
        vera.goto(town.room_page)
        ask(vera, "Vera", "Who is first?")
        for agent in (ben, cara):
            expect(ringing(agent, "Vera")).to_be_visible()
        # Both click before either has heard of the other's answer.
        ben.evaluate("() => { [...document.querySelectorAll('button')].find(b => b.textContent.includes('Answer')).click() }")
        cara.evaluate("() => { [...document.querySelectorAll('button')].find(b => b.textContent.includes('Answer')).click() }")
        for agent in (ben, cara):
            expect(ringing(agent, "Vera")).to_have_count(0)
        expect(vera.get_by_role("textbox", name="Message")).to_be_visible()
        winner = "Ben" if ben.get_by_role("textbox", name="Message").count() else "Cara"
        loser = cara if winner == "Ben" else ben
        expect(loser.get_by_role("status").filter(has_text=winner).first).to_be_visible()
        expect(vera.get_by_text(winner, exact=False).first).to_be_visible()


def test_a_reload_on_both_sides_keeps_the_chat_and_a_second_tab_follows(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as veras:
        alice = sign_in(alices, town, "Alice")
        shop = veras.new_page()
        vera = open_widget(shop, town.shop_page)
        ask(vera, "Vera", "Will you still know me?")
        answer(alice, "Vera")
        write(alice, "Of course")
        reads(vera, "Of course")
        shop.reload()
        reads(panel(shop), "Of course")
        write(panel(shop), "Back again")
        alice.reload()
        alice.get_by_role("link", name="Vera").or_(alice.get_by_role("button", name="Vera")).first.click()
        reads(alice, "Back again")
        second_tab = veras.new_page()
        second_tab.goto(town.shop_page + "rental")
        second_tab.evaluate("() => Switchboard('open')")
        reads(panel(second_tab), "Of course")
        write(alice, "In both tabs")
        for tab in (shop, second_tab):
            reads(panel(tab), "In both tabs")
        write(panel(second_tab), "From the second")
        reads(panel(shop), "From the second")
        reads(alice, "From the second")


def test_what_is_written_while_the_server_is_down_arrives_once(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as veras:
        alice = sign_in(alices, town, "Alice")
        vera = open_widget(veras.new_page(), town.shop_page)
        ask(vera, "Vera", "Are you there?")
        answer(alice, "Vera")
        write(alice, "I am")
        reads(vera, "I am")
        town.stop_web()
        write(vera, "Written in the dark")
        write(alice, "Me too")
        for side in (vera, alice):
            expect(side.get_by_role("img", name="Sending").first).to_be_visible()
        town.start_web()
        reads(alice, "Written in the dark", within=20_000)
        reads(vera, "Me too", within=20_000)
        alice.reload()
        alice.get_by_role("link", name="Vera").or_(alice.get_by_role("button", name="Vera")).first.click()
        for text in ("Written in the dark", "Me too"):
            reads(alice, text)


def test_a_killed_server_loses_nothing_either(screens: Screens, town: Town) -> None:
    with screens.person() as alices, screens.person() as veras:
        alice = sign_in(alices, town, "Alice")
        vera = open_widget(veras.new_page(), town.shop_page)
        ask(vera, "Vera", "Still there?")
        answer(alice, "Vera")
        reads(alice, "Still there?")
        for number in range(3):
            write(vera, f"message {number}")
        town.stop_web(signal.SIGKILL)
        write(vera, "after the kill")
        town.start_web()
        for text in ("message 0", "message 1", "message 2", "after the kill"):
            reads(alice, text, within=20_000)


def test_with_nobody_online_the_page_says_so_and_keeps_the_text(screens: Screens, town: Town) -> None:
    with screens.person() as gils, screens.person() as veras:
        vera = veras.new_page()
        vera.goto(town.address_of("globex"))
        expect(vera.get_by_text("Nobody is here", exact=False).first).to_be_visible()
        ask(vera, "Vera", "Kept until somebody is back")
        expect(vera.get_by_label("Your question")).to_have_value("Kept until somebody is back")
        vera.reload()
        expect(vera.get_by_label("Your question")).to_have_value("Kept until somebody is back")
        gil = sign_in(gils, town, "Gil")
        expect(vera.get_by_text("Nobody is here", exact=False)).to_have_count(0)
        gil.get_by_role("radio", name="OFFLINE").check()
        expect(vera.get_by_text("Nobody is here", exact=False).first).to_be_visible()
        gil.get_by_role("radio", name="ONLINE").check()
        expect(vera.get_by_text("Nobody is here", exact=False)).to_have_count(0)
        vera.get_by_role("button", name="Chat now").click()
        expect(ringing(gil, "Vera")).to_be_visible()
        vera.get_by_role("button", name="Cancel").click()
        expect(ringing(gil, "Vera")).to_have_count(0)


def test_a_frame_without_an_origin_offers_a_window(screens: Screens, town: Town, tmp_path: Path) -> None:
    (tmp_path / "sandbox.html").write_text(SANDBOX.format(town.room_page))
    with screens.person() as veras, serving_files(tmp_path) as origin:
        page = veras.new_page()
        page.goto(f"{origin}/sandbox.html")
        link = panel(page).get_by_role("link", name="Open the chat in a window")
        expect(link).to_have_attribute("href", re.compile(re.escape(town.room_page.removeprefix(town.app)) + "$"))


def test_a_colleague_who_had_looked_at_the_ringing_chat_reads_who_is_in_it(screens: Screens, town: Town) -> None:
    with screens.person() as bens, screens.person() as caras, screens.person() as veras:
        ben, cara = sign_in(bens, town, "Ben"), sign_in(caras, town, "Cara")
        vera = veras.new_page()
        vera.goto(town.room_page)
        ask(vera, "Vera Two", "Anyone?")
        cara.get_by_role("link", name="Vera Two").click()
        answer(ben, "Vera Two")
        expect(cara.get_by_role("status").filter(has_text="Ben").first).to_be_visible()
        expect(cara.get_by_text("Ben is in this chat", exact=False)).to_be_visible()
