"""What is written to somebody, in two parts: plain and HTML."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One recipient, because each gets links of their own. Line breaks in `recipient` and `subject` never reach a header."""

    recipient: str
    subject: str
    text: str
    html: str
