"""Pictures are drawn anew: what comes out holds pixels only, no metadata and nothing that was hidden behind or between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageOps

from switchboard.errors import SwitchboardError
from switchboard.files.kinds import Picture

MOST_PIXELS = 40_000_000
MOST_MOVING_PIXELS = 30_000_000
LONGEST_SIDE = 4_096
_QUALITY = 85

# Pillow refuses twice as many by itself, wherever in a file they turn up.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that we have encoded ourselves."""

    media_type: str
    data: bytes
    width: int
    height: int


class TooManyPixelsError(SwitchboardError):
    """A decompression bomb, or a picture that nobody can look at."""

    status = 422
    code = "too_many_pixels"
    message = "This picture has too many pixels. Make it smaller and attach it again."


class NoPictureError(Exception):
    """It claims to be a picture and cannot be drawn: it stays an attachment."""


def drawn(source: IO[bytes], kind: Picture) -> Drawn:
    """Upright, at most LONGEST_SIDE wide and high; takes up to seconds and some 4 bytes per pixel.

    Animations become WebP. Raises TooManyPixelsError, NoPictureError.
    """
    try:
        with Image.open(source, formats=[kind.value]) as image:
            _refuse_bomb(image.size, 1)
            return _moving(image) if getattr(image, "is_animated", False) and kind is not Picture.PNG else _still(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixelsError from None
    except TooManyPixelsError:
        raise
    except Exception as error:  # decoders fail in many ways
        raise NoPictureError(type(error).__name__) from None


def _still(image: Any) -> Drawn:
    form = "JPEG" if image.format == "JPEG" else "WEBP" if image.format == "WEBP" else "PNG"
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    picture = _bare(upright, has_alpha=form != "JPEG" and upright.has_transparency_data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _saved(picture, form, {} if form == "PNG" else {"quality": _QUALITY})


def _moving(image: Any) -> Drawn:
    _refuse_bomb(image.size, image.n_frames, MOST_MOVING_PIXELS)
    size, durations = image.size, list[int]()

    def frames() -> Iterator[Image.Image]:
        for number in range(image.n_frames):
            image.seek(number)
            _refuse_bomb(image.size, 1)  # a frame may be larger than the first one said
            durations.append(int(image.info.get("duration") or 100))
            yield _bare(image, has_alpha=True).crop((0, 0, *size))

    first, *others = frames()
    options = {"quality": _QUALITY, "method": 0, "save_all": True, "append_images": others, "duration": durations, "loop": 0}
    return _saved(first, "WEBP", options)


def _bare(image: Image.Image, *, has_alpha: bool) -> Image.Image:
    """The pixels alone: comments, profiles, positions and thumbnails live in `info`, and some encoders write it back."""
    picture = image.convert("RGBA" if has_alpha else "RGB")
    picture.info.clear()
    return picture


def _saved(picture: Image.Image, form: str, options: dict[str, Any]) -> Drawn:
    target = BytesIO()
    picture.save(target, form, **options)
    return Drawn(f"image/{form.lower()}", target.getvalue(), *picture.size)


def _refuse_bomb(size: tuple[int, int], frames: int, most: int = MOST_PIXELS) -> None:
    if size[0] * size[1] * frames > most:
        raise TooManyPixelsError
