"""The price list is SPEC 2's table, generations stay, and a wrong file says which key is wrong and what is allowed."""

import dataclasses
import itertools
import shutil
from pathlib import Path

import pytest

from switchboard.app import create_app
from switchboard.errors import SettingsError
from switchboard.plans.comparison import FEATURE_ROWS, PRIVATE, PRIVATE_FREE, comparison, price
from switchboard.plans.files import changed_since_sold, read_price_list, sold_files
from switchboard.plans.plan import Limits
from switchboard.plans.terms import UNLIMITED, Feature, Limit
from switchboard.settings import ROOT, Settings

PLANS = ROOT / "plans"
NO, YES = "no", "yes"
# SPEC 2, row by row: Forever Free, Professional, Business, Enterprise.
SPEC_2 = {
    "Rooms": ("1 (GENERAL)", "5", "25", "unlimited"),
    "Agents": ("unlimited",) * 4,
    "Served contacts a year": ("500", "unlimited", "unlimited", "unlimited"),
    "Triggers": ("3", YES, YES, YES),
    "Canned texts": ("3", YES, YES, YES),
    "Private rooms, invitations": ("GENERAL only, free of charge", YES, YES, YES),
    "Reports": ("last 30 days", YES, YES, YES),
    "Text, voice, video, screen share, files": (YES,) * 4,
    "Widget, click-to-call, direct embed, snippets": (YES,) * 4,
    "WordPress, Shopify": (YES,) * 4,
    "Visitor list, browsing history, SEE screen, whisper": (YES,) * 4,
    "Quickest reply, same agent again": (YES,) * 4,
    "Transfer, conference": (YES,) * 4,
    "Payment requests, taxi meter": (NO, YES, YES, YES),
    "Voicemail, recording, WhatsApp hand-off": (NO, YES, YES, YES),
    "REST API, outgoing webhooks": (NO, YES, YES, YES),
    "Branding removed": (NO, YES, YES, YES),
    "Nearest, round robin, least busy, by language, overflow": (NO, NO, YES, YES),
    "Own domain, own From addresses": (NO, NO, NO, YES),
    "OIDC login, audit export, retention rules": (NO, NO, NO, YES),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy to spoil."""
    return shutil.copytree(PLANS, tmp_path / "plans")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_plans_on_sale_are_the_table_of_spec_2() -> None:
    on_sale = read_price_list(PLANS).on_sale
    assert [plan.name for plan in on_sale] == ["Forever Free", "Professional", "Business", "Enterprise"]
    assert [price(plan) for plan in on_sale] == ["0 USD", "19 USD", "49 USD", "199 USD"]
    assert [plan.for_whom for plan in on_sale][::3] == ["trying, small sites", "a company"]
    assert {row.label: row.cells for row in comparison(on_sale)} == SPEC_2


def test_every_feature_stands_in_one_row_and_no_plan_splits_a_row() -> None:
    rows = [features for _, features in FEATURE_ROWS] + [PRIVATE, PRIVATE_FREE]
    assert sorted(feature for row in rows for feature in row) == sorted(Feature)
    for plan in read_price_list(PLANS).on_sale:
        assert [row for row in rows if 0 < len(plan.features.intersection(row)) < len(row)] == []


def test_a_dearer_plan_takes_nothing_away() -> None:
    on_sale = read_price_list(PLANS).on_sale
    for cheaper, dearer in itertools.pairwise(on_sale):
        assert cheaper.features <= dearer.features
        for limit in Limit:
            less, more = cheaper.amount(limit), dearer.amount(limit)
            assert more is UNLIMITED or (isinstance(less, int) and isinstance(more, int) and less <= more)


def test_every_limit_is_a_field_of_a_plan() -> None:
    assert list(Limits.__struct_fields__) == list(Limit)


def test_no_sold_plan_has_changed() -> None:
    assert changed_since_sold(PLANS) == []


def test_every_plan_on_sale_is_frozen() -> None:
    on_sale = {(plan.generation, plan.key) for plan in read_price_list(PLANS).on_sale}
    assert on_sale <= set(sold_files(PLANS)), "sha256sum the new files into plans/sold.toml"


@pytest.mark.parametrize("spoil", [lambda path: change(path, "amount = 1900", "amount = 1800"), Path.unlink])
def test_a_changed_sold_plan_is_told_in_a_sentence(folder: Path, spoil) -> None:
    spoil(folder / "v1" / "professional.toml")
    assert changed_since_sold(folder) == [
        "plans/v1/professional.toml was sold and is not what it was: put it back, and write a new price into a new generation"
    ]


def test_a_new_generation_leaves_the_old_one_loadable(folder: Path) -> None:
    shutil.copytree(folder / "v1", folder / "v2")
    change(folder / "v2" / "professional.toml", "amount = 1900", "amount = 2300")
    change(folder / "on_sale.toml", "v1", "v2")
    price_list = read_price_list(folder)
    assert price(price_list.sold("professional")) == "23 USD"
    assert price(price_list.plan("v1", "professional")) == "19 USD"
    assert changed_since_sold(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "allowed"),
    [
        ('"text"', '"telepathy"', r"telepathy.*\$.features", "text, voice, video"),
        ("rooms = 1", "rooms = -1", r"\$.limits.rooms", 'a whole number from 0, or "unlimited"'),
        ("rooms = 1", 'rooms = "many"', r"many.*\$.limits.rooms", 'a whole number from 0, or "unlimited"'),
        ("rooms = 1", "halls = 1", r"halls.*\$.limits", "rooms, agents, served_contacts_a_year"),
        ("rooms = 1\n", "", r"rooms.*\$.limits", "rooms, agents, served_contacts_a_year"),
        ("amount = 0", "amount = 0.5", r"\$.price.amount", "minor units"),
        ('"USD"', '"dollars"', r"\$.price.currency", "three capital letters"),
        ("amount = 0", "amount = 0\nvat = 21", r"vat.*\$.price", "amount, currency"),
        ("for_whom", "audience", "audience", "name, for_whom, price, limits, features"),
        ("[price]", "[price", "line", ""),
    ],
)
def test_a_wrong_plan_names_file_key_and_what_is_allowed(folder: Path, old: str, new: str, where: str, allowed: str) -> None:
    path = folder / "v1" / "free.toml"
    change(path, old, new)
    with pytest.raises(SettingsError, match=where) as refusal:
        read_price_list(folder)
    assert refusal.value.message.startswith(f"{path}: ")
    assert allowed in refusal.value.message


def test_a_generation_without_plans_cannot_be_sold(folder: Path) -> None:
    change(folder / "on_sale.toml", "v1", "v9")
    with pytest.raises(SettingsError, match=r"on_sale.toml: generation = v9 has no plans; allowed: v1"):
        read_price_list(folder)


def test_without_forever_free_nobody_could_sign_up(folder: Path) -> None:
    (folder / "v1" / "free.toml").unlink()
    with pytest.raises(SettingsError, match=r"free.toml is missing: every tenant is born on it"):
        read_price_list(folder)


def test_a_plan_nobody_sells_names_those_on_sale() -> None:
    with pytest.raises(SettingsError, match="no plan gold on sale: choose one of free, professional, business, enterprise"):
        read_price_list(PLANS).sold("gold")


def test_a_tenants_plan_without_its_file_says_what_to_do() -> None:
    with pytest.raises(SettingsError, match=r"plans/v0/gold.toml is missing, but a tenant has this plan: put the file back"):
        read_price_list(PLANS).plan("v0", "gold")


def test_a_web_process_does_not_start_with_a_wrong_price_list(folder: Path, settings: Settings) -> None:
    change(folder / "v1" / "free.toml", "rooms = 1", "rooms = 0.5")
    with pytest.raises(SettingsError, match=r"free.toml: .*limits.rooms"):
        create_app(dataclasses.replace(settings, plans_dir=folder))
