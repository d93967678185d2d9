"""What goes with what."""

from __future__ import annotations

from careline.domain.loyalty.rules.offers import Pair, best

LOCK = Pair("together", 1, 2, 12, 40, 20, 200)
"""12 of 40 who bought a helmet bought a lock, which 20 of 200 bought."""


def test_support_confidence_and_lift_are_counted_in_customers() -> None:
    assert (LOCK.both, LOCK.confidence, LOCK.lift) == (12, 0.3, 3.0)


def test_only_what_is_sure_enough_is_offered() -> None:
    assert best([LOCK], least_count=12, least_percent=30) == [LOCK]
    assert best([LOCK], least_count=13, least_percent=30) == []
    assert best([LOCK], least_count=12, least_percent=31) == []


def test_what_everybody_buys_anyway_is_no_offer() -> None:
    bags = Pair("together", 1, 3, 12, 40, 60, 200)
    assert bags.lift == 1.0
    assert best([bags], least_count=2, least_percent=1) == []


def test_the_surest_comes_first_and_each_product_once() -> None:
    weaker = Pair("next", 4, 2, 10, 100, 20, 200)
    bell = Pair("together", 1, 5, 20, 40, 30, 200)
    assert best([weaker, LOCK, bell], least_count=2, least_percent=1) == [bell, LOCK]
    assert best([weaker, LOCK, bell], least_count=2, least_percent=1, limit=1) == [bell]
