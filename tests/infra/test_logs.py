"""Lines of the log: ids of who asked, errors by type and place, and nobody's words."""

import json
import logging
import sys
from uuid import uuid4

import pytest

from switchboard.infra.logs import JsonLines, TextLines
from switchboard.infra.trace import Trace, acts, new_request_id, traced

SECRET = "CAN" + "ARY"  # whole nowhere in the code, which a trace quotes


def record(message: str, *args: object, logger: str = "switchboard.test", failed: bool = False) -> logging.LogRecord:
    info = sys.exc_info() if failed else None
    return logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, info)


def as_json(line: logging.LogRecord) -> dict[str, str]:
    return json.loads(JsonLines().format(line))


def test_a_line_says_who_asked_and_where() -> None:
    tenant = uuid4()
    with traced(Trace("abc12345", {"path": f"/c/{SECRET}", "path_template": "/c/{token}"})):
        acts(tenant, "visitor:1")
        line = as_json(record("hello %s", "you"))
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "error",
        "logger": "switchboard.test",
        "message": "hello you",
        "request": "abc12345",
        "tenant": str(tenant),
        "actor": "visitor:1",
        "route": "/c/{token}",
    }
    assert "request" not in as_json(record("by itself"))


def test_what_the_system_does_on_the_way_does_not_hide_who_asked() -> None:
    with traced(Trace("abc12345")) as trace:
        acts(uuid4(), "system:hub")
        acts(uuid4(), "agent:1")
        acts(uuid4(), "system:hub")
        assert trace.actor == "agent:1"


def failure() -> logging.LogRecord:
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError as error:
        return record("failed: %r and %s", error, error, failed=True)
    raise AssertionError


@pytest.mark.parametrize("formatter", [JsonLines(), TextLines()])
def test_an_error_is_its_type_and_place_without_its_words(formatter: logging.Formatter) -> None:
    line = formatter.format(failure())
    assert SECRET not in line
    assert "failed: RuntimeError and RuntimeError" in line
    assert "test_logs.py" in line
    assert "ValueError" in line


@pytest.mark.parametrize(
    ("logger", "message", "kept"),
    [
        ("uvicorn.error", "%s was at %s", "%s was at %s"),
        (
            "asyncio",
            "Task exception was never retrieved\nfuture: <Task exception=ValueError('CANARY')>",
            "Task exception was never retrieved",
        ),
        ("asyncio", "Exception in callback say('CANARY')", "Exception in callback say"),
        ("asyncio", "Task was destroyed but it is pending!\ntask: <Task 'CANARY'>", "Task was destroyed but it is pending!"),
    ],
)
def test_what_others_log_is_kept_without_its_arguments(logger: str, message: str, kept: str) -> None:
    assert as_json(record(message, SECRET, SECRET, logger=logger))["message"] == kept


def test_a_request_id_is_taken_over_when_it_is_a_plain_token() -> None:
    for plain in ("0af7651916cd43dd8448eb211c80319c", "a-b_c-123"):
        assert new_request_id(plain) == plain
    for other in ("", "short", "x" * 65, "with space 12", "line\nbreak1", "12345678\n"):
        assert new_request_id(other) not in (other, new_request_id(other))


def test_no_text_can_begin_a_line_of_its_own() -> None:
    assert as_json(record("said %s", 'x"}\n{"level":"info"}'))["level"] == "error"
    assert "\n" not in JsonLines().format(record("said %s", "a\nb"))
