"""Which language a visitor reads: what the page asks for, then the page's own, then the browser's, then English."""

import pytest

from switchboard.languages.negotiation import accepted, negotiated


@pytest.mark.parametrize(
    ("called", "page", "accepts", "read"),
    [
        ("", "", "", "en"),
        ("", "", "de-DE,de;q=0.9", "en"),
        ("", "", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "", "de,es;q=0.8,fr;q=0.9", "fr"),
        ("", "", "en;q=0.5, ar;q=0.7", "ar"),
        ("", "", "fr;q=0, pt", "pt"),
        ("", "", "fr;q=nonsense, es;q=0.1", "es"),
        ("", "ar", "fr", "ar"),
        ("", "de", "fr", "fr"),
        ("es", "ar", "fr", "es"),
        ("klingon", "ar", "fr", "ar"),
        ("PT_br", "", "", "pt"),
        ("pt-PT", "", "", "pt"),
        ("zh", "", "", "zh-Hans"),
        ("zh-CN", "", "", "zh-Hans"),
        ("zh-SG", "", "", "zh-Hans"),
        ("zh_TW", "", "", "zh-Hant"),
        ("zh-HK", "", "", "zh-Hant"),
        ("zh-MO", "", "", "zh-Hant"),
        ("zh-Hant", "", "", "zh-Hant"),
        ("zh-Hant-CN", "", "", "zh-Hant"),
        ("zh-Hans-HK", "", "", "zh-Hans"),
        ("", "", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("", "", "english,en", "en"),
        ("", "", "*", "en"),
        (" fr ", "", "", "fr"),
        ("-", "_", ",;q=,", "en"),
    ],
)
def test_a_visitor_reads(called: str, page: str, accepts: str, read: str) -> None:
    assert negotiated(called, page, *accepted(accepts)) == read


def test_a_browser_that_names_thousands_is_not_listened_to_for_ever() -> None:
    assert len(accepted("xx," * 10_000)) <= 20
