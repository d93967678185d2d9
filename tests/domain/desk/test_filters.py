"""What a view may ask, as it is kept and as it is compiled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from careline.domain.desk.rules import BadFilter, Filter, Span, filter_data, filter_from

WHOLE = Filter(
    ("open",), ("open", "Offen"), "me", 3, ("mine", "none", "7"), 4, 5,
    ("a",), ("b", "c"), ("d",), ("high",), (1, 2), (1,), ("de", "ar"), ("8", "none"), {"plan": "gold"},
    Span(within=timedelta(days=1)), Span(since=datetime(2026, 11, 1, tzinfo=UTC), until=datetime(2026, 12, 1, tzinfo=UTC)),
    Span(beyond=timedelta(hours=2)), timedelta(hours=1), True, True, True, True, True, True, True, True, "a bell",
)  # fmt: skip


def test_a_filter_comes_back_as_it_was_kept() -> None:
    assert filter_from(filter_data(WHOLE)) == WHOLE
    late = Filter(("open",), due_within=timedelta())
    assert filter_from(filter_data(late)) == late
    assert filter_from({}) == filter_from(filter_data(Filter())) == Filter()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"colour": "red"}, "colour"), ({"categories": ["new"]}, "categories"), ({"categories": "open"}, "categories"),
        ({"assignee": "Ben"}, "assignee"),
        ({"assignee": True}, "assignee"),
        ({"teams": ["Front"]}, "teams"), ({"tags": [{"x": 1}]}, "tags"),
        ({"tags": ["x"] * 2 + [str(n) for n in range(60)]}, "tags"),
        ({"priorities": ["highest"]}, "priorities"), ({"customer": "Carol"}, "customer"), ({"channels": [-1]}, "channels"),
        ({"due_within": "soon"}, "due_within"), ({"due_within": 1e99}, "due_within"), ({"due_within": float("nan")}, "due_within"),
        ({"created": 5}, "created"), ({"created": {"ago": 5}}, "created"), ({"created": {"since": "yesterday"}}, "created.since"),
        ({"created": {"since": "2026-11-01T10:00:00"}}, "created.since"), ({"spam": "yes"}, "spam"), ({"text": ["a"]}, "text"),
        ({"text": "x" * 501}, "text"), ({"fields": ["gold"]}, "fields"), ({"topics": ["Bikes"]}, "topics"),
    ],
)  # fmt: skip
def test_what_no_filter_can_ask_is_refused_by_the_part_that_is_wrong(data: dict[str, Any], part: str) -> None:
    with pytest.raises(BadFilter) as wrong:
        filter_from(data)
    assert wrong.value.field == part
