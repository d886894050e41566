"""Mails as files, one each, the newest two hundred."""

import email
import email.policy
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

MOST_KEPT = 200


@dataclass(frozen=True)
class Caught:
    """A mail in the box; `name` is its file's, newest last when sorted."""

    name: str
    message: EmailMessage

    def part(self, kind: str) -> str:
        """The text of its `plain` or `html` part; empty when it has none."""
        found = self.message.get_body(preferencelist=(kind,))
        return found.get_content() if found is not None else ""


class MailBox:
    """A handler of aiosmtpd, and what the page reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        name = f"{time.time_ns()}.eml"
        draft = self._folder / f"{name}.new"
        draft.write_bytes(envelope.original_content)
        draft.rename(self._folder / name)
        for old in self._files()[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
        return "250 OK"

    def newest_first(self) -> list[Caught]:
        return [self._read(path) for path in reversed(self._files())]

    def find(self, name: str) -> Caught | None:
        """Only a name that is in the box: never a path."""
        return next((self._read(path) for path in self._files() if path.name == name), None)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.eml"))

    def _read(self, path: Path) -> Caught:
        return Caught(path.name, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
