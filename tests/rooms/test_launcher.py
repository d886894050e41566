"""What the script's address may ask of the launcher, and what it gets when it asks for something else."""

import json
from itertools import product

import httpx
import pytest

from switchboard.rooms.ink import contrast, ink_on
from switchboard.rooms.launcher import Launcher, launcher
from switchboard.rooms.launcher_sheet import ICONS, sheet
from tests.cast import Cast


@pytest.mark.parametrize(
    ("name", "value", "look"),
    [
        ("position", "bottom-right", Launcher(height="bottom", side="right")),
        ("position", "bottom-left", Launcher(height="bottom", side="left")),
        ("position", "middle-right", Launcher(height="middle", side="right")),
        ("position", "middle-left", Launcher(height="middle", side="left")),
        *(("icon", icon, Launcher(icon=icon)) for icon in ICONS),
        ("size", "small", Launcher(size="small")),
        ("size", "medium", Launcher()),
        ("size", "large", Launcher(size="large")),
        ("color", "A8412C", Launcher(color="a8412c")),
        ("color", "#a8412c", Launcher(color="a8412c")),
        ("hide_below", "768", Launcher(hide_below=768)),
        ("open_on", "hover", Launcher(opens_on="hover")),
        ("open_on", "click", Launcher()),
        ("ver", "6.5", Launcher()),  # WordPress adds it
    ],
)
def test_each_option_is_understood(name: str, value: str, look: Launcher) -> None:
    assert launcher([("r", "TOKEN"), (name, value)]) == (look, [])


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("position", "top", 'no position "top". Known: bottom-right, bottom-left, middle-right, middle-left.'),
        ("icon", "", 'no icon "". Known: chat, phone, video, mail, whatsapp.'),
        ("size", "huge", 'no size "huge". Known: small, medium, large.'),
        ("color", "red", 'no color "red". Known: six hex digits, such as 0b6b6b.'),
        ("color", "fff}*{display:none", "Known: six hex digits, such as 0b6b6b."),
        ("hide_below", "0", 'no hide_below "0". Known: a width in px from 1 to 9999.'),
        ("hide_below", "768px", 'no hide_below "768px". Known: a width in px from 1 to 9999.'),
        ("hide_below", "\u0667\u0668", "Known: a width in px from 1 to 9999."),
        ("open_on", "scroll", 'no open_on "scroll". Known: click, hover.'),
        ("colour", "a8412c", 'no option "colour". Known: position, icon, size, open_on, color, hide_below.'),
        ("x" * 500, "y", f'no option "{"x" * 40}".'),
    ],
)
def test_what_is_not_known_stays_as_it_was_and_is_named(name: str, value: str, advice: str) -> None:
    look, unknown = launcher([(name, value)])
    assert look == Launcher()
    assert len(unknown) == 1
    assert advice in unknown[0]


def test_a_glyph_can_be_seen_on_every_colour() -> None:
    steps = [f"{step:02x}" for step in range(0, 256, 15)]
    worst = min((contrast(ink_on(color), color), color) for color in map("".join, product(steps, steps, steps)))
    assert worst[0] >= 4.1


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_default_adds_no_rule() -> None:
    assert sheet(Launcher()) == ""


async def test_only_what_was_chosen_is_sent(client: httpx.AsyncClient, cast: Cast) -> None:
    address = f"/w.js?r={cast.acme.room_token}"
    plain = facts((await client.get(address)).text)
    assert plain.keys() == {"origin", "room", "business", "words", "icon"}
    chosen = await client.get(f"{address}&position=middle-left&icon=mail&color=%23a8412c&hide_below=600&open_on=hover")
    assert facts(chosen.text)["icon"] == ICONS["mail"]
    assert facts(chosen.text)["dir"] == "rtl"
    assert "@media(max-width:599.98px){button{display:none}}" in facts(chosen.text)["css"]
    assert "/* w_hover.js *//* w.js */" in chosen.text


async def test_a_wrong_value_is_a_warning_in_the_console_and_cannot_become_code(client: httpx.AsyncClient, cast: Cast) -> None:
    script = (await client.get(f'/w.js?r={cast.acme.room_token}&icon="),alert(1);//%0aalert(1)')).text
    assert script.splitlines()[1:] == [
        "/* w.js */console.warn("
        + json.dumps('Switchboard: no icon ""),alert(1);//\nalert(1)". Known: chat, phone, video, mail, whatsapp.')
        + ");"
    ]


def facts(script: str) -> dict[str, str]:
    return json.loads(script.splitlines()[0].removeprefix("window.__switchboard=").removesuffix(";"))
