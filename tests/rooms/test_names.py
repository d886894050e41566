"""What a room may be called."""

import pytest

from switchboard.rooms.names import LONGEST_NAME, RoomNameError, room_name


@pytest.mark.parametrize(
    ("wanted", "stored"),
    [
        ("Sales", "Sales"),
        ("  Video \t consulting\n", "Video consulting"),
        ("PREAUTHORISED_CARD_AUTO_CHARGE_END", "PREAUTHORISED_CARD_AUTO_CHARGE_END"),
        ("Cafe\u0301", "Café"),
        ("客服", "客服"),
        ("خدمة العملاء", "خدمة العملاء"),
        ("Bikes 👩\u200d🔧", "Bikes 👩\u200d🔧"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_stored_as_people_read_it(wanted: str, stored: str) -> None:
    assert room_name(wanted) == stored


@pytest.mark.parametrize(
    "wanted", ["", "   ", "!?", "👩", "x" * (LONGEST_NAME + 1), "a\x00b", "a\u202eb", "a\u200bb", "a\ufeffb"]
)
def test_what_nobody_could_read_is_no_name(wanted: str) -> None:
    with pytest.raises(RoomNameError):
        room_name(wanted)
