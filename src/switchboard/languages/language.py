"""What the server says in one language: messages filled in, counted and isolated as widget_js/shared/message.ts does it."""

import re
from collections.abc import Mapping
from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time

from switchboard.languages.negotiation import ENGLISH

Message = str | Mapping[str, str]

_HOLE = re.compile(r"\{(\w+)\}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]")


class Language:
    """`tag` and `direction` are for the html element, `loader` is what the script on the tenant's page says."""

    def __init__(self, tag: str, direction: str, loader: Mapping[str, str], server: Mapping[str, Message]) -> None:
        self.tag = tag
        self.direction = direction
        self.loader = loader
        self._server = server
        # A mail has no region. English as most of the world writes it: day before month, 24 hours.
        self._locale = Locale.parse("en_GB" if tag == ENGLISH else tag, sep="_" if tag == ENGLISH else "-")

    def says(self, key: str, /, **values: str | int) -> str:
        """The message with its placeholders filled; `count` chooses the plural form. Raises KeyError for what is not there."""
        message = self._server[key]
        if not isinstance(message, str):
            message = message[self._locale.plural_form(int(values["count"]))]
        return _HOLE.sub(lambda hole: self._written(values[hole[1]]), message)

    def day(self, at: datetime) -> str:
        """Such as Sunday, 22 November 2026; of the time zone that `at` is in."""
        return format_date(at, "full", locale=self._locale)

    def time(self, at: datetime) -> str:
        """Such as 22:05."""
        return format_time(at, "short", locale=self._locale)

    def _written(self, value: str | int) -> str:
        """A name of the other direction must not turn the words around it (Unicode's isolates, UAX #9)."""
        if isinstance(value, int):
            return str(value)
        return f"\u2068{value}\u2069" if self.direction == "rtl" or _RIGHT_TO_LEFT.search(value) else value
