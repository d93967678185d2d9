"""Rules of recurring cases that would keep a thread busy."""

import time
from datetime import date
from datetime import time as wall

import pytest

from careline.domain.triggers.rules.conditions import BadRule
from careline.domain.triggers.rules.recurrence import Recurrence, checked


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=0",
    ],
)
def test_a_rule_by_which_no_day_ever_comes_is_refused_at_once(rule: str) -> None:
    began = time.process_time()
    with pytest.raises(BadRule, match="no day ever comes"):
        checked(Recurrence(rule, date(2026, 1, 1), wall(9), "Europe/Berlin"))
    assert time.process_time() - began < 4


def test_the_rarest_day_there_is_comes_all_the_same() -> None:
    rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    assert checked(Recurrence(rule, date(2072, 3, 1), wall(9), "UTC")).rule == rule


def test_a_rule_does_not_begin_before_anybody_can_remember() -> None:
    with pytest.raises(BadRule, match="begins before 1970"):
        checked(Recurrence("FREQ=DAILY", date(1, 1, 2), wall(9), "UTC"))
