"""A chat as lines to be read later. Pure. Only what is named here is in it, so nothing of the agents' own can slip in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from switchboard.languages.language import Language
from switchboard.protocol import Answered, Ended, Entry, SentFile, Text
from switchboard.tenancy.business import time_zones


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """`name` is empty for what happened, as against what somebody said."""

    at: str
    name: str
    text: str


def zone_named(name: str) -> ZoneInfo:
    """UTC for a name that we do not know."""
    return ZoneInfo(name if name in time_zones() else "UTC")


def transcript(entries: Iterable[Entry], zone: ZoneInfo, language: Language) -> list[TranscriptLine]:
    """Times of day in this zone; the day stands before its first line."""
    lines: list[TranscriptLine] = []
    day = None
    for entry in entries:
        line = _line(entry, entry.at.astimezone(zone), language)
        if line is None:
            continue
        if (today := entry.at.astimezone(zone).date()) != day:
            day = today
            lines.append(TranscriptLine("", "", language.day(entry.at.astimezone(zone))))
        lines.append(line)
    return lines


def _line(entry: Entry, at: datetime, language: Language) -> TranscriptLine | None:
    time = language.time(at)
    match entry.body:
        case Text(text=text):
            return TranscriptLine(time, entry.name, text)
        case SentFile(name=name):
            return TranscriptLine(time, entry.name, name)
        case Answered():
            return TranscriptLine(time, "", language.says("letterAnswered", name=entry.name))
        case Ended():
            return TranscriptLine(time, "", language.says("letterEnded", name=entry.name))
        case _:
            return None
