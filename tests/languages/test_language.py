"""How the server writes in each language."""

from datetime import UTC, datetime

import pytest

from switchboard.languages.language import Language

LINES = {
    "zero": "بلا أسطر",
    "one": "سطر واحد",
    "two": "سطران",
    "few": "{count} أسطر",
    "many": "{count} سطرًا",
    "other": "{count} سطر",
}
AT = datetime(2026, 11, 22, 22, 5, tzinfo=UTC)


def speaking(tag: str, **server: object) -> Language:
    return Language(tag, "rtl" if tag == "ar" else "ltr", {}, server)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("count", "said"), [(0, "بلا أسطر"), (1, "سطر واحد"), (2, "سطران"), (3, "3 أسطر"), (11, "11 سطرًا"), (100, "100 سطر")]
)
def test_arabic_counts_in_six_ways(count: int, said: str) -> None:
    assert speaking("ar", lines=LINES).says("lines", count=count) == said


@pytest.mark.parametrize(
    ("tag", "day", "time"),
    [
        ("en", "Sunday, 22 November 2026", "22:05"),
        ("fr", "dimanche 22 novembre 2026", "22:05"),
        ("zh-Hans", "2026年11月22日星期日", "22:05"),
        ("zh-Hant", "2026年11月22日 星期日", "晚上10:05"),
        ("ar", "الأحد، 22 نوفمبر 2026", "10:05 م"),
    ],
)
def test_days_and_times_are_written_as_the_language_does(tag: str, day: str, time: str) -> None:
    language = speaking(tag)
    assert (language.day(AT), language.time(AT)) == (day, time)


def test_a_name_of_the_other_direction_is_set_apart() -> None:
    assert speaking("ar", x="مع {name}").says("x", name="Ben") == "مع \u2068Ben\u2069"
    assert speaking("fr", x="Avec {name}").says("x", name="بن") == "Avec \u2068بن\u2069"
    assert speaking("fr", x="Avec {name}").says("x", name="{name}") == "Avec {name}"


def test_what_is_missing_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(KeyError):
        speaking("fr", x="Avec {name}").says("x")
    with pytest.raises(KeyError):
        speaking("fr").says("x")
