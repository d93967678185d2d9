"""What the policy and somebody's authority answer, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.domain.approvals.rules.asking import Candidate, in_order
from careline.domain.approvals.rules.conditions import BadPolicy, condition_from, holds
from careline.domain.approvals.rules.deciding import Decision, decide_by
from careline.domain.approvals.rules.facts import Facts, facts_from
from careline.domain.approvals.rules.limits import ANY, CASE, DAY, Authority, Limit, exceeded_by
from careline.domain.approvals.rules.policies import Book, rules_from
from careline.domain.approvals.rules.rates import Rates
from careline.kit.money import Money

TODAY = date(2026, 11, 20)
RATES = Rates(TODAY, {("USD", "EUR"): [(TODAY, Decimal("0.9"))]})
FIFTY = Limit("refund", money=Money(5000, "EUR"), role="representative")


def euros(amount: float) -> Money:
    return Money(round(amount * 100), "EUR")


def book(*rules: dict[str, Any]) -> Book:
    return Book(7, rules_from([{"id": f"r{n}", "name": f"Rule {n}", **rule} for n, rule in enumerate(rules, 1)]))


def decided(facts: Facts, *rules: dict[str, Any], limits: tuple[Limit, ...] = (FIFTY,), **more: Any) -> Decision:
    return decide_by(
        "refund", facts=facts, authority=Authority(1, limits=limits, **more), book=book(*rules), rates=RATES
    )


def test_the_first_rule_that_fits_answers_and_says_what_did_not_fit_before() -> None:
    late = {
        "outcome": "deny",
        "code": "late",
        "when": [{"fact": "days_since_delivery", "over": 30}],
        "sentences": {"en": "Too late."},
    }
    found = decided(Facts(euros(20), days_since_delivery=12), late, {"outcome": "allow"}, {"outcome": "deny"})
    assert (found.outcome, found.rule_id, found.version) == ("allow", "r2", 7)
    assert [(one.rule, one.condition.fact, one.found) for one in found.passed] == [("r1", "days_since_delivery", 12)]
    found = decided(Facts(euros(20), days_since_delivery=31), late)
    assert (found.outcome, found.code, found.sentence("de", "en")) == ("deny", "late", "Too late.")


@pytest.mark.parametrize(
    ("asked", "facts", "wanted"),
    [
        ({"fact": "days_since_delivery", "at_most": 30}, Facts(days_since_delivery=30), True),
        ({"fact": "days_since_delivery", "at_most": 30}, Facts(days_since_delivery=31), False),
        ({"fact": "days_since_delivery", "at_most": 30}, Facts(), False),
        ({"fact": "days_since_delivery", "is_known": False}, Facts(), True),
        ({"fact": "refunds", "at_least": 0}, Facts(refunds=0), True),
        ({"fact": "reason", "is": ["damaged", "wrong"]}, Facts(reason="wrong"), True),
        ({"fact": "reason", "is_not": "worn"}, Facts(), False),
        ({"fact": "products", "is": "bike"}, Facts(products=("bell", "bike")), True),
        ({"fact": "products", "is_not": "bike"}, Facts(products=("bell", "bike")), False),
        ({"fact": "is_identified", "is": False}, Facts(is_identified=False), True),
        ({"fact": "is_identified", "is": False}, Facts(), False),
        ({"fact": "percent", "over": 50}, Facts(euros(51), euros(100)), True),
        ({"fact": "percent", "over": 50}, Facts(euros(51), Money(100, "USD")), False),
        ({"fact": "amount", "over": {"amount": "45", "currency": "EUR"}}, Facts(Money(5001, "USD")), True),
        ({"fact": "amount", "over": {"amount": "45", "currency": "EUR"}}, Facts(Money(5000, "USD")), False),
        ({"fact": "amount", "over": {"amount": "1", "currency": "EUR"}}, Facts(Money(5000, "CHF")), False),
    ],
)
def test_a_condition_holds_only_on_what_is_known(asked: dict[str, Any], facts: Facts, wanted: bool) -> None:
    assert holds(condition_from("when", asked), facts, rates=RATES) is wanted


@pytest.mark.parametrize(
    "wrong",
    [
        {"fact": "moon", "is": "full"}, {"fact": "reason"}, {"fact": "reason", "over": 3}, {"fact": "refunds", "over": -1},
        {"fact": "refunds", "over": True}, {"fact": "reason", "is": []}, {"fact": "amount", "over": 5}, {"fact": "reason", "is": "x" * 101},
        {"fact": "amount", "over": {"amount": "5.001", "currency": "EUR"}}, {"fact": "amount", "over": {"amount": "-5", "currency": "EUR"}},
        "reason", {"fact": "reason", "is": "a", "is_not": "b"},
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused(wrong: Any) -> None:
    with pytest.raises(BadPolicy):
        condition_from("when", wrong)


def test_who_could_approve_it_needs_nobody_else_but_for_four_eyes() -> None:
    asks = {"outcome": "approval", "approver": {"by": "role", "role": "team_lead"}, "code": "large"}
    lead = {"may_decide": True, "roles": frozenset({"team_lead"})}
    assert decided(Facts(euros(20)), asks).code == "large"
    assert decided(Facts(euros(20)), asks, **lead).outcome == "allow"
    assert decided(Facts(euros(60)), asks, **lead).code == "over_limit"
    assert decided(Facts(euros(20)), asks | {"four_eyes": True}, **lead).code == "four_eyes"


def test_no_policy_makes_a_limit_wider() -> None:
    assert decided(Facts(euros(51)), {"outcome": "allow"}).code == "over_limit"


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_and_less_than_nothing_is_never_given(minor: int) -> None:
    assert decided(Facts(Money(minor, "EUR")), {"outcome": "allow"}, is_free=True, limits=()).code == "bad_amount"


@pytest.mark.parametrize(
    ("limits", "facts", "used", "wanted"),
    [
        ((), Facts(euros(1)), {}, "no_authority"),
        ((FIFTY,), Facts(euros(50)), {}, ""),
        ((FIFTY,), Facts(euros(50.01)), {}, "over_limit"),
        ((FIFTY, Limit(ANY, money=euros(500))), Facts(euros(51)), {}, "over_limit"),  # of the action before that of any
        (
            (FIFTY, Limit("refund", money=euros(80), role="specialist")),
            Facts(euros(70)),
            {},
            "",
        ),  # the widest of their roles
        (
            (FIFTY, Limit("refund", money=euros(10), agent=1)),
            Facts(euros(11)),
            {},
            "over_limit",
        ),  # the person's own first
        ((FIFTY, Limit("refund", CASE, euros(60))), Facts(euros(20)), {CASE: (euros(40),)}, ""),
        ((FIFTY, Limit("refund", CASE, euros(60))), Facts(euros(20.01)), {CASE: (euros(40),)}, "over_case_limit"),
        ((FIFTY, Limit("refund", DAY, euros(60))), Facts(euros(20)), {DAY: (Money(4500, "USD"),)}, "over_day_limit"),
        ((FIFTY, Limit("refund", DAY, euros(60))), Facts(euros(20)), {DAY: (Money(1, "CHF"),)}, "no_rate"),
        ((Limit("refund", percent=Decimal(10)),), Facts(euros(10), euros(100)), {}, ""),
        ((Limit("refund", percent=Decimal(10)),), Facts(euros(10.01), euros(100)), {}, "over_limit"),
        ((Limit("refund", percent=Decimal(10)),), Facts(euros(10)), {}, "no_total"),
        (
            (Limit("refund", money=euros(5), percent=Decimal(10)),),
            Facts(euros(6), euros(100)),
            {},
            "over_limit",
        ),  # both hold
        ((Limit("refund"),), Facts(Money(10**14, "CHF")), {}, ""),  # without end
        ((FIFTY,), Facts(Money(5000, "CHF")), {}, "no_rate"),
    ],
)
def test_limits_hold_each_time_on_a_case_and_in_a_day(limits: Any, facts: Facts, used: Any, wanted: str) -> None:
    found = exceeded_by(Authority(1, limits=limits, used=used), "refund", facts=facts, rates=RATES)
    assert (found.code if found else "") == wanted


def test_a_rate_that_is_too_old_or_not_known_yet_is_none() -> None:
    for day in (date(2026, 10, 1), date(2026, 11, 21)):
        assert Rates(TODAY, {("USD", "EUR"): [(day, Decimal(1))]}).minor(Money(100, "USD"), "EUR") is None
    yen = Rates(TODAY, {("EUR", "JPY"): [(TODAY, Decimal(160))]})
    assert (yen.minor(euros(10), "JPY"), yen.minor(Money(1601, "JPY"), "EUR")) == (1600, 1001)


@given(st.lists(st.integers(1, 10**9), max_size=4), st.integers(1, 10**9), st.integers(0, 10**9))
@settings(max_examples=20)
def test_nothing_over_a_limit_ever_passes(before: list[int], amount: int, most: int) -> None:
    limits = (Limit("refund", DAY, Money(most, "EUR")),)
    authority = Authority(1, limits=limits, used={DAY: tuple(Money(one, "EUR") for one in before)})
    found = decide_by("refund", facts=Facts(Money(amount, "EUR")), authority=authority, book=Book(), rates=RATES)
    assert found.is_allowed == (sum(before) + amount <= most)


def test_the_nearest_above_is_asked_first_and_nobody_twice() -> None:
    far, near, free = Candidate(2, step=2), Candidate(3, step=1), Candidate(4, is_free=True)
    busy, idle = Candidate(5, waiting=3), Candidate(6)
    assert list(in_order([far, near, free, busy, idle], but={9})) == [3, 2, 6, 5, 4]
    assert list(in_order([far, near, free], but={3})) == [2, 4]


def test_whoever_is_absent_is_asked_through_a_deputy_but_never_through_the_asker() -> None:
    assert list(in_order([Candidate(2, step=1, deputies=(7,)), Candidate(3, step=2)], but={9})) == [7, 3]
    assert list(in_order([Candidate(2, step=1, deputies=(9,)), Candidate(3, step=2)], but={9})) == [3, 2]


def test_facts_come_back_as_they_were_kept() -> None:
    facts = Facts(euros(5), Money(7, "JPY"), "ضرر", ("bike",), refunds=0, is_identified=False, case=3)
    assert facts_from(facts.kept()) == facts
