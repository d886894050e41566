"""What `switchboard up` stands on: one instance per folder, parts that are started again, one clean end.

It starts every part by command line and imports none of them. Import order: up > supervisor > settings.
"""


class CannotStartError(Exception):
    """`switchboard up` cannot go on. The text says what is in the way and what to do about it."""
