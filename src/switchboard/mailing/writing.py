"""Letters from templates: `templates/<feature>/<name>.mail.txt` begins with the subject and an empty line; `….mail.html` beside it."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from switchboard.mailing.letters import Letter


class Letters:
    """Writes what our own templates say; tenants never write templates (DESIGN 2). `public_url` is where links lead."""

    def __init__(self, templates_dir: Path, public_url: str) -> None:
        self._public_url = public_url
        # Only the HTML part is escaped: in plain text an apostrophe must stay one.
        self._environment = Environment(
            loader=FileSystemLoader(templates_dir),
            autoescape=lambda name: name is not None and name.endswith(".html"),
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )

    def write(self, name: str, recipient: str, **context: Any) -> Letter:
        """`name`: feature/name. Raises jinja2.UndefinedError for what the template needs and is not given."""
        context |= {"public_url": self._public_url}
        head, _, text = self._environment.get_template(f"{name}.mail.txt").render(context).partition("\n\n")
        html = self._environment.get_template(f"{name}.mail.html").render(context, subject=head)
        return Letter(recipient, head, text, html)
