"""Who reaches what, decided from grants alone."""

from __future__ import annotations

import pytest

from careline.domain.staff.rules import (
    DEFAULT_ROLES,
    VERBS,
    Allowed,
    Forbidden,
    Person,
    Reach,
    narrowed_to,
    reach_of,
    require,
)

READ = "conversation:read"


def ada(*grants: Allowed) -> Person:
    """Ada of teams 7 and 8, who reads cases as these grants say."""
    return Person(
        1, "Ada", "ada@northwind.example", "anything", team_ids=(7, 8), grants={READ: grants} if grants else {}
    )


def test_whoever_has_no_grant_reaches_nothing() -> None:
    assert reach_of(ada(), READ) == Reach(1, nothing=True)


def test_own_cases_are_reached_by_a_grant_without_teams() -> None:
    assert reach_of(ada(Allowed("own")), READ) == Reach(1)


def test_a_grant_for_the_team_reaches_the_cases_of_every_team_of_theirs() -> None:
    assert reach_of(ada(Allowed("team")), READ) == Reach(1, team_ids=(7, 8))


def test_the_widest_grant_counts() -> None:
    assert reach_of(ada(Allowed("own"), Allowed("all")), READ).everything


def test_a_grant_for_one_channel_never_widens_to_the_others() -> None:
    narrow = Allowed("all", channel_id=3)
    assert reach_of(ada(narrow), READ) == Reach(1, narrowed=(narrow,), own=False)
    assert reach_of(ada(Allowed("own"), narrow), READ) == Reach(1, narrowed=(narrow,))


def test_a_token_holds_what_its_owner_and_its_scopes_share() -> None:
    owner = ada(Allowed("all"))
    assert narrowed_to(owner, frozenset({READ, "staff:manage"})) == owner
    assert narrowed_to(owner, frozenset({"staff:manage"})).grants == {}
    assert narrowed_to(owner, frozenset()) == owner


def test_a_refusal_names_the_verb() -> None:
    require(ada(Allowed("own")), READ)
    with pytest.raises(Forbidden) as refused:
        require(ada(), READ)
    assert (refused.value.verb, refused.value.code) == (READ, "forbidden.conversation.read")


def test_roles_grant_only_verbs_that_there_are() -> None:
    granted = {verb for _name, verbs in DEFAULT_ROLES.values() for verb in verbs}
    assert granted == set(VERBS)
