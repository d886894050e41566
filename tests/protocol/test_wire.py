"""Every wire type round-trips and refuses what it does not know."""

from datetime import UTC
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from switchboard.protocol import RETRYABLE, Body, CloseCode, Code, Command, Event

UNIONS = (Body, Command, Event)
KINDS = [(union, kind) for union in UNIONS for kind in get_args(union)]
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def made(kind: type[Any]) -> st.SearchStrategy[Any]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    return st.builds(kind, **{field.name: of(field.type) for field in fields.values()})


def of(hint: Any) -> st.SearchStrategy[Any]:
    if hint is int:
        return st.integers(-(2**53), 2**53)
    if getattr(hint, "__name__", "") == "datetime":
        return st.datetimes(timezones=st.just(UTC))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return made(hint)
    arguments = get_args(hint)
    if getattr(hint, "__origin__", None) is list:
        return st.lists(of(arguments[0]), max_size=3)
    if arguments:
        return st.one_of([of(argument) for argument in arguments])
    if hint is str:
        return st.text(st.characters(exclude_categories=["Cs"]))
    return st.from_type(hint)


@pytest.mark.parametrize(("union", "kind"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_wire_type_round_trips(union: Any, kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(made(kind))
    assert msgspec.json.decode(msgspec.json.encode(value), type=union) == value


@pytest.mark.parametrize(("union", "kind"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_wire_type_refuses_an_unknown_field(union: Any, kind: type[Any], data: st.DataObject) -> None:
    plain = msgspec.json.decode(msgspec.json.encode(data.draw(made(kind))))
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({**plain, "surprise": 1}, union, strict=False)


@pytest.mark.parametrize(
    "frame", ["", "[]", "1", "{}", '{"t":"no"}', '{"t":"say"}', '{"t":"resume","chat":1,"after":0}', "{" * 1000]
)
def test_what_is_no_command_is_refused(frame: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(frame, type=Command)


def test_close_codes_tell_whether_to_come_back() -> None:
    for code in CloseCode:
        assert code == CloseCode.RESTART or 4400 <= code <= 4599


def test_what_is_retryable_is_never_the_senders_fault() -> None:
    assert {Code.BUSY, Code.FULL, Code.UNAVAILABLE} == RETRYABLE
