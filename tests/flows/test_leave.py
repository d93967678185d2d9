"""Somebody leaves, or is away: who takes their work, and with what rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.belongings import acted_for
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import issue_link, issue_token, reactivate, use_link
from careline.domain.staff.errors import Circle, NotPossible
from careline.domain.staff.queries import person, person_of_token
from careline.domain.staff.rules import Forbidden
from careline.domain.staff.sessions import begin_session, sessions_of
from careline.domain.staff.standing_in import end_deputy, name_deputy, report_to, superiors_of, tell_deputies
from careline.flows import leave as leaving
from careline.flows.leave import Belongings, belongings, leave
from careline.flows.reply import Draft, reply
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

READ, REPLY = "conversation:read", "conversation:reply"
WEEK = timedelta(days=7)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def busy(world: World) -> World:
    """Ben has two open cases and a resolved one, follows Carol's, and sends an answer tomorrow."""
    for subject in ("One", "Two", "Done"):
        writes_in(subject, text="Hello", mailbox=world.mailbox, sender=f"{subject.lower()}@example.com")
    db.execute(
        "UPDATE conversations_conversation SET assignee_id = %s WHERE subject <> 'Where is my bike?'", [world.ben.pk]
    )
    db.execute("UPDATE conversations_conversation SET category = 'resolved' WHERE subject = 'Done'")
    db.execute(
        "UPDATE conversations_conversation SET follower_ids = ARRAY[%s::bigint] WHERE number = %s",
        [world.ben.pk, world.case],
    )
    number = db.value("SELECT number FROM conversations_conversation WHERE subject = 'One'")
    draft = Draft(text="Tomorrow", send_at=NOON + timedelta(days=1))
    reply(world.person(world.ben), number, draft, by=agent(world.ben.pk), at=NOON)
    return world


def go(world: World, to: Any = None) -> int:
    return leave(world.person(world.ada), world.ben.pk, hand_over_to=to, by=agent(world.ada.pk), at=NOON)


def holders() -> dict[str, int | None]:
    return {
        row.subject: row.assignee_id for row in db.rows("SELECT subject, assignee_id FROM conversations_conversation")
    }


def test_what_hangs_on_somebody_is_shown_first(busy: World) -> None:
    assert belongings(busy.person(busy.ada), busy.ben.pk) == Belongings(2, 0, 0, 1, 1)
    with pytest.raises(Forbidden):
        belongings(busy.person(busy.cleo), busy.ben.pk)


def test_open_cases_go_to_a_colleague_and_the_rest_stays(busy: World) -> None:
    assert go(busy, busy.ada.pk) == 2
    assert holders() == {"Where is my bike?": None, "One": busy.ada.pk, "Two": busy.ada.pk, "Done": busy.ben.pk}
    assert belongings(busy.person(busy.ada), busy.ben.pk) == Belongings(0, 0, 0, 1, 0)
    assert db.value("SELECT state FROM conversations_delivery") == "scheduled"
    told = db.rows("SELECT data FROM history WHERE name = 'conversation.assigned' AND data->>'left' = 'true'")
    assert [row.data["assignee_before"] for row in told] == [busy.ben.pk] * 2


def test_or_back_to_their_teams_queue(busy: World) -> None:
    assert go(busy) == 2
    assert holders() == {"Where is my bike?": None, "One": None, "Two": None, "Done": busy.ben.pk}
    assert {row.team_id for row in db.rows("SELECT team_id FROM conversations_conversation")} == {busy.front.pk}


@pytest.mark.full
@pytest.mark.parametrize("to_ada", [True, False])
def test_whoever_leaves_with_three_hundred_open_cases_leaves_none_without_a_place(world: World, to_ada: bool) -> None:
    for n in range(300):
        writes_in(f"Matter {n}", text="Hello", mailbox=world.mailbox, sender=f"c{n}@example.com")
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    assert go(world, world.ada.pk if to_ada else None) == 301
    held = db.rows("SELECT assignee_id, team_id, count(*) AS n FROM conversations_conversation GROUP BY 1, 2")
    assert [tuple(row) for row in held] == [(world.ada.pk if to_ada else None, world.front.pk, 301)]
    told = db.value("SELECT count(*) FROM history WHERE name = 'conversation.assigned' AND data->>'left' = 'true'")
    assert told == 301


def test_whoever_left_is_out_of_everything_at_once(busy: World) -> None:
    token = issue_token(busy.ben, by=SYSTEM, at=NOON)
    link = issue_link(busy.ben, by=SYSTEM, at=NOON)
    begin_session(busy.ben, how="password", device="", place="", by=agent(busy.ben.pk), at=NOON)
    go(busy)
    assert (person(busy.ben.pk), person_of_token(token, at=NOON), sessions_of(busy.ben.pk, at=NOON)) == (None, None, [])
    reactivate(busy.ben, by=agent(busy.ada.pk), at=NOON)
    assert person(busy.ben.pk) is not None
    assert (person_of_token(token, at=NOON), use_link(link, by=SYSTEM, at=NOON)) == (None, None), (
        "the old ways in stay shut"
    )


def test_killed_in_the_middle_it_goes_on_when_asked_again(busy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_then_death(*given: Any, **named: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(leaving, "hand_over_some", one_then_death)
    with pytest.raises(KeyboardInterrupt):
        go(busy)
    assert person(busy.ben.pk) is None, "the access ended first"
    monkeypatch.undo()
    assert go(busy, busy.ada.pk) == 2
    assert go(busy, busy.ada.pk) == 0


def test_nobody_hands_over_to_themselves_or_to_who_can_not_answer(busy: World) -> None:
    for to in (busy.ben.pk, 10**9):
        with pytest.raises(Refused):
            go(busy, to)
    with pytest.raises(Forbidden, match="Nobody ends their own access"):
        leave(busy.person(busy.ada), busy.ada.pk, hand_over_to=None, by=agent(busy.ada.pk), at=NOON)
    assert person(busy.ben.pk) is not None


def stands_in(world: World, **times: Any) -> int:
    given = {"starts_at": NOON, "ends_at": NOON + WEEK} | times
    return name_deputy(world.ben, deputy_id=world.cleo.pk, by=agent(world.ben.pk), at=NOON, **given).pk


def reaches(world: World, verb: str, *, at: Any = NOON) -> bool:
    cleo = person(world.cleo.pk, at=at)
    assert cleo is not None
    try:
        conversation_for(cleo, world.case, verb=verb)
    except (NotFound, Forbidden):
        return False
    return True


def test_a_deputy_reaches_what_is_the_absent_persons_own_and_only_then(world: World) -> None:
    stands_in(world)
    assert not reaches(world, READ), "it is in Ben's team, but not his own"
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    assert [reaches(world, REPLY, at=NOON + WEEK * n) for n in (-1, 0, 0.5, 1)] == [False, True, True, False]
    assert not reaches(world, REPLY, at=None), "who asks without a moment stands in for nobody"


def test_a_deputy_does_what_the_absent_person_may_and_no_more(world: World) -> None:
    from careline.domain.staff.granting import give_roles

    give_roles(world.ben, role="quality_specialist", by=agent(world.ada.pk), at=NOON)
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    stands_in(world)
    assert (reaches(world, READ), reaches(world, REPLY)) == (True, False)


def test_a_restricted_case_is_open_to_a_deputy_only_where_the_absent_person_is_named(world: World) -> None:
    stands_in(world)
    db.execute(
        "UPDATE conversations_conversation SET assignee_id = %s, restricted_to = ARRAY[%s::bigint]",
        [world.ben.pk, world.ada.pk],
    )
    assert not reaches(world, READ)
    db.execute("UPDATE conversations_conversation SET restricted_to = ARRAY[%s::bigint]", [world.ben.pk])
    assert reaches(world, READ)


def test_the_record_says_on_whose_behalf(world: World) -> None:
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    absent = [world.ben.pk]
    assert acted_for(world.case, person=world.cleo.pk, absent=absent) == world.ben.pk
    db.execute(
        "UPDATE conversations_conversation SET assignee_id = NULL, follower_ids = ARRAY[%s::bigint]", [world.ben.pk]
    )
    assert acted_for(world.case, person=world.cleo.pk, absent=absent) == world.ben.pk
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.cleo.pk])
    assert acted_for(world.case, person=world.cleo.pk, absent=absent) is None


def test_a_deputyship_begins_and_ends_on_the_record_once(world: World) -> None:
    key = stands_in(world, starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=2))
    told = [tell_deputies(at=NOON + timedelta(days=day)) for day in (0, 1, 1, 2, 2)]
    assert told == [0, 1, 0, 1, 0]
    names = [row.name for row in db.rows("SELECT name FROM history WHERE name LIKE 'deputy.%%' ORDER BY id")]
    assert names == ["deputy.named", "deputy.began", "deputy.ended"]
    end_deputy(key, by=SYSTEM, at=NOON + timedelta(days=3))
    assert len(names) == db.value("SELECT count(*) FROM history WHERE name LIKE 'deputy.%%'")


def test_ended_early_it_ends_at_once(world: World) -> None:
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    key = stands_in(world)
    end_deputy(key, by=agent(world.ben.pk), at=NOON + timedelta(hours=1))
    assert (reaches(world, READ), reaches(world, READ, at=NOON + timedelta(hours=1))) == (True, False)


def test_nobody_names_themselves_a_deputy_of_others(world: World) -> None:
    span = {"starts_at": NOON, "ends_at": NOON + WEEK, "at": NOON}
    with pytest.raises(Forbidden):
        name_deputy(world.ben, deputy_id=world.cleo.pk, by=agent(world.cleo.pk), **span)
    with pytest.raises(Forbidden, match="You can't name yourself"):
        name_deputy(world.ben, deputy_id=world.ada.pk, by=agent(world.ada.pk), **span)
    for wrong in ({"deputy_id": world.ben.pk}, {"deputy_id": world.cleo.pk, "ends_at": NOON}):
        with pytest.raises(NotPossible):
            name_deputy(world.ben, by=agent(world.ben.pk), **(span | wrong))
    stands_in(world)
    with pytest.raises(NotPossible, match="already"):
        stands_in(world, starts_at=NOON + timedelta(days=3))


def test_reporting_makes_no_circle(world: World) -> None:
    by = agent(world.ada.pk)
    report_to(world.ben, superior_id=world.ada.pk, by=by, at=NOON)
    report_to(world.cleo, superior_id=world.ben.pk, by=by, at=NOON)
    assert superiors_of(world.cleo.pk) == [world.ben.pk, world.ada.pk]
    for who, whom in ((world.ada, world.cleo), (world.ada, world.ben), (world.ben, world.ben)):
        with pytest.raises(Circle):
            report_to(who, superior_id=whom.pk, by=by, at=NOON)
    report_to(world.cleo, superior_id=None, by=by, at=NOON)
    assert (superiors_of(world.cleo.pk), conversation_by_number(world.case).assignee_id) == ([], None)
