"""The checker itself: forged histories, each with one thing wrong."""

from uuid import UUID

import msgspec
import pytest

from tests.chaos.checker import LATEST, judged
from tests.chaos.history import (
    Acked,
    Any,
    Arrived,
    Fault,
    Follows,
    Gap,
    Healed,
    History,
    Lag,
    Link,
    Refused,
    Sent,
    Shown,
    Stored,
    Wrote,
    read,
)

CHAT, OTHER = UUID(int=1), UUID(int=2)
TAB, DESK, GIL = "Vera tab1", "Alice desk", "Gil desk"
ONE, TWO, THREE = (UUID(int=number) for number in (11, 12, 13))


def written(number: int) -> str:
    return f"text {number}"


def good() -> list[Any]:
    """Vera writes three messages, one per second; both devices show them."""
    events: list[Any] = [Link(at=1, device=device, is_live=True) for device in (TAB, DESK, GIL)]
    events += [Follows(at=1, device=device, chat=CHAT) for device in (TAB, DESK)]
    for seq, cid in enumerate((ONE, TWO, THREE), 1):
        at = 10.0 + seq
        events.append(Wrote(at=at, device=TAB, chat=CHAT, cid=cid, number=seq, text=written(seq)))
        events.append(Sent(at=at, device=TAB, cid=cid))
        events.append(Acked(at=at + 0.1, device=TAB, cid=cid, seq=seq, by="ack"))
        events.append(Shown(at=at + 0.1, device=TAB, chat=CHAT, seq=seq, cid=cid, text=written(seq)))
        events.append(Arrived(at=at + 0.2, device=DESK, chat=CHAT, seq=seq, frame="message"))
        events.append(Shown(at=at + 0.2, device=DESK, chat=CHAT, seq=seq, cid=cid, text=written(seq)))
        events.append(Stored(at=at, chat=CHAT, seq=seq, cid=cid, text=written(seq)))
    return events


def rules(events: list[Any]) -> set[str]:
    return {violation.rule for violation in judged(events)}


def without(events: list[Any], kind: type[Any], **marks: object) -> list[Any]:
    kept = [event for event in events if not (isinstance(event, kind) and has(event, marks))]
    assert len(kept) < len(events)
    return kept


def changed(events: list[Any], kind: type[Any], marks: dict[str, object], **new: object) -> list[Any]:
    assert any(isinstance(event, kind) and has(event, marks) for event in events)
    return [
        msgspec.structs.replace(event, **new) if isinstance(event, kind) and has(event, marks) else event for event in events
    ]


def has(event: Any, marks: dict[str, object]) -> bool:
    return all(getattr(event, name) == value for name, value in marks.items())


def test_a_flawless_history_has_no_violation() -> None:
    assert judged(good()) == []


def test_an_acknowledged_message_that_is_not_stored_is_lost() -> None:
    events = without(without(good(), Stored, seq=3), Shown, device=DESK, seq=3)
    assert "lost" in rules(events)


def test_a_message_that_is_stored_twice_is_doubled() -> None:
    again = Stored(at=14, chat=CHAT, seq=4, cid=ONE, text=written(1))
    assert "doubled" in rules([*good(), again])


def test_a_message_that_stands_twice_on_a_screen_is_doubled() -> None:
    assert rules([*good(), Shown(at=14, device=DESK, chat=CHAT, seq=3, cid=THREE, text=written(3))]) == {"doubled"}


def test_a_message_that_a_device_never_got_is_missing() -> None:
    assert rules([*without(good(), Shown, device=DESK, seq=3), Lag(at=13.5, seconds=0)]) == {"missing"}


def test_a_hole_in_the_log_is_a_gap() -> None:
    events = [event for event in good() if getattr(event, "seq", 0) != 2 and getattr(event, "cid", None) != TWO]
    assert rules(events) == {"gap"}


def test_a_stream_that_runs_ahead_is_a_gap() -> None:
    assert rules([*good(), Gap(at=12, device=DESK, chat=CHAT, seq=2, by="message")]) == {"gap"}
    assert rules([*good(), Gap(at=12, device=DESK, chat=CHAT, seq=2, by="ack")]) == set()


def test_swapped_on_a_screen_is_out_of_order() -> None:
    events = without(good(), Shown, device=DESK, seq=2)
    assert rules([*events, Shown(at=13.3, device=DESK, chat=CHAT, seq=2, cid=TWO, text=written(2))]) == {"order"}


def test_stored_in_another_order_than_written_is_out_of_order() -> None:
    events = changed(good(), Wrote, {"cid": ONE}, number=3)
    assert rules(changed(events, Wrote, {"cid": THREE}, number=1)) == {"order"}


def test_other_words_on_a_screen_are_noticed() -> None:
    assert rules(changed(good(), Shown, {"device": DESK, "seq": 2}, text="text 7")) == {"unlike"}


def test_other_words_in_the_database_are_noticed() -> None:
    events = changed(good(), Wrote, {"cid": TWO}, text="text 7")
    assert rules(events) == {"unlike"}


def test_an_ack_that_names_another_place_is_noticed() -> None:
    assert rules(changed(good(), Acked, {"cid": TWO}, seq=7)) == {"unlike"}


def test_an_entry_on_a_strangers_device_is_foreign() -> None:
    assert rules([*good(), Arrived(at=12, device=GIL, chat=CHAT, seq=2, frame="message")]) == {"foreign"}


def test_a_message_without_an_ack_is_unsettled() -> None:
    assert rules(without(good(), Acked, cid=THREE)) == {"unsettled"}


def test_a_send_refused_for_good_has_failed() -> None:
    refused = Refused(at=12, device=TAB, cid=TWO, command="say", code="closed", retry_ms=None)
    assert rules([*good(), refused]) == {"failed"}


def test_a_refusal_with_a_retry_hint_is_no_failure() -> None:
    refused = Refused(at=12, device=TAB, cid=TWO, command="say", code="busy", retry_ms=1000)
    assert rules([*good(), refused]) == set()


def test_a_fault_while_nothing_was_unacknowledged_is_idle() -> None:
    assert rules([*good(), Fault(at=12, name="cut", target=TAB, unacked=[])]) == {"idle fault"}


def late(seconds: float) -> list[Any]:
    """The third message takes so long to Alice's desk."""
    return changed(good(), Shown, {"device": DESK, "seq": 3}, at=13 + seconds)


def test_a_message_is_late_after_five_seconds_and_not_before() -> None:
    assert rules(late(LATEST - 0.1)) == set()
    assert rules(late(LATEST + 0.1)) == {"late"}


def test_five_seconds_begin_again_when_the_devices_line_comes_back() -> None:
    lost = [Link(at=15, device=DESK, is_live=False), Link(at=17, device=DESK, is_live=True)]
    assert rules([*late(8.9), *lost]) == set()
    assert rules([*late(9.1), *lost]) == {"late"}


@pytest.mark.parametrize(("blinds", "found"), [(["*"], set()), ([DESK], set()), ([TAB], {"late"}), ([], {"late"})])
def test_only_a_fault_that_blinds_the_device_excuses(blinds: list[str], found: set[str]) -> None:
    fault = Fault(at=14, name="restart postgres", target="postgres", unacked=[THREE], blinds=blinds)
    assert rules([*late(8.9), fault, Healed(at=17, name="restart postgres", target="postgres")]) == found


def test_the_five_seconds_after_a_fault_are_counted() -> None:
    fault = Fault(at=14, name="restart postgres", target="postgres", unacked=[THREE], blinds=["*"])
    assert rules([*late(9.1), fault, Healed(at=17, name="restart postgres", target="postgres")]) == {"late"}


def test_our_own_lateness_is_not_the_servers() -> None:
    assert rules([*late(6), Lag(at=18.9, seconds=1.5)]) == set()


def test_any_receipt_taken_out_of_any_place_is_noticed() -> None:
    events = good()
    for victim in (event for event in events if isinstance(event, Shown | Acked | Stored)):
        assert rules([event for event in events if event is not victim]) != set(), victim


def test_a_history_reads_as_it_was_written(tmp_path) -> None:
    notes = History(tmp_path / "history.jsonl")
    for event in good():
        notes.note(event)
    notes.close()
    assert read(notes.path) == good()
