"""Closed days out of somebody else's calendar."""

import time
from datetime import date

import pytest

from careline.domain.calendars.rules import closed_days
from careline.domain.calendars.rules.closed_days import closed_days_in
from careline.domain.calendars.rules.hours import BadHours

SINCE = date(2026, 11, 23)


def calendar(*events: str) -> bytes:
    lines = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{lines}END:VCALENDAR\r\n".encode()


def event(start: str, rule: str) -> str:
    return f"SUMMARY:Founders' day\r\nDTSTART;VALUE=DATE:{start}\r\nRRULE:{rule}"


def test_a_yearly_day_comes_as_often_as_it_says() -> None:
    always = closed_days_in(calendar(event("20200105", "FREQ=YEARLY")), since=SINCE)
    assert list(always) == [date(2027, 1, 5), date(2028, 1, 5), date(2029, 1, 5)]
    until = closed_days_in(calendar(event("20200105", "FREQ=YEARLY;UNTIL=20280105")), since=SINCE)
    assert list(until) == [date(2027, 1, 5), date(2028, 1, 5)]
    counted = closed_days_in(calendar(event("20260105", "FREQ=YEARLY;COUNT=2")), since=SINCE)
    assert counted == {date(2027, 1, 5): "Founders' day"}


def test_a_rule_that_never_comes_true_is_not_looked_for_to_the_end_of_days() -> None:
    began = time.process_time()
    for more in ("", ";COUNT=3"):
        with pytest.raises(BadHours, match="nobody understands"):
            closed_days_in(calendar(event("20260105", f"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30{more}")), since=SINCE)
    assert time.process_time() - began < 1.5


def test_more_repeating_events_than_days_are_taken_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed_days, "MOST_DAYS", 2)
    with pytest.raises(BadHours, match="more than 2 days"):
        closed_days_in(calendar(*[event("20260105", "FREQ=YEARLY;COUNT=1")] * 3), since=SINCE)


def test_a_rule_from_before_all_calendars_is_not_understood() -> None:
    with pytest.raises(BadHours, match="nobody understands"):
        closed_days_in(calendar(event("00010105", "FREQ=YEARLY")), since=SINCE)
