"""What can be a canned text, and what its writer is told otherwise."""

import pytest

from switchboard.canned_texts.wording import CannedTextError, checked_shortcut, checked_text

SHORTCUTS = [("thanks", "thanks"), (" /Thanks ", "thanks"), ("hours-2_x", "hours-2_x"), ("24h", "24h")]


@pytest.mark.parametrize(("typed", "kept"), SHORTCUTS)
def test_a_shortcut_is_kept_without_its_slash_in_small_letters(typed: str, kept: str) -> None:
    assert checked_shortcut(typed) == kept


@pytest.mark.parametrize("typed", ["", "/", "two words", "//x", "-x", "é", "a/b", "x\u202e", "x" * 33])
def test_a_shortcut_that_cannot_be_typed_is_refused(typed: str) -> None:
    with pytest.raises(CannedTextError) as refused:
        checked_shortcut(typed)
    assert refused.value.field == "shortcut"


def test_a_text_keeps_its_lines_and_the_placeholders_that_can_be_filled_in() -> None:
    text = "Dear {customer},\r\n\r\n{agent} of {business} ({room}) \u4f60\u597d. "
    assert checked_text(text) == "Dear {customer},\n\n{agent} of {business} ({room}) \u4f60\u597d."
    assert checked_text("a } and a { stay") == "a } and a { stay"


@pytest.mark.parametrize("inside", ["name", "Customer", " customer", "customer.name", "0", "", "agent!r"])
def test_a_placeholder_that_nobody_can_fill_in_is_refused_and_named(inside: str) -> None:
    with pytest.raises(CannedTextError) as refused:
        checked_text(f"Dear {{{inside}}}")
    assert refused.value.field == "text"
    known = "{customer}, {agent}, {room}, {business}"
    assert refused.value.message == f"{{{inside}}} is not known. What can be filled in: {known}."


@pytest.mark.parametrize("typed", ["", " \n ", "x" * 4_001, "a\x00b"])
def test_a_text_that_cannot_be_stored_is_refused(typed: str) -> None:
    with pytest.raises(CannedTextError):
        checked_text(typed)
