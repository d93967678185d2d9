"""What views show, and how pressing a due moment is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.desk.rules import DEFAULT_VIEWS, Filter, due_state, filter_from

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "state"),
    [(timedelta(hours=3), "ok"), (timedelta(hours=2), "soon"), (timedelta(), "soon"), (timedelta(seconds=-1), "late")],
)
def test_a_due_moment_presses_from_two_hours_before_it(left: timedelta, state: str) -> None:
    assert due_state(NOON + left, at=NOON) == state


def test_what_has_no_due_moment_presses_nobody() -> None:
    assert due_state(None, at=NOON) == "none"


def test_a_saved_view_means_what_was_saved() -> None:
    saved = {"categories": ["open"], "assignee": "me", "team": 7, "tags": ["bell"], "due_within": 3600}
    assert filter_from(saved) == Filter(("open",), assignee="me", team=7, tags=("bell",), due_within=timedelta(hours=1))
    assert filter_from({}) == Filter()


def test_every_default_view_has_an_address_of_its_own() -> None:
    codes = [view.code for view in DEFAULT_VIEWS]
    assert sorted(set(codes)) == sorted(codes)
