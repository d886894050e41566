"""SPEC 2's table made from the price list: the plan page and `switchboard plans show` print the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

from switchboard.money import written
from switchboard.plans.plan import Plan
from switchboard.plans.terms import UNLIMITED, Feature, Limit

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a cell per plan, `yes`, `no` or a text."""

    label: str
    cells: tuple[str, ...]


def comparison(plans: tuple[Plan, ...]) -> list[Row]:
    """Every limit and every feature of these plans."""
    return [Row(label, tuple(cell(plan) for plan in plans)) for label, cell in _ROWS]


def price(plan: Plan) -> str:
    """A month: `19 USD`."""
    return written(plan.price.amount, plan.price.currency)


def amount(plan: Plan, limit: Limit) -> str:
    """`5`, or `unlimited`."""
    value = plan.amount(limit)
    return "unlimited" if value is UNLIMITED else str(value)


def _has(*features: Feature) -> Callable[[Plan], str]:
    """One word for all features of a row: tests/plans/ proves that no plan on sale splits a row."""
    return lambda plan: YES if plan.features.issuperset(features) else NO


def _count(limit: Limit) -> Callable[[Plan], str]:
    return lambda plan: amount(plan, limit)


def _rooms(plan: Plan) -> str:
    return "1 (GENERAL)" if plan.amount(Limit.ROOMS) == 1 else amount(plan, Limit.ROOMS)


def _triggers(plan: Plan) -> str:
    return YES if plan.amount(Limit.TRIGGERS) is UNLIMITED else amount(plan, Limit.TRIGGERS)


def _canned_texts(plan: Plan) -> str:
    return YES if plan.amount(Limit.CANNED_TEXTS) is UNLIMITED else amount(plan, Limit.CANNED_TEXTS)


def _reports(plan: Plan) -> str:
    return YES if plan.amount(Limit.REPORT_DAYS) is UNLIMITED else f"last {amount(plan, Limit.REPORT_DAYS)} days"


def _private_rooms(plan: Plan) -> str:
    if plan.features.issuperset(PRIVATE):
        return YES
    return "GENERAL only, free of charge" if plan.features.issuperset(PRIVATE_FREE) else NO


PRIVATE = (Feature.PRIVATE_ROOMS, Feature.INVITATIONS)
PRIVATE_FREE = (Feature.PRIVATE_ROOMS_OF_GENERAL, Feature.INVITATIONS_FREE_OF_CHARGE)
FEATURE_ROWS: list[tuple[str, tuple[Feature, ...]]] = [
    (
        "Text, voice, video, screen share, files",
        (Feature.TEXT, Feature.VOICE, Feature.VIDEO, Feature.SCREEN_SHARE, Feature.FILES),
    ),
    (
        "Widget, click-to-call, direct embed, snippets",
        (Feature.WIDGET, Feature.CLICK_TO_CALL, Feature.DIRECT_EMBED, Feature.SNIPPETS),
    ),
    ("WordPress, Shopify", (Feature.WORDPRESS, Feature.SHOPIFY)),
    (
        "Visitor list, browsing history, SEE screen, whisper",
        (Feature.VISITOR_LIST, Feature.BROWSING_HISTORY, Feature.SEE_SCREEN, Feature.WHISPER),
    ),
    ("Quickest reply, same agent again", (Feature.QUICKEST_REPLY, Feature.SAME_AGENT)),
    ("Transfer, conference", (Feature.TRANSFER, Feature.CONFERENCE)),
    ("Payment requests, taxi meter", (Feature.PAYMENT_REQUESTS, Feature.METER)),
    ("Voicemail, recording, WhatsApp hand-off", (Feature.VOICEMAIL, Feature.RECORDING, Feature.WHATSAPP_HAND_OFF)),
    ("REST API, outgoing webhooks", (Feature.REST_API, Feature.OUTGOING_WEBHOOKS)),
    ("Branding removed", (Feature.BRANDING_REMOVED,)),
    (
        "Nearest, round robin, least busy, by language, overflow",
        (Feature.NEAREST, Feature.ROUND_ROBIN, Feature.LEAST_BUSY, Feature.BY_LANGUAGE, Feature.OVERFLOW),
    ),
    ("Own domain, own From addresses", (Feature.OWN_DOMAIN, Feature.OWN_FROM_ADDRESSES)),
    ("OIDC login, audit export, retention rules", (Feature.OIDC_LOGIN, Feature.AUDIT_EXPORT, Feature.RETENTION_RULES)),
]
_ROWS: list[tuple[str, Callable[[Plan], str]]] = [
    ("Rooms", _rooms),
    ("Agents", _count(Limit.AGENTS)),
    ("Served contacts a year", _count(Limit.SERVED_CONTACTS_A_YEAR)),
    ("Triggers", _triggers),
    ("Canned texts", _canned_texts),
    ("Private rooms, invitations", _private_rooms),
    ("Reports", _reports),
    *((label, _has(*features)) for label, features in FEATURE_ROWS),
]
