"""Names of strangers, as people read them and as downloads are called."""

import pytest

from switchboard.files.kinds import OPAQUE
from switchboard.files.names import LONGEST_NAME, cleaned, disposition, unpacked


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("Fjord-3 sizing.pdf", OPAQUE, "Fjord-3 sizing.pdf"),
        ("../../etc/passwd", OPAQUE, "passwd"),
        ("C:\\Users\\Vera\\bike.txt", OPAQUE, "bike.txt"),
        ("..", OPAQUE, "file"),
        ("", OPAQUE, "file"),
        (" .hidden. ", OPAQUE, "hidden"),
        ("a\r\nSet-Cookie: x=1.txt", OPAQUE, "aSet-Cookie_ x=1.txt"),
        ("bill\u202egpj.exe", OPAQUE, "billgpj.exe"),  # it would read billexe.jpg
        ("zero\u200bwidth\u2066.txt", OPAQUE, "zerowidth.txt"),
        ('quo"te;.txt', OPAQUE, "quo_te;.txt"),
        ("con.txt", OPAQUE, "file-con.txt"),
        ("LPT1", OPAQUE, "file-LPT1"),
        ("page.html", "image/png", "page.png"),
        ("photo.JPEG", "image/jpeg", "photo.JPEG"),
        ("photo", "image/webp", "photo.webp"),
        ("自行车.pdf", OPAQUE, "自行车.pdf"),
        ("e\u0301.txt", OPAQUE, "é.txt"),
        ("Rechnung 100 %.pdf", OPAQUE, "Rechnung 100 _.pdf"),
    ],
)
def test_a_name_is_one_harmless_line(name: str, media_type: str, expected: str) -> None:
    assert cleaned(name, media_type) == expected


@pytest.mark.parametrize("letter", ["a", "é", "自", "\u202e", ".", "/", "\x00", "💶"])
def test_four_kilobytes_of_anything_become_a_short_name(letter: str) -> None:
    clean = cleaned(letter * 4096 + ".pdf", OPAQUE)
    assert 0 < len(clean) <= LONGEST_NAME
    assert clean.endswith("pdf") or clean == "file"


@pytest.mark.parametrize("name", ["bike.txt", "自行车.pdf", "é;=,'.txt", "x" * 120])
def test_a_disposition_is_one_ascii_header_that_keeps_the_name(name: str) -> None:
    header = disposition(name, how="attachment")
    assert header.isascii()
    assert "\n" not in header
    assert header.count('"') == 2
    assert unpacked(header.partition("UTF-8''")[2]) == name


def test_a_name_that_is_no_utf_8_is_still_a_name() -> None:
    assert cleaned(unpacked("%ff%fe.txt"), OPAQUE) == "\ufffd\ufffd.txt"
