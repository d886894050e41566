"""Who asked for what is being done now: one Trace per request, socket or job, found by everything that logs.

It holds ids only. The path is not among them: it holds tokens.
"""

import re
import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

_PLAIN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Trace:
    """`scope` is the ASGI scope, in which the router leaves the route's template; `route` is for what is no request."""

    request: str
    scope: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    route: str = ""
    tenant: UUID | None = None
    actor: str | None = None

    @property
    def template(self) -> str:
        """`/c/{token}/socket`; empty where no route matched."""
        return self.route or self.scope.get("path_template", "")


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current_trace() -> Trace | None:
    """None in what the process does by itself."""
    return _current.get()


@contextmanager
def traced(trace: Trace) -> Generator[Trace]:
    """What is logged inside, also by tasks that begin there, carries these ids."""
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def acts(tenant: UUID, actor: str) -> None:
    """A transaction of this tenant begins. What the system does on the way is no reason to forget who asked."""
    trace = _current.get()
    if trace is not None and (trace.actor is None or not actor.startswith("system:")):
        trace.tenant, trace.actor = tenant, actor


def new_request_id(given: str = "") -> str:
    """The one a proxy gave, if it is a plain token; else a new one."""
    return given if _PLAIN.fullmatch(given) else secrets.token_hex(8)
