"""What differs between two versions of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.kit.differences import GONE, NEW, SAME, Piece, differences


def test_only_the_word_that_changed_is_shown_as_changed() -> None:
    found = differences("Turn the barrel.\nThen ride.\n", "Turn the screw.\nThen ride.\n")
    assert found == [
        Piece(SAME, "Turn the "),
        Piece(GONE, "barrel"),
        Piece(NEW, "screw"),
        Piece(SAME, ".\nThen ride.\n"),
    ]


def test_the_same_text_has_no_differences() -> None:
    assert differences("a\n", "a\n") == [Piece(SAME, "a\n")]
    assert differences("", "") == []


@settings(max_examples=40, deadline=None)
@given(st.text("ab \nא", max_size=60), st.text("ab \nא", max_size=60))
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != NEW) == before
    assert "".join(p.text for p in pieces if p.kind != GONE) == after


@pytest.mark.full
def test_very_long_texts_take_no_longer_than_anybody_waits() -> None:
    assert differences("a b\n" * 20_000, "b a\n" * 20_000) == [
        Piece(GONE, "a b\n" * 20_000),
        Piece(NEW, "b a\n" * 20_000),
    ]
