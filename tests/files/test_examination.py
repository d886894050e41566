"""What a file is taken for, and what is left of it: nothing active, nothing hidden, nothing that fills the memory."""

from io import BytesIO

import pytest
from PIL import Image

from switchboard.errors import UnavailableError
from switchboard.files.examination import Examined, Workshop, examined
from switchboard.files.images import TooManyPixelsError
from switchboard.files.kinds import OPAQUE
from tests.files.pictures import (
    SECRET_WORD,
    gif_bomb,
    moving,
    mp4,
    ogg,
    picture,
    pixel_bomb,
    png_with_text,
    sideways_photo,
    webm,
)
from tests.files.polyglots import POLYGLOTS, SCRIPT, ZIP

ALLOWED = {"image/png", "image/jpeg", "image/webp", "audio/webm", "audio/ogg", "audio/mp4"}


def looked_at(data: bytes) -> Examined:
    return examined(BytesIO(data), len(data))


def kept(found: Examined) -> bytes:
    return found.content if isinstance(found.content, bytes) else found.content.read()


def test_there_are_thirty_polyglots() -> None:
    assert len(POLYGLOTS) >= 30


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_polyglot_is_drawn_anew_or_stays_opaque(name: str) -> None:
    found = looked_at(POLYGLOTS[name][1])
    if found.media_type.startswith("image/"):
        for hidden in (SCRIPT, ZIP[-22:], SECRET_WORD, b"<script", b"PK\x03\x04"):
            assert hidden not in kept(found)
    else:
        assert found.media_type == OPAQUE or found.media_type in ALLOWED
        assert (found.width, found.height) == (None, None)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (picture("JPEG", mode="CMYK"), "image/jpeg"),
        (picture("PNG", mode="I;16"), "image/png"),
        (picture("PNG", mode="P"), "image/png"),
        (picture("GIF"), "image/png"),
        (moving("GIF"), "image/webp"),
        (moving("WEBP"), "image/webp"),
        (webm(), "audio/webm"),
        (ogg(), "audio/ogg"),
        (mp4(), "audio/mp4"),
        (b"%PDF-1.7 nothing", OPAQUE),
        (picture("BMP"), OPAQUE),
        (picture("TIFF"), OPAQUE),
        (picture("PNG")[:60], OPAQUE),
    ],
)
def test_the_server_decides_what_it_is(data: bytes, media_type: str) -> None:
    assert looked_at(data).media_type == media_type


def test_a_picture_keeps_its_size_and_an_animation_its_frames() -> None:
    assert (looked_at(picture()).width, looked_at(picture()).height) == (40, 30)
    with Image.open(BytesIO(kept(looked_at(moving("GIF", 5))))) as image:
        assert image.n_frames == 5  # type: ignore[attr-defined]


def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    found = looked_at(sideways_photo())
    assert (found.width, found.height) == (30, 40)
    assert SECRET_WORD not in kept(found)
    with Image.open(BytesIO(kept(found))) as image:
        assert not image.getexif()
    assert SECRET_WORD not in kept(looked_at(png_with_text()))


def test_transparency_stays() -> None:
    target = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "PNG")
    with Image.open(BytesIO(kept(looked_at(target.getvalue())))) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("bomb", [pixel_bomb(), pixel_bomb(6_400), gif_bomb(), moving("GIF", 40, (1_000, 1_000))])
def test_a_pixel_bomb_is_refused_before_it_goes_off(bomb: bytes) -> None:
    with pytest.raises(TooManyPixelsError):
        looked_at(bomb)


def test_a_large_photo_is_made_smaller() -> None:
    found = looked_at(picture("JPEG", (6_000, 3_000)))
    assert (found.width, found.height) == (4_096, 2_048)


@pytest.mark.parametrize(("data", "seconds"), [(webm(3), 3.0), (webm(61), 61.0), (ogg(2), 2.0), (mp4(4), 4.0)])
def test_a_voice_note_says_how_long_it_is(data: bytes, seconds: float) -> None:
    assert looked_at(data).seconds == pytest.approx(seconds, abs=0.05)


@pytest.mark.parametrize(
    "data",
    [
        webm(tracks=(1,)),
        webm(tracks=(1, 2)),
        webm(tracks=()),
        webm(doc_type=b"matroska"),
        webm(400),
        ogg()[:40],
        ogg() + ogg().replace(b"\x07\0\0\0", b"\x08\0\0\0"),
        mp4(handler=b"vide"),
        mp4()[:50],
        b"\x1a\x45\xdf\xa3" + b"\xff" * 100,
        b"OggS" + b"\xff" * 100,
        b"\0\0\0\x08ftyp" + b"\xff" * 100,
    ],
    ids=lambda data: data[:8].hex(),
)
def test_what_is_not_a_browsers_recording_stays_opaque(data: bytes) -> None:
    assert looked_at(data).media_type == OPAQUE


async def test_only_so_many_files_wait_to_be_looked_at() -> None:
    workshop = Workshop()
    workshop._inside = 18
    with pytest.raises(UnavailableError):
        await workshop.examine(BytesIO(b"x"), 1)
    workshop._inside = 0
    assert (await workshop.examine(BytesIO(b"x"), 1)).media_type == OPAQUE
    assert workshop._inside == 0
    workshop.close()
