"""What can go wrong on purpose. Each error has a code, a status, and a sentence that says what to do next.

Translated once for HTTP (`infra/web_errors.py`) and once for sockets (`realtime/socket.py`). Anything else is a bug: 500.
"""

from math import ceil


class SwitchboardError(Exception):
    """Base. `code` is stable and for programs; `message` is for people."""

    status = 400
    code = "bad_request"
    message = "That did not work. Check what you entered and try again."

    def __init__(self, message: str | None = None, *, code: str | None = None) -> None:
        self.message = message or self.message
        self.members: dict[str, str | None] = {}
        """More for programs: extension members of problem+json (RFC 9457)."""
        self.code = code or self.code
        super().__init__(self.message)


class NotFoundError(SwitchboardError):
    """Absent, or another tenant's: the two look the same (DESIGN 4.2)."""

    status = 404
    code = "not_found"
    message = "There is nothing here. The address may be old; ask for a new one."


class NotAllowedError(SwitchboardError):
    """Known to exist, but not for this person or not in this state."""

    status = 403
    code = "not_allowed"
    message = "You may not do this. Ask the owner of this account."


class PlanNeededError(NotAllowedError):
    """The tenant's plan has not this feature, or no more of these. `plan` is the name of the cheapest on sale that does."""

    code = "plan_needed"

    def __init__(self, message: str, *, plan: str | None) -> None:
        super().__init__(message)
        self.members["plan"] = plan


class SignInNeededError(SwitchboardError):
    """No session, or an ended one."""

    status = 401
    code = "sign_in_needed"
    message = "Please sign in."


class ConflictError(SwitchboardError):
    """Somebody or something was faster."""

    status = 409
    code = "conflict"
    message = "This has changed meanwhile. Look at it again and decide anew."


class LinkEndedError(SwitchboardError):
    """A mailed link that was used, has expired, or was never ours."""

    status = 410
    code = "link_ended"
    message = "This link does not work any more. Ask for a new one."


class TooManyError(SwitchboardError):
    """Over a rate limit. `retry_after` in seconds."""

    status = 429
    code = "too_many"

    def __init__(self, retry_after: float) -> None:
        self.retry_after = max(1, ceil(retry_after))
        super().__init__(f"Too many tries. Try again in {_lasting(self.retry_after)}.")


class UnavailableError(SwitchboardError):
    """Something that we stand on is away. `retry_after` in seconds."""

    status = 503
    code = "unavailable"
    message = "This cannot be done right now. Try again in a minute."
    retry_after = 30


class SettingsError(SwitchboardError):
    """The environment or a file of the operator is wrong; says which entry and what is allowed."""

    status = 500
    code = "settings"


def _lasting(seconds: int) -> str:
    if seconds < 100:
        return f"{seconds} seconds" if seconds > 1 else "a second"
    return f"{ceil(seconds / 60)} minutes"
