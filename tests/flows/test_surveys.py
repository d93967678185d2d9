"""A resolved case asks its customer: whom, when, once; what counts as an answer, and what a low one sets off."""

from datetime import timedelta

import pytest

from careline.domain.conversations.commands import cases as casework
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.surveys.queries.answers import answers_of_case
from careline.flows.answer_survey import SurveyOver, answer_survey, asked_by, stop_asking
from careline.flows.deliver import outgoing_of
from careline.flows.follow_up import conclude_follow_up
from careline.flows.resolve import reopen, resolve
from careline.flows.send_survey import send_due_surveys
from careline.flows.undo import undo
from careline.kit import db
from tests.flows.asking import WAIT, answered_and_resolved, asked, left_out, react, with_survey
from tests.world import NOON, World, make_world, writes_in

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_one_letter_asks_after_the_wait_and_only_once(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    react(NOON)
    react(NOON)
    assert send_due_surveys(at=NOON + timedelta(minutes=59)) == 0
    assert (send_due_surveys(at=NOON + WAIT), send_due_surveys(at=NOON + WAIT)) == (1, 0)
    letters = db.rows("SELECT m.text, m.auto_reply, m.to FROM conversations_message m WHERE m.auto_reply = 'survey'")
    assert [(row.auto_reply, row.to[0]["value"]) for row in letters] == [("survey", "carol@example.com")]
    assert conversation_by_number(world.case).category == "resolved"


def test_the_letter_has_a_link_for_each_answer_that_the_case_does_not_show(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    key = db.value("SELECT message_id FROM surveys_invitation")
    case = conversation_by_number(world.case)
    letter = outgoing_of(message_by_id(key), case)
    assert [f"/survey/{token}?answer={score}" in letter.text for score in (0, 1, 5, 6)] == [False, True, True, False]
    assert letter.unsubscribe_url.endswith(f"/survey/{token}/stop")
    assert letter.is_automatic
    kept = db.row("SELECT text, html, data::text AS data FROM conversations_message WHERE id = %s", [key])
    assert kept is not None
    assert token not in kept.text + kept.html + kept.data


@pytest.mark.parametrize(("what", "reason"), [
    ("reopened", "reopened"), ("undone", "reopened"), ("spam", "spam"), ("silent", "not_answered"), ("robot", "robot"),
    ("opted_out", "opted_out"), ("do_not_contact", "opted_out"), ("off", "switched_off"),
])  # fmt: skip
def test_some_are_not_asked(world: World, what: str, reason: str) -> None:
    with_survey()
    ben, by, case = world.person(world.ben), agent(world.ben.pk), conversation_by_number(world.case)
    if what == "silent":
        resolve(ben, world.case, by=by, at=NOON)
    else:
        answered_and_resolved(world)
    react(NOON)
    if what == "reopened":
        reopen(ben, world.case, by=by, at=NOON + timedelta(minutes=5))
    elif what == "undone":
        undo(ben, world.case, by=by, at=NOON + timedelta(seconds=5))
    change = {
        "spam": ("UPDATE conversations_conversation SET is_spam = true WHERE id = %s", case.id),
        "robot": ("UPDATE conversations_message SET auto_reply = 'vacation' WHERE kind = 'incoming' AND conversation_id = %s", case.id),
        "opted_out": ("INSERT INTO surveys_optout VALUES (%s, now())", world.carol),
        "do_not_contact": ("UPDATE customers_customer SET do_not_contact = '{email}' WHERE id = %s", world.carol),
        "off": ("UPDATE surveys_survey SET is_on = false WHERE id > %s", 0),
    }.get(what)  # fmt: skip
    if change:
        db.execute(change[0], [change[1]])
    send_due_surveys(at=NOON + WAIT)
    expected = {"robot": "nobody_wrote"}.get(what, reason)
    assert left_out() == [expected]


def test_nobody_is_asked_twice_within_the_gap(world: World) -> None:
    with_survey(gap_days=30)
    answered_and_resolved(world)
    assert asked(NOON)
    second = writes_in("The bell", text="It does not ring.", mailbox=world.mailbox, at=LATER).number
    assert second is not None
    answered_and_resolved(world, number=second, at=LATER)
    react(LATER)
    send_due_surveys(at=LATER + WAIT)
    assert left_out() == ["asked_lately"]


def test_looking_counts_nothing_however_often_scanners_do_so(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    for _ in range(3):
        assert not asked_by(token, at=LATER).is_answered
    assert db.value("SELECT count(*) FROM surveys_answer") == 0


def test_a_forged_link_finds_nothing(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    for forged in ("", "x", token[:-1], token[::-1], "1", "%00"):
        with pytest.raises(NotFound):
            answer_survey(forged, {"score": "1"}, language="en", at=LATER)
    assert db.value("SELECT count(*) FROM surveys_answer") == 0


def test_a_replayed_answer_counts_once_and_the_last_within_a_day_holds(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    for score in ("4", "4", "5"):
        answer_survey(token, {"score": score}, language="en", at=LATER)
    with pytest.raises(SurveyOver):
        answer_survey(token, {"score": "1"}, language="en", at=LATER + timedelta(hours=25))
    rows = db.rows("SELECT score, via, kind, agent_id, team_id FROM surveys_answer")
    assert [(row.score, row.via, row.kind, row.team_id) for row in rows] == [(5, "mail", "csat", world.front.pk)]
    told = db.rows("SELECT name FROM history WHERE name LIKE 'survey.%%answer%%' ORDER BY id")
    assert [row.name for row in told] == ["survey.answered", "survey.changed_answer", "survey.changed_answer"]


def test_a_link_runs_out(world: World) -> None:
    with_survey(expires_days=30)
    answered_and_resolved(world)
    token = asked(NOON)
    with pytest.raises(SurveyOver):
        answer_survey(token, {"score": "5"}, language="en", at=NOON + timedelta(days=31))


def test_the_comment_stands_in_the_case_for_agents_alone(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    for _ in range(2):
        answer_survey(token, {"score": "4", "comment": "Quick, thank you."}, language="en", at=LATER)
    notes = db.rows("SELECT kind, visibility, author_kind, text FROM conversations_message WHERE form = 'survey'")
    assert [tuple(row) for row in notes] == [("note", "staff", "customer", "4: Quick, thank you.")]


def test_who_wants_no_more_questions_gets_none(world: World) -> None:
    with_survey(gap_days=0)
    answered_and_resolved(world)
    token = asked(NOON)
    stop_asking(token, at=LATER)
    stop_asking(token, at=LATER)
    second = writes_in("The bell", text="It does not ring.", mailbox=world.mailbox, at=LATER).number
    assert second is not None
    answered_and_resolved(world, number=second, at=LATER)
    react(LATER)
    send_due_surveys(at=LATER + WAIT)
    assert left_out() == ["opted_out"]


def test_a_low_score_opens_one_recovery_case_with_a_date(world: World) -> None:
    with_survey(recovery_hours=24)
    answered_and_resolved(world)
    token = asked(NOON)
    answer_survey(token, {"score": "1", "comment": "Nobody listened."}, language="en", at=LATER)
    react(LATER)
    answer_survey(token, {"score": "2"}, language="en", at=LATER)
    react(LATER)
    rows = db.rows(
        """SELECT c.number, c.subject, c.customer_id, f.kind, f.due_at, a.recovered FROM surveys_answer a
           JOIN conversations_conversation c ON c.id = a.recovery_id JOIN followups_followup f ON f.conversation_id = c.id"""
    )
    assert [(row.subject, row.customer_id, row.kind, row.due_at) for row in rows] == [
        ("Recovery: Where is my bike?", world.carol, "recovery", LATER + timedelta(hours=24))
    ]
    assert db.value("SELECT count(*) FROM conversations_conversation") == 2
    follow_up = db.value("SELECT id FROM followups_followup")
    conclude_follow_up(world.person(world.ada), follow_up, outcome="satisfied", by=agent(world.ada.pk), at=LATER)
    react(LATER)
    found = answers_of_case(conversation_by_number(world.case).id)
    assert [(row.score, row.recovery_number, row.recovered) for row in found] == [(2, rows[0].number, "satisfied")]


def test_a_low_score_may_open_the_old_case_again_instead(world: World) -> None:
    with_survey(on_low="reopen")
    answered_and_resolved(world)
    answer_survey(asked(NOON), {"score": "2"}, language="en", at=LATER)
    react(LATER)
    assert db.value("SELECT count(*) FROM conversations_conversation") == 1
    assert conversation_by_number(world.case).category == "open"


def test_a_good_score_opens_nothing(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    answer_survey(asked(NOON), {"score": "5"}, language="en", at=LATER)
    react(LATER)
    assert db.value("SELECT count(*) FROM followups_followup") == 0


def test_an_answer_given_when_the_case_was_merged_meanwhile_is_kept(world: World) -> None:
    from careline.flows.merge import merge

    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    other = writes_in("The bell", text="It does not ring.", mailbox=world.mailbox, at=LATER).number
    assert other is not None
    merge(world.person(world.ben), world.case, into=other, by=agent(world.ben.pk), at=LATER)
    answer_survey(token, {"score": "4", "comment": "Fine."}, language="en", at=LATER)
    noted = db.value(
        "SELECT c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id WHERE m.form = 'survey'"
    )
    assert noted == other


def test_what_was_resolved_long_ago_or_elsewhere_is_asked_about_by_nobody(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    react(NOON + timedelta(days=3))
    assert db.value("SELECT count(*) FROM surveys_invitation") == 0


def test_a_case_that_nobody_resolved_is_not_asked_about(world: World) -> None:
    with_survey()
    casework.assign(
        casework.locked(conversation_by_number(world.case).id),
        assignee_id=world.ben.pk,
        team_id=world.front.pk,
        by=SYSTEM,
        at=NOON,
    )
    react(NOON)
    assert db.value("SELECT count(*) FROM surveys_invitation") == 0


def test_who_is_erased_leaves_scores_and_no_words(world: World) -> None:
    from careline.flows.erase_customer import erase_customer

    with_survey()
    answered_and_resolved(world)
    answer_survey(asked(NOON), {"score": "2", "comment": "My name is Carol."}, language="en", at=LATER)
    react(LATER)
    ada = world.person(world.ada)
    erase_customer(ada, world.carol, mode="anonymise", reason="asked for", by=agent(ada.id), at=LATER)
    kept = db.rows('SELECT score, comment, "values"::text AS said FROM surveys_answer')
    assert [tuple(row) for row in kept] == [(2, "", '{"score": 2}')]
    assert db.value("SELECT count(*) FROM conversations_message WHERE text LIKE '%%Carol.%%'") == 0


def test_a_rating_on_the_customers_pages_is_the_answer_and_nobody_asks_again(world: World) -> None:
    from careline.domain.customers.commands.portal import rate
    from careline.domain.history.actor import customer
    from careline.domain.history.commands import Happening, record

    with_survey()
    answered_and_resolved(world)
    react(NOON)
    case, by = conversation_by_number(world.case), customer(world.carol, via="portal")
    for score in (4, 2):
        rate(case.id, resolved_at=case.resolved_at, customer=world.carol, score=score, comment="Slow.", by=by, at=NOON)
        record(
            Happening("request.rated", "conversation", case.number, case.id, world.carol, {"score": score}),
            by=by,
            at=NOON,
        )
        react(NOON)
    react(NOON)  # of the answers that came of it
    send_due_surveys(at=NOON + WAIT)
    rows = db.rows("SELECT score, via, comment, is_low FROM surveys_answer")
    assert ([tuple(row) for row in rows], left_out()) == ([(2, "portal", "Slow.", True)], ["answered"])
    assert db.value("SELECT count(*) FROM conversations_conversation") == 2
