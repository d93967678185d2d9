"""Which word was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.kit.search.spelling import asked_neighbours, best, distance, neighbours

KNOWN = [("delivery", 90), ("deliver", 40), ("refund", 80), ("refused", 5), ("bicycle", 70), ("tyre", 9), ("tire", 8)]
WORDS = st.text("abcd", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("delivry", "delivery"),
        ("dleivery", "delivery"),
        ("refnud", "refund"),
        ("bicicle", "bicycle"),
        ("tyree", "tyre"),
        ("zzzzzz", ""),
    ],
)
def test_means(typed, meant):
    near = set(asked_neighbours(typed))
    found = [(word, count) for word, count in KNOWN if near & set(neighbours(word))]

    assert best(typed, found) == meant


@given(WORDS, WORDS)
def test_words_one_step_apart_are_always_found(one, other):
    if distance(one, other, most=1) <= 1:
        assert set(asked_neighbours(one)) & set(neighbours(other))


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other, most=3) == distance(other, one, most=3)
