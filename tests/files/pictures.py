"""Pictures and voice notes made for tests, honest and hostile."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SECRET_WORD = b"canary-metadata"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    target = BytesIO()
    Image.new(mode, size, (200, 80, 40) if mode == "RGB" else None).save(target, form, **options)
    return target.getvalue()


def moving(form: str = "GIF", frames: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    target = BytesIO()
    first, *others = [Image.new("RGB", size, (40 * number % 255, 80, 40)) for number in range(frames)]
    first.save(target, form, save_all=True, append_images=others, duration=120, loop=0)
    return target.getvalue()


def sideways_photo() -> bytes:
    """As a phone writes it: stored lying, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = SECRET_WORD.decode()
    return picture("JPEG", (40, 30), exif=exif, comment=SECRET_WORD)


def pixel_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 x 60,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


def gif_bomb() -> bytes:
    """Small at first; a later frame is 65,535 x 65,535."""
    small = moving("GIF", 2, (8, 8))
    place = small.rindex(b"\x2c")
    return small[: place + 5] + struct.pack("<HH", 65_535, 65_535) + small[place + 9 :]


def png_with_text() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", f"<script>{SECRET_WORD.decode()}</script>")
    return picture("PNG", pnginfo=words)


def _element(id: int, data: bytes) -> bytes:
    size = len(data)
    head = id.to_bytes((id.bit_length() + 7) // 8, "big")
    return head + (0x10000000 | size).to_bytes(4, "big") + data


def webm(seconds: float = 3.0, *, tracks: tuple[int, ...] = (2,), doc_type: bytes = b"webm") -> bytes:
    """As MediaRecorder writes it: no duration, clusters of unknown size."""
    head = _element(0x1A45DFA3, _element(0x4282, doc_type))
    info = _element(0x1549A966, _element(0x2AD7B1, (1_000_000).to_bytes(3, "big")))
    entries = b"".join(_element(0xAE, _element(0x83, bytes([kind]))) for kind in tracks)
    unknown = b"\x01" + b"\xff" * 7
    clusters = b""
    for start in range(0, int(seconds * 1000), 1000):
        blocks = b"".join(
            _element(0xA3, b"\x81" + struct.pack(">h", offset) + b"\x80" + b"opus")
            for offset in range(0, min(1000, int(seconds * 1000) - start + 1), 20)
        )
        clusters += b"\x1f\x43\xb6\x75" + unknown + _element(0xE7, start.to_bytes(4, "big")) + blocks
    return head + b"\x18\x53\x80\x67" + unknown + info + _element(0x1654AE6B, entries) + clusters


def ogg(seconds: float = 2.0) -> bytes:
    def page(granule: int, body: bytes, serial: int = 7) -> bytes:
        return struct.pack("<4sBBqIIIB", b"OggS", 0, 0, granule, serial, 0, 0, 1) + bytes([len(body)]) + body

    head = b"OpusHead" + bytes([1, 1]) + struct.pack("<HIHB", 312, 48_000, 0, 0)
    return page(0, head) + page(0, b"OpusTags") + page(int(seconds * 48_000) + 312, b"opus")


def mp4(seconds: float = 4.0, *, handler: bytes = b"soun") -> bytes:
    """As Safari writes it: the head says 0, fragments tell."""

    def box(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data) + 8) + kind + data

    times = struct.pack(">IIIII", 0, 0, 0, 48_000, 0) + b"\0" * 4
    media = box(b"mdhd", times) + box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    moov = box(b"moov", box(b"trak", box(b"mdia", media)))
    samples = int(seconds * 48_000 / 1024)
    run = b"\0\0\0\0" + struct.pack(">I", samples)
    tfhd = b"\0\0\0\x08" + struct.pack(">II", 1, 1024)
    tfdt = b"\0\0\0\0" + struct.pack(">I", 0)
    moof = box(b"moof", box(b"traf", box(b"tfhd", tfhd) + box(b"tfdt", tfdt) + box(b"trun", run)))
    return box(b"ftyp", b"iso5\0\0\0\0") + moov + moof + box(b"mdat", b"\0" * 64)
