"""Which policy a case gets, and why not another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from careline.domain.sla.rules.policies import (
    BUILT_IN,
    BadPolicy,
    Facts,
    Policy,
    Target,
    check_policy,
    policy_for,
    weighed,
)

HOUR = Target(3600)
GOLD = Policy(
    1, "Gold", {"first_response": HOUR}, {"customer_field": {"tier": ["gold", "platinum"]}, "channel_kind": ["email"]}
)
URGENT = Policy(2, "Urgent", {"first_response": HOUR}, {"priority": [3, 4]})
ALL = [GOLD, URGENT, BUILT_IN]


def test_the_first_whose_conditions_all_hold_counts() -> None:
    gold = Facts(channel_kind="email", priority=4, customer_field={"tier": "Gold"})
    assert (policy_for(ALL, gold), policy_for([URGENT, GOLD, BUILT_IN], gold)) == (GOLD, URGENT)


def test_the_default_one_holds_for_everybody_else() -> None:
    assert (policy_for(ALL, Facts()), policy_for([], Facts())) == (BUILT_IN, BUILT_IN)


def test_it_says_what_spoke_against_those_before_it() -> None:
    told = weighed(ALL, Facts(channel_kind="form", priority=4, customer_field={"tier": "silver"}))
    assert [(one.policy.name, one.failed) for one in told] == [
        ("Gold", (("customer_field", "tier"), ("channel_kind", ""))), ("Urgent", ()),
    ]  # fmt: skip


def test_of_a_field_with_several_choices_one_is_enough() -> None:
    assert policy_for(ALL, Facts(channel_kind="email", customer_field={"tier": ["silver", "platinum"]})) == GOLD


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"targets": {}}, "targets"), ({"targets": {"tea": HOUR}}, "targets.tea"),
        ({"targets": {"resolution": Target(5)}}, "targets.resolution.seconds"), ({"warn_percent": 100}, "warn_percent"),
        ({"conditions": {"moon": ["full"]}}, "conditions.moon"), ({"conditions": {"priority": []}}, "conditions.priority"),
        ({"conditions": {"customer_field": ["gold"]}}, "conditions.customer_field"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_where_it_stands(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(BadPolicy) as refused:
        check_policy(replace(URGENT, **wrong))
    assert refused.value.field == field


def test_the_default_one_always_promises_a_first_answer_to_everybody() -> None:
    for wrong in ({"conditions": {"priority": [4]}}, {"targets": {"resolution": HOUR}}):
        with pytest.raises(BadPolicy):
            check_policy(replace(BUILT_IN, **wrong))
