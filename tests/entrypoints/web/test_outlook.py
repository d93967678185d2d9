"""The outlook on the screen: what is not known yet is said to be so, and is never taken for nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from careline.domain.reports.queries.forecast import Outlook
from careline.domain.reports.rules.forecast import Counts, History, forecast, past_errors
from careline.entrypoints.web.exports.outlook import _chart, _table

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)


def outlook(
    counts: Counts, *, first: date | None, begins: date = MONDAY, special: Callable[[date], bool] = lambda on: False
) -> Outlook:
    history = History(
        counts, zone=BERLIN, interval=60, first=first, last=begins - timedelta(days=1), is_special=special
    )
    return Outlook(BERLIN, 60, first, forecast(history, begins=begins), past_errors(history, before=begins))


def came(on: date, hour: int = 9, n: int = 1) -> Counts:
    return {datetime(on.year, on.month, on.day, hour, tzinfo=BERLIN).astimezone(UTC): n}


def shown(found: Outlook) -> dict[str, Any]:
    chart = _chart(found, "")
    return {"all": chart["all"], "unknown": chart["unknown"], "days": [bar["count"] for bar in chart["bars"][:7]]}


def test_a_company_of_three_days_knows_three_weekdays_and_says_that_it_does_not_know_the_others() -> None:
    """It began on Thursday; Friday to Sunday are whole days."""
    friday, saturday = MONDAY - timedelta(days=3), MONDAY - timedelta(days=2)
    found = outlook({**came(friday, n=8), **came(saturday, n=2)}, first=friday)
    assert shown(found) == {"all": "40.0", "unknown": 16, "days": ["", "", "", "", "8.0", "2.0", "0.0"]}
    assert found.past == []
    assert _table(found, 1)["sums"] == ["", "", "", "", "8.0", "2.0", "0.0"]


@pytest.mark.parametrize("first", [None, MONDAY])
def test_an_empty_history_foretells_nothing_at_all(first: date | None) -> None:
    assert shown(outlook({}, first=first)) == {"all": "", "unknown": 28, "days": [""] * 7}


def test_the_day_with_an_hour_more_has_the_work_of_that_hour_twice_in_one_row() -> None:
    autumn = date(2026, 10, 25)
    counts: dict[datetime, int] = {}
    for n in range(1, 5):
        counts |= came(autumn - timedelta(weeks=n), 2, 3) | came(autumn - timedelta(weeks=n), 12, 5)
    found = outlook(counts, first=date(2026, 9, 1), begins=date(2026, 10, 19))
    table = _table(found, 1)
    two = next(row for row in table["rows"] if row["time"] == "02:00")
    assert (two["cells"][6], table["sums"][6], len(table["rows"])) == ("6.0", "11.0", 24)


def test_a_holiday_is_marked_and_is_like_sundays_where_it_is_the_first() -> None:
    tuesday = MONDAY + timedelta(days=1)
    counts: dict[datetime, int] = {}
    for n in range(1, 5):
        counts |= came(tuesday - timedelta(weeks=n), n=9) | came(MONDAY - timedelta(weeks=n) + timedelta(days=6), n=1)
    found = outlook(counts, first=date(2026, 9, 1), special=lambda on: on == tuesday)
    bars = _chart(found, "")["bars"]
    assert [(bar["count"], bar["is_special"]) for bar in bars[1::7]] == [
        ("1.0", True),
        ("9.0", False),
        ("9.0", False),
        ("9.0", False),
    ]
