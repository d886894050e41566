"""Voice notes: audio of a browser's recorder, in a container that holds nothing else. Pure."""

from switchboard.files.ebml import webm_seconds
from switchboard.files.kinds import Voice
from switchboard.files.mp4 import mp4_seconds
from switchboard.files.ogg import ogg_seconds

LARGEST_VOICE = 10 << 20
_WALKS = {Voice.WEBM: webm_seconds, Voice.OGG: ogg_seconds, Voice.MP4: mp4_seconds}


def seconds_of(data: bytes, kind: Voice) -> float | None:
    """How long it lasts; None when it is no audio of this kind: then it stays an attachment."""
    seconds = _WALKS[kind](data)
    return round(seconds, 2) if seconds is not None else None
