"""What a business tells us about itself when it signs up (SPEC 3). Pure."""

from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

import msgspec

# What our payment provider can settle and people price in; three letters of ISO 4217. More are one line each.
CURRENCIES = {
    "USD": "US dollar",
    "EUR": "Euro",
    "GBP": "Pound sterling",
    "AED": "UAE dirham",
    "ARS": "Argentine peso",
    "AUD": "Australian dollar",
    "BRL": "Brazilian real",
    "CAD": "Canadian dollar",
    "CHF": "Swiss franc",
    "CLP": "Chilean peso",
    "CNY": "Chinese yuan",
    "COP": "Colombian peso",
    "CZK": "Czech koruna",
    "DKK": "Danish krone",
    "EGP": "Egyptian pound",
    "HKD": "Hong Kong dollar",
    "HUF": "Hungarian forint",
    "IDR": "Indonesian rupiah",
    "ILS": "Israeli shekel",
    "INR": "Indian rupee",
    "JPY": "Japanese yen",
    "KRW": "South Korean won",
    "KWD": "Kuwaiti dinar",
    "MAD": "Moroccan dirham",
    "MXN": "Mexican peso",
    "MYR": "Malaysian ringgit",
    "NGN": "Nigerian naira",
    "NOK": "Norwegian krone",
    "NZD": "New Zealand dollar",
    "PEN": "Peruvian sol",
    "PHP": "Philippine peso",
    "PLN": "Polish zloty",
    "RON": "Romanian leu",
    "SAR": "Saudi riyal",
    "SEK": "Swedish krona",
    "SGD": "Singapore dollar",
    "THB": "Thai baht",
    "TRY": "Turkish lira",
    "TWD": "New Taiwan dollar",
    "VND": "Vietnamese dong",
    "ZAR": "South African rand",
}
_CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
LONGEST_NAME = 80


class AccountType(StrEnum):
    """One person, or several."""

    SOLO = "solo"
    COMPANY = "company"


class Business(msgspec.Struct, frozen=True, kw_only=True):
    """Tenants applied from a file that does not say otherwise have the defaults."""

    name: str
    account_type: AccountType = AccountType.COMPANY
    time_zone: str = "UTC"
    currency: str = "USD"


@cache
def time_zones() -> list[str]:
    """Places, by continent; browsers say older spellings of some, which are among them. UTC is for everybody else."""
    return ["UTC", *sorted(zone for zone in available_timezones() if zone.startswith(_CONTINENTS) and "/" in zone)]
