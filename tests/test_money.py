"""Amounts are written with as many decimals as their currency has."""

import pytest

from switchboard.money import written


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1900, "USD", "19 USD"),
        (1860, "EUR", "18.60 EUR"),
        (5, "EUR", "0.05 EUR"),
        (-1860, "EUR", "-18.60 EUR"),
        (500, "JPY", "500 JPY"),
        (1005, "KWD", "1.005 KWD"),
        (0, "USD", "0 USD"),
    ],
)
def test_an_amount_is_written_as_its_currency_does(minor: int, currency: str, text: str) -> None:
    assert written(minor, currency) == text
