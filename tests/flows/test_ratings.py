"""Ratings of chats and on the customers' pages are answers of the survey: once, with what they set off; rates are of those asked."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from careline.domain.chats.commands import rate
from careline.domain.chats.models import Thread, Visitor
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.customers.rules.portal import Viewer
from careline.domain.history.actor import customer
from careline.domain.staff.rules import reach_of
from careline.domain.surveys.queries.answers import asked_between, scores_between
from careline.entrypoints.web.surveys.listing import rate_words
from careline.flows.answer_survey import answer_survey
from careline.flows.rate_request import rate_request
from careline.flows.send_survey import send_due_surveys
from careline.kit import db
from tests.flows.asking import WAIT, answered_and_resolved, asked, left_out, react, with_survey
from tests.world import NOON, World, make_world, writes_in

LATER = NOON + timedelta(hours=2)
SPAN = {"since": NOON - timedelta(days=1), "until": NOON + timedelta(days=9)}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def talk(world: World, *, started_at: datetime = NOON - timedelta(minutes=30), number: int | None = None) -> Thread:
    """A talk of Carol on the site, which is the case."""
    visitor = Visitor.objects.create(
        channel_id=world.mailbox.id, key=f"v{number}", digest=f"{number}", customer_id=world.carol, created_at=started_at, seen_at=started_at
    )  # fmt: skip
    return Thread.objects.create(
        visitor=visitor, channel_id=world.mailbox.id, conversation_id=conversation_by_number(number or world.case).id, key=f"t{number}",
        first_client_id="1", started_at=started_at, seen_at=started_at,
    )  # fmt: skip


def rated(world: World, thread: Thread, score: int, *, comment: str = "", at: datetime = NOON) -> None:
    rate(thread, score=score, comment=comment, by=customer(world.carol, via="chat"), at=at)
    react(at)


def kept() -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in db.rows(
            "SELECT score, via, kind, comment, is_low, survey_id IS NOT NULL FROM surveys_answer ORDER BY id"
        )
    ]


def test_a_rated_chat_is_an_answer_and_its_customer_is_not_asked_by_mail(world: World) -> None:
    with_survey()
    thread = talk(world)
    answered_and_resolved(world)
    rated(world, thread, 4, comment="Quick.", at=NOON + timedelta(minutes=1))
    send_due_surveys(at=NOON + WAIT)
    assert (kept(), left_out()) == ([(4, "chat", "csat", "Quick.", False, True)], ["answered"])


def test_a_chat_rated_twice_counts_once_with_the_last_word(world: World) -> None:
    with_survey()
    thread = talk(world)
    for score in (5, 1, 1):
        rated(world, thread, score, comment="Nobody came.")
    react(NOON)
    assert kept() == [(1, "chat", "csat", "Nobody came.", True, True)]
    assert db.value("SELECT count(*) FROM conversations_conversation") == 2, (
        "one recovery case, however often it is told"
    )


def test_a_rating_without_a_fitting_survey_is_kept_and_sets_off_nothing(world: World) -> None:
    with_survey(kind="nps", low_at_most=6)
    rated(world, talk(world), 1)
    assert kept() == [(1, "chat", "csat", "", False, False)]
    assert db.value("SELECT count(*) FROM conversations_conversation") == 1


def test_two_talks_of_one_case_are_two_answers(world: World) -> None:
    rated(world, talk(world), 2)
    second = talk(world, started_at=NOON, number=world.case)
    rated(world, second, 5)
    assert [row[0] for row in kept()] == [2, 5]


def test_a_request_rated_again_within_the_day_is_one_answer_and_after_a_letter_the_letters(world: World) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    viewer = Viewer(world.carol, "Carol", (world.carol,), ("carol@example.com",))
    rate_request(viewer, world.case, score=3, comment="", at=LATER)
    react(LATER)
    answer_survey(token, {"score": "5"}, language="en", at=LATER)
    assert kept() == [(5, "mail", "csat", "", False, True)]
    assert db.value("SELECT state FROM surveys_invitation") == "answered"


def test_who_rated_unasked_is_a_score_and_no_response(world: World) -> None:
    with_survey()
    reach = reach_of(world.person(world.ada), "survey:read")
    rated(world, talk(world), 4)
    second = writes_in(
        "The bell", text="It does not ring.", mailbox=world.mailbox, sender="dan@example.org", name="Dan"
    ).number
    answered_and_resolved(world, number=second)
    assert asked(NOON)
    assert [tuple(row) for row in scores_between(reach, **SPAN)] == [("csat", 4, 1)]
    assert [tuple(row) for row in asked_between(reach, **SPAN)] == [("csat", 1, 0)]


@pytest.mark.parametrize(("asked_n", "answered", "words"), [
    (0, 0, ""), (4, 1, "1 of 4 asked by mail have answered: between 4.6 % and 70 %, of so few"),
    (40, 12, "12 of 40 asked by mail have answered: 30 % (18 % to 45 %)"), (10, 0, "0 of 10 asked by mail have answered: 0 % (0 % to 28 %)"),
])  # fmt: skip
def test_a_response_rate_says_how_sure_it_is(asked_n: int, answered: int, words: str) -> None:
    assert rate_words(SimpleNamespace(asked=asked_n, answered=answered)).replace("\u00a0", " ") == words


def test_nobody_asked_is_no_rate() -> None:
    assert rate_words(None) == ""
