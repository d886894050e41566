"""`languages/*.json`: what is said to visitors and customers, one file per language, read by server and browser code alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from switchboard.errors import SettingsError
from switchboard.languages.negotiation import LANGUAGES, negotiated

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words for what the server writes. `tag` and `direction` are for the html element."""

    tag: str
    direction: str
    loader: Mapping[str, str]
    """What the script on the tenant's page says."""
    server: Mapping[str, str]

    def says(self, key: str, /, **values: str) -> str:
        """The message with its placeholders filled. Raises KeyError for a key or a placeholder that is not there."""
        return _HOLE.sub(lambda hole: self._apart(values[hole[1]]), self.server[key])

    def _apart(self, value: str) -> str:
        """A name of the other direction must not turn the words around it (Unicode's isolates, UAX #9)."""
        return f"\u2068{value}\u2069" if self.direction == "rtl" else value


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
