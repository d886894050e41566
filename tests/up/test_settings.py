"""The environment: read once, refused with the variable, its value and what is allowed."""

from pathlib import Path

import pytest

from switchboard.errors import SettingsError
from switchboard.settings import as_role, from_environment, role_password

SECRET = "s" * 32
GIVEN = {"SECRET_KEY": SECRET, "DATABASE_URL": "postgresql://root:pw@db:5433/chat"}


def test_a_secret_and_a_database_are_enough() -> None:
    settings = from_environment(GIVEN)
    assert settings.public_url == "http://localhost:8000"
    assert (settings.host, settings.port, settings.shop_port) == ("127.0.0.1", 8000, 8080)
    assert settings.as_administrator == GIVEN["DATABASE_URL"]
    assert settings.as_app == f"postgresql://app:{role_password(SECRET, 'app')}@db:5433/chat"
    assert not settings.embedded


def test_the_public_address_follows_the_port() -> None:
    assert from_environment(GIVEN | {"PORT": "8010"}).public_url == "http://localhost:8010"


def test_web_gets_along_without_the_administrator() -> None:
    settings = from_environment({"SECRET_KEY": SECRET, "APP_DATABASE_URL": "postgresql://app:pw@db/chat"})
    assert settings.as_app == "postgresql://app:pw@db/chat"
    with pytest.raises(SettingsError, match="DATABASE_URL is not set"):
        settings.as_administrator  # noqa: B018


def test_an_address_without_a_password_gets_the_derived_one() -> None:
    settings = from_environment({"SECRET_KEY": SECRET, "APP_DATABASE_URL": "postgresql://app@db/chat"})
    assert settings.as_app == as_role("postgresql://db/chat", "app", SECRET)


def test_roles_and_secrets_have_passwords_of_their_own() -> None:
    assert len({role_password(secret, role) for secret in (SECRET, "t" * 32) for role in ("app", "migrator")}) == 4


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Chat.Example.com/", "https://chat.example.com"),
        ("https://chat.example.com:443", "https://chat.example.com"),
        ("http://chat.example.com:80", "http://chat.example.com"),
        ("https://chat.example.com:80", "https://chat.example.com:80"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_the_public_address_is_spelled_as_browsers_do(given: str, kept: str) -> None:
    assert from_environment({"SECRET_KEY": "x" * 32, "PUBLIC_URL": given}).public_url == kept


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PORT", "0", "PORT=0: must be a port number"),
        ("PORT", "65536", "PORT=65536: must be a port number"),
        ("SHOP_PORT", "http", "SHOP_PORT=http: must be a port number"),
        ("POSTGRES_PORT", "-1", "POSTGRES_PORT=-1: must be a port number"),
        ("PUBLIC_URL", "chat.example.com", "PUBLIC_URL=chat.example.com: must be http"),
        ("PUBLIC_URL", "https://chat.example.com/sub", "PUBLIC_URL=https://chat.example.com/sub: must be http"),
        ("DATABASE_URL", "mysql://root:hunter2@db/chat", "DATABASE_URL: must look like postgresql://"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT=xml: must be json or text"),
        ("METRICS_PORT", "70000", "METRICS_PORT=70000: must be a port number"),
        ("DRAIN_S", "soon", "DRAIN_S=soon: must be a number of seconds"),
        ("DRAIN_S", "nan", "DRAIN_S=nan: must be a number of seconds"),
        ("VALKEY_URL", "http://:hunter2@bus:6379", "VALKEY_URL: must look like valkey://"),
        ("VALKEY_URL", "valkey:hunter2", "VALKEY_URL: must look like valkey://"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES=-1: must be a number from 0 to 99"),
        ("TRUSTED_PROXIES", "10.0.0.1", "TRUSTED_PROXIES=10.0.0.1: must be a number from 0 to 99"),
        ("RATE_LIMITS", "no", "RATE_LIMITS=no: must be on or off"),
        ("SECRET_KEY", "short", "SECRET_KEY has 5 characters: must be 32"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(variable: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment(GIVEN | {variable: value})
    assert expected in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment({"PORT": "x", "SHOP_PORT": "y", "VAR_DIR": str(tmp_path)})
    assert {line.replace("=", " ").split()[0] for line in str(refused.value).splitlines()} == {
        "SECRET_KEY",
        "PORT",
        "SHOP_PORT",
    }


def test_secrets_do_not_show_in_logs() -> None:
    shown = repr(from_environment(GIVEN | {"VALKEY_URL": "valkeys://:pw@bus:6380"}))
    assert SECRET not in shown
    assert "pw" not in shown


def test_beside_a_running_installation_nothing_needs_to_be_set(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text(SECRET)
    (tmp_path / "postgres.port").write_text("54321")
    (tmp_path / "postgres.password").write_text("p/w")
    settings = from_environment({"VAR_DIR": str(tmp_path)})
    assert settings.embedded
    assert settings.as_administrator == "postgresql://postgres:p%2Fw@127.0.0.1:54321/switchboard"
