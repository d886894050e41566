"""Writes shared/protocol.ts from switchboard.protocol. `--check` only says whether the file is fresh."""

import enum
import sys
from pathlib import Path
from types import UnionType
from typing import get_args

from msgspec import inspect
from typing_extensions import TypeIs

from switchboard import protocol

TARGET = Path(__file__).parent / "shared" / "protocol.ts"
HEAD = "// Generated from src/switchboard/protocol.py by widget_js/protocol_ts.py: run `make protocol`, do not edit.\n"
ALIASES = "/** RFC 4122, lower case. */\nexport type UUID = string;\n/** UTC, ISO 8601. */\nexport type DateTime = string;\n"
LIMITS = (
    *("LONGEST_TEXT", "LONGEST_NAME", "LONGEST_QUESTION", "LONGEST_PAGE", "LONGEST_PREVIEW"),
    *("LONGEST_COMMENT", "MOST_STARS"),
    *("TYPING_LASTS_MS", "LARGEST_FRAME", "LARGEST_FILE", "LONGEST_VOICE_S"),
)
UNIONS = ("Body", "Command", "Event")


def main() -> int:
    fresh = rendered()
    if "--check" not in sys.argv[1:]:
        _ = TARGET.write_text(fresh)
        return 0
    if TARGET.exists() and TARGET.read_text() == fresh:
        return 0
    print("shared/protocol.ts is older than switchboard/protocol.py: run `make protocol` and commit the result")
    return 1


def rendered() -> str:
    sent = names_within(protocol.Command)
    parts = [HEAD, ALIASES, limits()]
    parts += [declared(name, value, sent) for name, value in vars(protocol).items() if name not in LIMITS]
    return "\n".join(part for part in parts if part)


def limits() -> str:
    return "".join(f"export const {name} = {getattr(protocol, name)};\n" for name in LIMITS)


def declared(name: str, value: object, sent: frozenset[str]) -> str:
    if name in UNIONS and isinstance(value, UnionType):
        members = " | ".join(member.__name__ for member in get_args(value))
        return f"export type {name} = {members};\n"
    if name == "RETRYABLE":
        codes = ", ".join(quoted(code) for code in sorted(protocol.RETRYABLE))
        return f"export const RETRYABLE: readonly Code[] = [{codes}];\n"
    if not is_class(value) or value.__module__ != protocol.__name__ or value is protocol.Wire:
        return ""
    if issubclass(value, enum.IntEnum):
        return documented(value) + constants(value)
    if issubclass(value, enum.StrEnum):
        return documented(value) + f"export type {name} = {' | '.join(quoted(member) for member in value)};\n"
    return documented(value) + interface(value, sent)


def is_class(value: object) -> TypeIs[type[object]]:
    return isinstance(value, type)


def quoted(member: enum.StrEnum) -> str:
    return f'"{member.value}"'


def documented(value: type[object]) -> str:
    return f"/** {value.__doc__} */\n"


def constants(value: type[enum.IntEnum]) -> str:
    lines = "".join(f"  {member.name}: {member.value},\n" for member in value)
    return f"export const {value.__name__} = {{\n{lines}}} as const;\n"


def interface(value: type[object], sent: frozenset[str]) -> str:
    struct = inspect.type_info(value)
    assert isinstance(struct, inspect.StructType)
    lines = f'  {struct.tag_field}: "{struct.tag}";\n' if struct.tag_field else ""
    for field in struct.fields:
        # What we send may leave a default out; what the server sends is always whole.
        may_be_left_out = not field.required and value.__name__ in sent
        lines += f"  {field.encode_name}{'?' if may_be_left_out else ''}: {spelled(field.type)};\n"
    return f"export interface {value.__name__} {{\n{lines}}}\n"


def spelled(kind: inspect.Type) -> str:
    match kind:
        case inspect.StrType():
            return "string"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.UUIDType():
            return "UUID"
        case inspect.DateTimeType():
            return "DateTime"
        case inspect.EnumType() | inspect.StructType():
            return kind.cls.__name__
        case inspect.ListType():
            item = spelled(kind.item_type)
            return f"({item})[]" if " | " in item else f"{item}[]"
        case inspect.UnionType():
            return " | ".join(sorted((spelled(member) for member in kind.types), key=lambda word: word == "null"))
        case _:
            raise NotImplementedError(f"no TypeScript is known for {kind!r}: teach protocol_ts.py")


def names_within(union: UnionType) -> frozenset[str]:
    return frozenset(member.__name__ for member in get_args(union))


if __name__ == "__main__":
    sys.exit(main())
