"""`languages/*.json`: what is said to visitors and customers, one file per language, read by server and browser code alike."""

import json
from pathlib import Path
from typing import Any

from switchboard.errors import SettingsError
from switchboard.languages.language import Language
from switchboard.languages.negotiation import LANGUAGES, negotiated


class Languages:
    """All catalogues of a folder. Raises SettingsError that names the file which is missing or cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._spoken = {tag: _read(folder / f"{tag}.json") for tag in LANGUAGES}

    def language(self, *wanted: str) -> Language:
        """The first that we speak; `wanted` are BCP 47 tags, the most wanted first."""
        return self._spoken[negotiated(*wanted)]


def _read(path: Path) -> Language:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Language(content["language"], content["direction"], content["loader"], content["server"])
    except (OSError, ValueError, KeyError) as reason:
        raise SettingsError(f"{path}: cannot be read ({reason}). Put the file back as it was delivered.") from None
