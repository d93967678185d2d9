"""Of which teams a rule is, by its conditions alone."""

from __future__ import annotations

from typing import Any

import pytest

from careline.domain.triggers.rules.bounds import teams_of

FRONT, BOTH = {"fact": "team", "is": ["1"]}, {"fact": "team", "is": [1, "2"]}
HIGH = {"fact": "priority", "is": ["high"]}


@pytest.mark.parametrize(
    ("conditions", "teams"),
    [
        ({"all": [HIGH, FRONT]}, {1}),
        ({"all": [{"all": [BOTH]}, HIGH]}, {1, 2}),
        ({"all": [BOTH, FRONT]}, {1}),
        ({}, set()),
        (None, set()),
        ({"all": [HIGH]}, set()),
        ({"any": [FRONT, HIGH]}, set()),
        ({"all": [{"any": [FRONT]}]}, set()),
        ({"none": [FRONT]}, set()),
        ({"all": [{"none": [FRONT]}]}, set()),
        ({"all": [{"fact": "team", "is": ["1", "none"]}]}, set()),
        ({"all": [{"fact": "team", "is_not": ["1"]}]}, set()),
        ({"all": [{"fact": "team_before", "is": ["1"]}]}, set()),
        ({"all": [{"fact": "team", "is": []}]}, set()),
        ({"all": "no list"}, set()),
        ({"all": [["no object"], 7]}, set()),
    ],
)
def test_a_rule_is_of_the_teams_that_every_case_it_fits_must_have(conditions: Any, teams: set[int]) -> None:
    assert teams_of(conditions) == teams
