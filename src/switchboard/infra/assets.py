"""The built browser code, read once and served from memory. Names carry a hash, so they may be kept for ever."""

import gzip
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response

from switchboard.errors import NotFoundError, SettingsError

FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in both forms."""

    media_type: str
    plain: bytes
    gzipped: bytes


class Assets:
    """`widget_js/dist`: names from its manifest, contents by hashed name. Raises SettingsError when it was not built."""

    def __init__(self, folder: Path) -> None:
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise SettingsError(f"the browser code is not built: {manifest.name} is missing. Run `make assets`.")
        self._names: dict[str, str] = json.loads(manifest.read_text())
        self._files = {name: _read(folder / name) for name in self._names.values()}

    def url(self, name: str) -> str:
        """Address of `console.js` and the like."""
        return f"/assets/{self._names[name]}"

    def file(self, hashed: str) -> Asset:
        """Raises NotFoundError. A look-up in a dict: no path of the file system is ever made from a request."""
        try:
            return self._files[hashed]
        except KeyError:
            raise NotFoundError from None

    def named(self, name: str) -> Asset:
        """The file of `console.js` and the like."""
        return self._files[self._names[name]]

    def text(self, name: str) -> str:
        return self.named(name).plain.decode()


def served(request: "Request[Any, Any, Any]", asset: Asset, kept: str, *, varies_by: str = "") -> Response[bytes]:
    """Compressed where the browser takes that; any site may load it. `kept`: Cache-Control; `varies_by`: one more header."""
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "cache-control": kept,
        "vary": f"accept-encoding, {varies_by}" if varies_by else "accept-encoding",
        "cross-origin-resource-policy": "cross-origin",
        # A sandboxed frame has the origin null and loads module scripts only so; built files are public.
        "access-control-allow-origin": "*",
    }
    if zipped:
        headers["content-encoding"] = "gzip"
    return Response(asset.gzipped if zipped else asset.plain, media_type=asset.media_type, headers=headers)


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    guessed = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(guessed, plain, gzip.compress(plain, 9, mtime=0))
