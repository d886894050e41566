"""Logs with ids and without what people wrote, as JSON for programs or as text for people.

An error's own words are never written: they hold parameters (`Key (email)=(…) already exists`). Nor are the arguments of
other libraries' messages, which hold addresses with tokens in them.
"""

import logging
import sys
import time
import traceback
from types import TracebackType
from typing import Any, cast

import msgspec

from switchboard.infra.trace import current_trace
from switchboard.settings import Settings

OURS = ("switchboard", "alembic", "__main__")
_NOT_IN_CODE = ("sqlstate", "constraint_name", "table_name", "errno")
_OUR_CODE, _INNERMOST = "/switchboard/", 3
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def start_logging(settings: Settings | None = None) -> None:
    """For any process: to stderr, in the format of the settings; as text for a command that has none."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings is not None and settings.log_format == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for library in ("alembic", "saq"):
        logging.getLogger(library).setLevel(logging.WARNING)
    # At INFO it writes each socket's address.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    # It calls a handshake that was refused with a status of ours an error.
    logging.getLogger("uvicorn.error").addFilter(lambda record: "without completing handshake" not in str(record.msg))


class JsonLines(logging.Formatter):
    """One object per line; a field that is not known is left out."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": safe_message(record),
            **_ids(),
            **cast("dict[str, Any]", getattr(record, "fields", {})),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"error": named(record.exc_info[1]), "trace": _trace(cast("ErrorInfo", record.exc_info))}
        return msgspec.json.encode(line).decode()


class TextLines(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {**_ids(), **cast("dict[str, Any]", getattr(record, "fields", {}))}
        known = "".join(f" {name}={value}" for name, value in fields.items())
        line = f"{_time(record)} {record.levelname} {record.name}: {safe_message(record)}{known}"
        if record.exc_info and record.exc_info[0]:
            line += "\n" + "\n".join(f"    {entry}" for entry in _trace(cast("ErrorInfo", record.exc_info)))
        return line


def named(error: BaseException | None) -> str:
    """Type and codes of an error, without its words: `UniqueViolationError sqlstate=23505 table_name=message`."""
    if error is None:
        return ""
    codes = [f"{name}={value}" for name in _NOT_IN_CODE if (value := getattr(error, name, None))]
    return " ".join([type(error).__name__, *codes])


def safe_message(record: logging.LogRecord) -> str:
    """Our own message with its arguments, errors among them named; of others the template alone."""
    if record.name.split(".")[0] not in OURS:
        # asyncio puts the representation of tasks, callbacks and their arguments into the template.
        return (
            str(record.msg).strip().split("\n")[0].split("<")[0].split("(")[0] if record.name == "asyncio" else str(record.msg)
        )
    if not isinstance(record.args, tuple):
        return record.getMessage()
    return str(record.msg) % tuple(_Named(value) if isinstance(value, BaseException) else value for value in record.args)


class _Named:
    """An error as an argument, for %s and %r alike."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __repr__(self) -> str:
        return named(self._error)


def _ids() -> dict[str, str]:
    trace = current_trace()
    if trace is None:
        return {}
    found = {"request": trace.request, "tenant": trace.tenant, "actor": trace.actor, "route": trace.template}
    return {name: str(value) for name, value in found.items() if value}


def _trace(info: ErrorInfo) -> list[str]:
    """Where it was raised, and where what caused it was; lines of code and names, no values."""
    lines: list[str] = []
    error: BaseException | None = info[1]
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        told = [frame for frame in frames[:-_INNERMOST] if _OUR_CODE in frame.filename] + frames[-_INNERMOST:]
        lines.append(named(error))
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in told]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _time(record: logging.LogRecord) -> str:
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z"
