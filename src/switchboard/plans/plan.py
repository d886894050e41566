"""A plan as frozen structs: its price, its limits, its features."""

from typing import Annotated

import msgspec

from switchboard.plans.terms import Feature, Limit, Unlimited

Amount = Annotated[int, msgspec.Meta(ge=0)] | Unlimited


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A month, in minor units of the currency."""

    amount: Annotated[int, msgspec.Meta(ge=0)]
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One amount per `Limit`."""

    rooms: Amount
    agents: Amount
    served_contacts_a_year: Amount
    triggers: Amount
    canned_texts: Amount
    report_days: Amount


class PlanFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in a file."""

    name: str
    for_whom: str
    price: Price
    limits: Limits
    features: frozenset[Feature]


class Plan(PlanFile, frozen=True, kw_only=True):
    """A plan of one generation; `key` is the file's name without its ending."""

    generation: str
    key: str

    def amount(self, limit: Limit) -> int | Unlimited:
        """How many of these the plan has."""
        return getattr(self.limits, limit.value)

    def has_more_than(self, limit: Limit, used: int) -> bool:
        """Is there place for one more when `used` are there?"""
        amount = self.amount(limit)
        return isinstance(amount, Unlimited) or used < amount
