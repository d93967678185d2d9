"""Which rules fit, what rings, who may judge, how causes are counted: decided without a table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careline.domain.complaints.rules import handling, periods
from careline.domain.complaints.rules.causes import Cause, counted, in_order
from careline.domain.complaints.rules.choosing import Version, chosen
from careline.domain.complaints.rules.clocks import Clock, begun, extended, met, next_due, rung, unmet
from careline.domain.complaints.rules.handling import Standing
from careline.domain.complaints.rules.terms import Deadline

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DUE = NOON + 10 * DAY


def test_the_narrowest_rule_set_in_force_is_chosen() -> None:
    all_of = Version(1, "all", NOON)
    old, new = Version(2, "us", NOON, country="US"), Version(3, "us", NOON + DAY, country="US")
    bike, off = Version(4, "bike", NOON, product=7), Version(5, "bike", NOON + 2 * DAY, is_off=True, product=7)
    brand = Version(6, "brand", NOON, brand=2)
    versions = [off, new, brand, old, bike, all_of]

    def key(country: str = "", product: int | None = None, brand: int | None = None, at: datetime = NOON) -> int | None:
        found = chosen(versions, brand=brand, product=product, country=country, at=at)
        return found.id if found else None

    assert [key(), key("de"), key("us"), key("US", at=NOON + DAY)] == [1, 1, 2, 3]
    assert [key("US", 7), key("US", 7, at=NOON + 2 * DAY), key("US", brand=2), key(brand=2)] == [4, 3, 2, 6]
    assert key(at=NOON - DAY) is None


def test_a_clock_warns_then_breaks_and_what_was_late_stays_late() -> None:
    clock = begun(Deadline("final", DUE, DUE - 2 * DAY))
    warned, word = rung(clock)
    assert (word, warned.warned_at, warned.rings_at) == ("warned", DUE - 2 * DAY, DUE)
    broken, word = rung(warned)
    assert (word, broken.broken_at, broken.rings_at) == ("broken", DUE, None)
    assert met(broken, at=DUE + DAY).broken_at == DUE
    assert met(warned, at=DUE).broken_at is None
    assert met(clock, at=DUE + DAY).broken_at == DUE  # the worker was away when it was due


def test_a_clock_goes_on_where_a_letter_is_taken_back() -> None:
    clock = begun(Deadline("final", DUE, DUE - 2 * DAY))
    assert unmet(met(clock, at=NOON)) == clock
    warned = rung(clock)[0]
    assert unmet(met(warned, at=DUE - DAY)) == warned
    assert unmet(met(rung(warned)[0], at=DUE + DAY)).rings_at is None


def test_a_deadline_that_is_put_off_warns_anew() -> None:
    broken = rung(rung(begun(Deadline("final", DUE, DUE - DAY)))[0])[0]
    later = extended(broken, due_at=DUE + 9 * DAY, warn_at=DUE + 8 * DAY)
    assert later == Clock("final", DUE + 9 * DAY, DUE + 8 * DAY, DUE + 8 * DAY)


def test_the_nearest_open_end_is_due_next() -> None:
    first, last = Clock("acknowledgement", NOON), Clock("final", DUE)
    assert next_due([last, first]) == (NOON, "acknowledgement")
    assert next_due([met(first, at=NOON), last]) == (DUE, "final")
    assert next_due([met(last, at=NOON)]) == (None, "")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (handling.against_hands(Standing("recorded", about=3), 3), "not_independent"),
        (handling.against_hands(Standing("recorded", about=3), 4), None),
        (handling.against_deciding(Standing("answered"), 4), "already_answered"),
        (handling.against_deciding(Standing("recorded", about=4), 4), "not_independent"),
        (handling.against_letter(Standing("recorded"), "final"), "not_decided"),
        (handling.against_letter(Standing("recorded", "upheld", pending=1), "final"), "approval_pending"),
        (handling.against_letter(Standing("recorded", "upheld", pending=1), "holding"), None),
        (handling.against_letter(Standing("answered", "upheld"), "final"), "already_answered"),
        (handling.against_closing(Standing("acknowledged", "upheld")), "not_answered"),
        (handling.against_closing(Standing("answered", "upheld")), None),
        (handling.against_withdrawing(Standing("answered")), "already_answered"),
        (handling.against_reopening(Standing("recorded")), "complaint_open"),
        (handling.against_working(Standing("closed")), "complaint_closed"),
        (handling.against_checking(checker=1, owner=1, done_by=2), "not_independent"),
        (handling.against_checking(checker=2, owner=1, done_by=2), "not_independent"),
        (handling.against_checking(checker=3, owner=1, done_by=2), None),
        (handling.against_extending(extension=False, due_at=DUE, latest=DUE, until=DUE), "no_extension"),
        (handling.against_extending(extension=True, due_at=DUE, latest=DUE + DAY, until=DUE), "not_later"),
        (handling.against_extending(extension=True, due_at=DUE, latest=DUE + DAY, until=DUE + 2 * DAY), "too_late"),
        (handling.against_extending(extension=True, due_at=DUE, latest=DUE + DAY, until=DUE + DAY), None),
    ],
)
def test_each_refusal_has_its_code(reason: handling.Reason | None, code: str | None) -> None:
    assert (reason[0] if reason else None) == code


def test_causes_stand_in_their_tree_and_count_what_is_below() -> None:
    causes = [Cause(3, 1, "Late", 1), Cause(1, None, "Delivery"), Cause(4, 1, "Lost", 0), Cause(2, None, "Goods", 0)]
    placed = in_order(causes)
    assert [(one.id, one.depth, one.path) for one in placed] == [
        (1, 0, ("Delivery",)), (4, 1, ("Delivery", "Lost")), (3, 1, ("Delivery", "Late")), (2, 0, ("Goods",)),
    ]  # fmt: skip
    parents = {one.id: one.parent for one in causes}
    assert counted(placed, parents, {3: 2, 4: 1, 1: 1}) == {1: 4, 4: 1, 3: 2, 2: 0}


def test_periods_follow_one_another_without_a_gap() -> None:
    quarter = periods.period_of("quarter", date(2026, 2, 14))
    assert (quarter.start, quarter.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert periods.before("quarter", quarter).start == date(2025, 10, 1)
    assert periods.after("month", periods.period_of("month", date(2026, 12, 31))).start == date(2027, 1, 1)
    assert [periods.change_in_percent(*pair) for pair in ((3, 2), (1, 3), (0, 4), (5, 0))] == [50, -67, -100, None]
