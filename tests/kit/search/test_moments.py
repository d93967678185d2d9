"""Days as a query says them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.kit.search.moments import span_of

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def utc(month: int, day: int, hour: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("2026-11-02", (utc(11, 2), utc(11, 3))),
        ("2.11.2026", (utc(11, 2), utc(11, 3))),
        ("2026-12", (utc(12, 1), utc(1, 1, year=2027))),
        ("2026", (utc(1, 1), utc(1, 1, year=2027))),
        ("today", (utc(11, 22), utc(11, 23))),
        ("Yesterday", (utc(11, 21), utc(11, 22))),
        ("2026-13-01", None),
        ("2026-02-30", None),
        ("0000", None),
        ("9999", None),
        ("soon", None),
        ("", None),
    ],
)
def test_span(words, span):
    assert span_of(words, at=AT) == span


def test_seven_days_ago_is_to_the_second():
    assert span_of("7d", at=AT) == (datetime(2026, 11, 15, 15, 30, tzinfo=UTC), AT)


def test_a_day_is_the_searchers_own_also_when_the_clocks_change():
    assert span_of("2026-10-25", at=AT, zone=ZoneInfo("Europe/Berlin")) == (utc(10, 24, 22), utc(10, 25, 23))


@given(st.text(max_size=12))
def test_never_fails(words):
    span_of(words, at=AT, zone=ZoneInfo("Asia/Tokyo"))
