"""What an uploaded file is, by its own bytes: what its sender says of it counts for nothing. Pure.

Only pictures that we draw anew and audio whose container we have walked through are ever more than an attachment.
"""

from enum import StrEnum

OPAQUE = "application/octet-stream"
HEAD = 64  # bytes that are enough to tell


class Picture(StrEnum):
    """Formats that are decoded, by their name in Pillow."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    GIF = "GIF"


class Voice(StrEnum):
    """Containers that browsers record into, by media type."""

    WEBM = "audio/webm"
    OGG = "audio/ogg"
    MP4 = "audio/mp4"


# The ending that a stored media type gives to a name, so that no picture is called page.html.
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    Voice.WEBM: ".webm",
    Voice.OGG: ".ogg",
    Voice.MP4: ".m4a",
}


def kind_of(head: bytes) -> Picture | Voice | None:
    """What the first bytes claim; whether it holds is seen when it is read. None: an attachment."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Picture.JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Picture.GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Picture.WEBP
    return _audio(head)


def _audio(head: bytes) -> Voice | None:
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Voice.WEBM
    if head.startswith(b"OggS"):
        return Voice.OGG
    return Voice.MP4 if head[4:8] == b"ftyp" else None
