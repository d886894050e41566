"""Letters from `templates/<feature>/<name>.mail.txt` and `.mail.html`. The text begins with the subject and an empty line."""

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
            autoescape=lambda template: template is not None and template.endswith(".html"),  # noqa: S701
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )

    def write(self, template: str, recipient: str, **context: Any) -> Letter:
        """`template`: feature/name. Raises jinja2.UndefinedError for what the template needs and is not given."""
        context |= {"public_url": self._public_url}
        head, _, text = self._environment.get_template(f"{template}.mail.txt").render(context).partition("\n\n")
        html = self._environment.get_template(f"{template}.mail.html").render(context, subject=head)
        return Letter(recipient, head, text, html)
