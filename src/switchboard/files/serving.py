"""A file on its way out. Whatever it holds, a browser must not run it, and nobody else's page may use it."""

from litestar.response import Stream

from switchboard.files.kinds import OPAQUE
from switchboard.files.models import StoredFile
from switchboard.files.names import disposition
from switchboard.files.ranges import part
from switchboard.gateways.storage import Storage

_HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "cache-control": "private, max-age=600, immutable",
    "accept-ranges": "bytes",
}


def served(file: StoredFile, storage: Storage, asked: str | None) -> Stream:
    """`asked`: the Range header. Only pictures that we have drawn ourselves may be shown by their address."""
    is_picture = file.media_type.startswith("image/") and file.width is not None
    first, end = part(asked, file.size) or (0, file.size)
    is_part = (first, end) != (0, file.size)
    headers = {
        **_HEADERS,
        "content-disposition": disposition(file.name, how="inline" if is_picture else "attachment"),
        "content-length": str(end - first),
    }
    if is_part:
        headers["content-range"] = f"bytes {first}-{end - 1}/{file.size}"
    return Stream(
        storage.read(file.tenant_id, file.id, first=first, end=end),
        status_code=206 if is_part else 200,
        media_type=file.media_type or OPAQUE,
        headers=headers,
    )
