"""A business' word in addresses: readable, never one of ours, free to be taken by somebody else next time."""

from itertools import islice

import pytest

from switchboard.app import create_app
from switchboard.settings import Settings
from switchboard.tenancy.slugs import RESERVED, slugs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme Bikes", ["acme-bikes", "acme-bikes-2", "acme-bikes-3"]),
        ("  Café Zoë & Söhne! ", ["cafe-zoe-sohne", "cafe-zoe-sohne-2"]),
        ("北京自行车", ["business-2", "business-3"]),
        ("Sign-Up", ["sign-up-2", "sign-up-3"]),
        ("console", ["console-2"]),
        ("../../etc/passwd", ["etc-passwd"]),
        ("x" * 200, ["x" * 40]),
        ("a" * 39 + " b", ["a" * 39]),
    ],
)
def test_a_name_becomes_a_word_in_an_address(name: str, expected: list[str]) -> None:
    assert list(islice(slugs(name), len(expected))) == expected


def test_no_first_word_of_our_own_paths_can_be_taken(settings: Settings) -> None:
    ours = {route.path.split("/")[1] for route in create_app(settings).app.routes} - {""}
    taken = {next(slugs(word)) for word in ours if word.replace("-", "").isalnum()}
    assert not taken & ours
    assert {"console", "account", "sign-up"} <= RESERVED
