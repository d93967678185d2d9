"""Moments as people of all zones give them, in hand-written statements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from careline.kit import db

FAR = timezone(timedelta(hours=-18, minutes=-51))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (datetime(2511, 7, 26, 22, 24, tzinfo=FAR), datetime(2511, 7, 27, 17, 15, tzinfo=UTC)),
        (datetime(2026, 11, 20, 13, tzinfo=timezone(timedelta(hours=1))), datetime(2026, 11, 20, 12, tzinfo=UTC)),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), datetime(1, 1, 1, tzinfo=UTC)),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=FAR), datetime.max.replace(tzinfo=UTC)),
    ],
)
@pytest.mark.django_db
@pytest.mark.parametrize("prepared", [False, True])
def test_a_moment_of_any_offset_is_the_moment_it_is(given: datetime, meant: datetime, prepared: bool) -> None:
    assert db.value("SELECT %s::timestamptz", [given], prepared=prepared) == meant


@pytest.mark.django_db
@pytest.mark.parametrize("prepared", [False, True])
def test_lists_of_keys_arrive_as_they_are(prepared: bool) -> None:
    for keys in ([], [1], [-(2**63), 2**63 - 1, 0], [1, None, 3], [[1, 2], [3, 4]]):
        assert db.value("SELECT %s::bigint[]", [keys], prepared=prepared) == keys
    words = ['a"b', "{c}", "", "null", None, "1,2"]
    assert db.value("SELECT %s::text[]", [words], prepared=prepared) == words
    assert db.value("SELECT %s::bool[]", [[True, False]], prepared=prepared) == [True, False]
