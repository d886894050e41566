"""What a page and a browser say of themselves stays text: title, address and referrer of a page, and the browser's own name."""

import json
import re
from urllib.parse import quote, urlsplit

from playwright.sync_api import expect

from e2e.canary import Canary
from e2e.hostile_site import Page, a_site
from e2e.launcher import press_launcher
from e2e.payloads import PAYLOADS
from e2e.people import Screens, answer, ask, panel, panel_says, ringing, sign_in
from e2e.town import Town

PLAIN = [text for text in PAYLOADS if text.isascii() and text.isprintable()]
TITLE = " ".join(PLAIN[:9])[:290].strip()
BROWSER = " ".join(PLAIN[9:20])[:390].strip()
SCRIPT = "<script>document.title = {}</script>"
LINK = '<!doctype html><title>x</title><link rel="icon" href="data:,"><a href="{}" referrerpolicy="unsafe-url">There</a>'


def test_a_hostile_page_that_a_hostile_page_led_a_hostile_browser_to(screens: Screens, town: Town, canary: Canary) -> None:
    with a_site(town.loader) as site, screens.person() as alices, screens.person(user_agent=BROWSER) as veras:
        canary.hosts.add(urlsplit(site.origin).netloc)
        canary.watch(alices)
        canary.watch(veras)
        alice, shop = sign_in(alices, town, "Alice"), veras.new_page()
        # Half a pair of surrogates is a title that a page may have, and no JSON.
        entitled = SCRIPT.format(json.dumps(f"{TITLE}\ud83d").replace("<", "\\u003c"))
        there = f"{site.add('there', Page(end=entitled))}/{quote(PLAIN[0])}"
        before = f"{site.add_html('before', LINK.format(there))}/{quote(PLAIN[1])}"
        shop.goto(f"{before}?token=secret&{quote(PLAIN[2])}")
        shop.get_by_role("link", name="There").click()
        expect(shop).to_have_title(re.compile(f"^{re.escape(TITLE)}"))
        press_launcher(shop)
        ask(panel(shop), "Vera", "Who sent me?")
        expect(ringing(alice, "Vera").get_by_text(TITLE, exact=True)).to_be_visible()
        answer(alice, "Vera")
        record = panel_says(alice, title=TITLE, browser=BROWSER)
        page, came = (record.get_by_role("link").nth(place) for place in (0, 1))
        for link, address in ((page, there), (came, before)):
            expect(link).to_have_attribute("href", address)
            expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
        assert "secret" not in record.inner_text()
        canary.look_into(alice)
        panel(shop).get_by_role("button", name="End chat").click()


def test_a_link_to_the_rooms_own_page_tells_where_it_stood(screens: Screens, town: Town) -> None:
    with a_site(town.loader) as site, screens.person() as alices, screens.person() as veras:
        alice, vera = sign_in(alices, town, "Alice"), veras.new_page()
        vera.goto(site.add_html("blog", LINK.format(town.room_page)))
        vera.get_by_role("link", name="There").click()
        ask(vera, "Vera", "Are you the shop from the blog?")
        answer(alice, "Vera")
        came = alice.get_by_role("region", name="Customer").get_by_role("link", name=urlsplit(site.origin).netloc)
        expect(came).to_have_attribute("href", f"{site.origin}/blog")
        expect(alice.get_by_role("region", name="Page")).to_have_count(0)
        vera.get_by_role("button", name="End chat").click()
