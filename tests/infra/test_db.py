"""Addresses of databases as operators have them."""

import pytest

from switchboard.infra.db import dialect_url


@pytest.mark.parametrize(
    ("dsn", "expected"),
    [
        ("postgresql://a:b@h:5/d", "postgresql+asyncpg://a:b@h:5/d"),
        ("postgresql://a:b@h/d?sslmode=require", "postgresql+asyncpg://a:b@h/d?ssl=require"),
        ("postgresql://a@h/d?sslmode=disable&application_name=x", "postgresql+asyncpg://a@h/d?application_name=x&ssl=disable"),
    ],
)
def test_an_address_is_spelled_for_sqlalchemy(dsn: str, expected: str) -> None:
    assert dialect_url(dsn).render_as_string(hide_password=False) == expected
