"""The sign-up form: what was entered, what is wrong with it by field, and the business it describes."""

import re
from dataclasses import dataclass, field

from msgspec import Struct

from switchboard.accounts.password_rules import problem_with
from switchboard.tenancy.business import CURRENCIES, LONGEST_NAME, AccountType, Business, time_zones

LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[!-?A-~]+\.[!-?A-~]+")  # printable ASCII without a second @
# A name stands in mails to whoever's address was entered: it must not carry a stranger's link there.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029@]|://|www[.]", re.IGNORECASE)
NO_ADDRESS = "Write an e-mail address, such as you@example.com."
FOREIGN_LETTERS = "Addresses with other than Latin letters cannot be reached yet. Take another one."


class SignUpForm(Struct):
    """As the browser sends it."""

    email: str = ""
    password: str = ""
    business: str = ""
    account_type: str = AccountType.COMPANY
    time_zone: str = "UTC"
    currency: str = "USD"


@dataclass(slots=True)
class Checked:
    """`problems` by field. Without any, `email` and `business` are fit to be stored."""

    email: str
    business: Business
    problems: dict[str, str] = field(default_factory=dict[str, str])


async def checked(form: SignUpForm) -> Checked:
    """Says everything that is wrong at once."""
    name = " ".join(form.business.split())
    found = Checked(form.email.strip().lower(), Business(name=name))
    found.problems = {name: problem for name, problem in _problems(form, name).items() if problem}
    if problem := await problem_with(form.password, [form.email, name]):
        found.problems["password"] = problem
    if not found.problems:
        kind = AccountType(form.account_type)
        found.business = Business(name=name, account_type=kind, time_zone=form.time_zone, currency=form.currency)
    return found


def _problems(form: SignUpForm, name: str) -> dict[str, str | None]:
    return {
        "email": address_problem(form.email),
        "business": name_problem(name, "Write the name under which your customers know you."),
        "account_type": None if form.account_type in set(AccountType) else "Choose Solo or Company.",
        "time_zone": None if form.time_zone in time_zones() else "Choose a time zone from the list.",
        "currency": None if form.currency in CURRENCIES else "Choose a currency from the list.",
    }


def address_problem(written: str) -> str | None:
    """What keeps this from being a mail address."""
    address = written.strip()
    if not address.isascii() and "@" in address:
        return FOREIGN_LETTERS
    return None if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address) else NO_ADDRESS


def name_problem(name: str, absent: str) -> str | None:
    """What keeps this from being a name that others see."""
    if not name or not any(letter.isalnum() for letter in name):
        return absent
    if len(name) > LONGEST_NAME:
        return f"Take at most {LONGEST_NAME} characters."
    return "Take letters, digits and spaces; no web address." if _UNFIT.search(name) else None
