"""What the page says somebody may do is what the predicate lets them do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.visibility import visible
from careline.domain.conversations.rules.reasons import explained
from careline.domain.history.actor import agent
from careline.domain.staff.granting import give_roles
from careline.domain.staff.rules import Allowed, Forbidden, Person, reach_of
from careline.domain.staff.standing_in import name_deputy
from careline.flows.explain import rights, why
from careline.kit import db
from tests.world import NOON, World, make_world

READ = "conversation:read"
NUMBERS = st.sampled_from([None, 1, 2])
GRANTS = st.lists(
    st.builds(Allowed, st.sampled_from(["own", "team", "all"]), NUMBERS, NUMBERS, NUMBERS), max_size=3
).map(tuple)
PEOPLE = st.sampled_from([1, 2, 3])
_ROW = """SELECT %(assignee_id)s::bigint AS assignee_id, %(follower_ids)s::bigint[] AS follower_ids,
    %(mentioned_ids)s::bigint[] AS mentioned_ids, %(team_id)s::bigint AS team_id,
    %(channel_id)s::bigint AS channel_id, %(brand_id)s::bigint AS brand_id, %(restricted_to)s::bigint[] AS restricted_to"""
CASES = st.fixed_dictionaries(
    {
        "assignee_id": st.none() | PEOPLE, "follower_ids": st.lists(PEOPLE, max_size=2), "mentioned_ids": st.lists(PEOPLE, max_size=1),
        "team_id": NUMBERS, "channel_id": NUMBERS,
        "brand_id": NUMBERS, "restricted_to": st.none() | st.lists(PEOPLE, max_size=2),
    }
)  # fmt: skip


def somebody(key: int, grants: tuple[Allowed, ...], teams: list[int]) -> Person:
    held = {READ: grants} if grants else {}
    return Person(key, f"Nr {key}", f"{key}@northwind.example", "x", team_ids=tuple(teams), grants=held)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRANTS, GRANTS, st.lists(st.sampled_from([1, 2]), max_size=2, unique=True), st.booleans(), CASES)
def test_the_reasons_and_the_predicate_agree(
    db: None, mine: tuple[Allowed, ...], theirs: tuple[Allowed, ...], teams: list[int], is_deputy: bool, case: dict[str, Any]
) -> None:  # fmt: skip
    from careline.kit import db as database

    me = somebody(1, mine, teams)
    if is_deputy:
        me = replace(me, absent=(somebody(2, theirs, [2]),))
    with transaction.atomic():
        row = database.row(_ROW, case)
    condition, params = visible(reach_of(me, READ))
    assert row is not None
    with transaction.atomic():
        reached = database.value(f"SELECT {condition} FROM ({_ROW}) c", {**params, **case})
    assert explained(me, READ, row).is_allowed == bool(reached)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_each_right_says_which_role_gives_it(world: World) -> None:
    give_roles(world.ben, role="representative", extra=["quality_specialist"], by=agent(world.ada.pk), at=NOON)
    found = rights(world.person(world.ada), world.ben.pk, at=NOON)
    assert [(one.role, one.line.scope) for one in found.sources[READ]] == [
        ("representative", "team"),
        ("quality_specialist", "all"),
    ]
    assert "staff:manage" not in found.sources
    assert set(found.sources) == set(world.person(world.ben).grants)


def test_standing_in_shows_as_a_source_of_case_rights_alone(world: World) -> None:
    name_deputy(
        world.ada,
        deputy_id=world.ben.pk,
        starts_at=NOON,
        ends_at=NOON + timedelta(days=1),
        by=agent(world.ada.pk),
        at=NOON,
    )
    found = rights(world.person(world.ben), world.ben.pk, at=NOON)
    assert [(one.role, one.absent_name) for one in found.sources[READ]] == [
        ("representative", ""),
        ("administrator", "Ada"),
    ]
    assert "staff:manage" not in found.sources
    assert [
        one.absent for one in rights(world.person(world.ben), world.ben.pk, at=NOON + timedelta(days=1)).sources[READ]
    ] == [None]


def test_on_a_case_it_says_why(world: World) -> None:
    def reasons(who: Any) -> list[str]:
        _who, answers = why(world.person(world.ada), who.pk, world.case, at=NOON)
        return [reason.why for reason in next(one for one in answers if one.verb == READ).reasons]

    assert (reasons(world.ada), reasons(world.ben), reasons(world.cleo)) == (["all"], ["team"], [])
    db.execute(
        "UPDATE conversations_conversation SET assignee_id = %s, follower_ids = ARRAY[%s::bigint]",
        [world.ben.pk, world.cleo.pk],
    )
    assert (reasons(world.ben), reasons(world.cleo)) == (["assignee", "team"], ["follower"])
    db.execute("UPDATE conversations_conversation SET restricted_to = ARRAY[%s::bigint]", [world.ada.pk])
    assert (reasons(world.ada), reasons(world.ben)) == (["all"], [])


def test_nobody_learns_of_a_case_by_asking_about_others(world: World) -> None:
    with pytest.raises(NotFound):
        why(world.person(world.cleo), world.ada.pk, world.case, at=NOON)
    with pytest.raises(NotFound):
        rights(world.person(world.ada), 10**9, at=NOON)
    stranger = replace(world.person(world.cleo), grants={})
    with pytest.raises(Forbidden):
        rights(stranger, world.ada.pk, at=NOON)
    assert rights(stranger, world.cleo.pk, at=NOON).who.name == "Cleo"
    assert conversation_by_number(world.case) is not None
