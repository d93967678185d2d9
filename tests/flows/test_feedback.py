"""What customers suggest and praise: recorded from a case, counted by cases, joined, answered once each."""

from datetime import timedelta

import pytest

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import cases_of_voice, reviews, voice_by_id, voices, voices_of_case
from careline.domain.history.actor import agent
from careline.domain.staff.rules import Forbidden, reach_of
from careline.domain.surveys.commands.invitations import opt_out
from careline.flows.open_case import Opening
from careline.flows.record_feedback import (
    CannotRecord,
    ReviewedBefore,
    answer_review,
    merge_feedback,
    move_feedback,
    part_feedback,
    raise_feedback,
    record_feedback,
    record_review,
    take_feedback_back,
)
from careline.flows.reply import Draft, reply
from careline.flows.tell_feedback import tell_feedback
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

BELLS = NewVoice("suggestion", "Sell louder bells")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def recorded(world: World, said: NewVoice = BELLS) -> int:
    ben = world.person(world.ben)
    return record_feedback(ben, world.case, said, by=agent(ben.id), at=NOON)


def case_of(world: World, sender: str, name: str) -> int:
    number = writes_in(
        "A bell", text=f"{name} wants a louder bell.", mailbox=world.mailbox, sender=sender, name=name
    ).number
    assert number is not None
    return number


def test_each_case_counts_once(world: World) -> None:
    key, ben, by = recorded(world), world.person(world.ben), agent(world.ben.pk)
    other = case_of(world, "dan@example.org", "Dan")
    again = [raise_feedback(ben, number, key, by=by, at=NOON) for number in (world.case, other, other)]
    assert again == [False, True, False]
    assert voice_by_id(key).votes == 2
    assert take_feedback_back(ben, other, key, by=by, at=NOON)
    assert voice_by_id(key).votes == 1


def test_what_most_cases_raise_stands_first(world: World) -> None:
    first, second = recorded(world), recorded(world, NewVoice("suggestion", "Open on Sundays"))
    raise_feedback(
        world.person(world.ben), case_of(world, "dan@example.org", "Dan"), first, by=agent(world.ben.pk), at=NOON
    )
    assert [row.id for row in voices(kind="suggestion")] == [first, second]
    assert [row.id for row in voices(kind="suggestion", after=(2, first))] == [second]


@pytest.mark.parametrize(("said", "field"), [
    (NewVoice("rumour", "Bells"), "kind"), (NewVoice("suggestion", "  "), "title"), (NewVoice("suggestion", "x" * 201), "title"),
    (NewVoice("suggestion", "Bells", "x" * 4001), "words"),
])  # fmt: skip
def test_what_cannot_be_recorded_names_its_field(world: World, said: NewVoice, field: str) -> None:
    with pytest.raises(CannotRecord) as wrong:
        recorded(world, said)
    assert wrong.value.field == field
    assert db.value("SELECT count(*) FROM followups_voice") == 0


def test_praise_reaches_the_person_named(world: World) -> None:
    ada = world.person(world.ada)
    record_feedback(
        ada, world.case, NewVoice("compliment", "Ben is quick", person=world.ben.pk), by=agent(ada.id), at=NOON
    )
    told = db.row("SELECT name, data->>'agent' AS agent FROM history WHERE name LIKE 'voice.p%%'")
    assert told is not None
    assert (told.name, int(told.agent)) == ("voice.praised", world.ben.pk)


def test_the_same_is_joined_and_a_case_that_raised_both_counts_once(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    one, other = recorded(world), recorded(world, NewVoice("suggestion", "Bells that one hears"))
    raise_feedback(ada, case_of(world, "dan@example.org", "Dan"), one, by=by, at=NOON)
    with pytest.raises(CannotRecord):
        merge_feedback(ada, one, one, by=by, at=NOON)
    merge_feedback(ada, one, other, by=by, at=NOON)
    assert (voice_by_id(other).votes, voice_by_id(one).merged_into_id) == (2, other)
    with pytest.raises(NotFound):
        raise_feedback(ada, world.case, one, by=by, at=NOON)


def test_what_was_joined_is_parted_again_with_the_cases_of_each(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    seen = reach_of(ada, "conversation:read")
    one, other, third = (
        recorded(world),
        recorded(world, NewVoice("suggestion", "Bells that one hears")),
        recorded(world, NewVoice("suggestion", "Horns")),
    )
    dans, erins = case_of(world, "dan@example.org", "Dan"), case_of(world, "erin@example.org", "Erin")
    raise_feedback(ada, dans, one, by=by, at=NOON)
    merge_feedback(ada, one, other, by=by, at=NOON)
    merge_feedback(ada, other, third, by=by, at=NOON)
    assert not raise_feedback(ada, dans, third, by=by, at=NOON), "it raised one that was joined with it"
    assert raise_feedback(ada, erins, third, by=by, at=NOON)
    assert (voice_by_id(third).votes, [row.number for row in cases_of_voice(third, seen)]) == (
        3,
        [erins, dans, world.case],
    )
    assert [row.id for row in voices_of_case(conversation_by_number(dans).id)] == [third]
    part_feedback(ada, other, by=by, at=NOON)
    votes = {key: voice_by_id(key).votes for key in (one, other, third)}
    assert votes == {one: 2, other: 2, third: 2}, "the one that was joined before goes along"
    part_feedback(ada, one, by=by, at=NOON)
    assert [sorted(row.number for row in cases_of_voice(key, seen)) for key in (one, other, third)] == [
        [world.case, dans], [world.case], [world.case, erins],
    ]  # fmt: skip
    with pytest.raises(CannotRecord):
        part_feedback(ada, one, by=by, at=NOON)
    with pytest.raises(Forbidden):
        part_feedback(world.person(world.ben), one, by=by, at=NOON)


def test_an_answer_reaches_who_raised_what_was_joined_and_parting_writes_to_nobody(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    one, other = recorded(world), recorded(world, NewVoice("suggestion", "Bells that one hears"))
    dans = case_of(world, "dan@example.org", "Dan")
    raise_feedback(ada, dans, one, by=by, at=NOON)
    merge_feedback(ada, one, other, by=by, at=NOON)
    move_feedback(ada, other, state="done", answer="Louder bells are in the shop now.", by=by, at=NOON)
    while tell_feedback(at=NOON):
        pass
    part_feedback(ada, one, by=by, at=NOON)
    assert tell_feedback(at=NOON + timedelta(days=1)) == 0
    letters = db.rows(
        """SELECT c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
           WHERE m.text = 'Louder bells are in the shop now.' ORDER BY c.number"""
    )
    assert [row.number for row in letters] == [world.case, dans]


def test_all_who_asked_are_told_once_and_nobody_who_wants_no_letters(world: World) -> None:
    ada, by, key = world.person(world.ada), agent(world.ada.pk), recorded(world)
    carols = case_of(world, "carol@example.com", "Carol")
    dans, erins = case_of(world, "dan@example.org", "Dan"), case_of(world, "erin@example.org", "Erin")
    for number in (carols, dans, erins):
        raise_feedback(ada, number, key, by=by, at=NOON)
    opt_out(conversation_by_number(erins).customer_id, by=by, at=NOON)
    move_feedback(ada, key, state="done", answer="Louder bells are in the shop now.", by=by, at=NOON)
    for _ in range(3):
        tell_feedback(at=NOON + timedelta(minutes=1))
    letters = db.rows(
        """SELECT c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
           WHERE m.text = 'Louder bells are in the shop now.' ORDER BY c.number"""
    )
    assert [row.number for row in letters] == [world.case, dans]
    states = {row.number: row.state for row in cases_of_voice(key, reach_of(ada, "conversation:read"))}
    assert states == {world.case: "written", carols: "left_out", dans: "written", erins: "left_out"}


def test_a_state_without_an_answer_writes_to_nobody(world: World) -> None:
    ada, key = world.person(world.ada), recorded(world)
    move_feedback(ada, key, state="planned", by=agent(ada.id), at=NOON)
    assert tell_feedback(at=NOON) == 0


def test_who_only_works_on_cases_does_not_decide(world: World) -> None:
    key, ben = recorded(world), world.person(world.ben)
    with pytest.raises(Forbidden):
        move_feedback(ben, key, state="done", by=agent(ben.id), at=NOON)
    assert voice_by_id(key).state == "new"


def test_a_public_review_is_a_case_once(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    url = "https://reviews.example/1"
    opening = Opening(
        "incoming",
        channels(kind="email")[0],
        sender=Recipient("dan@example.org", "Dan"),
        subject="Review",
        text="Late, but kind.",
    )
    number = record_review(ada, opening, source="google", url=url, author="Dan", stars=3, by=by, at=NOON)
    with pytest.raises(ReviewedBefore):
        record_review(ada, opening, source="google", url=url, author="Dan", stars=3, by=by, at=NOON)
    with pytest.raises(CannotRecord):
        record_review(ada, opening, source="google", url="javascript:alert(1)", stars=3, by=by, at=NOON)
    found = reviews(reach_of(ada, "conversation:read"))
    assert [(row.number, row.stars, row.source, row.url, row.author) for row in found] == [
        (number, 3, "google", url, "Dan")
    ]
    assert reviews(reach_of(world.person(world.cleo), "conversation:read")) == []


def test_a_review_that_nobody_can_be_written_to_about_is_answered_where_it_stands(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    opening = Opening("note", channels(kind="email")[0], subject="Review", text="Late, but kind.")
    number = record_review(
        ada, opening, source="google", url="https://reviews.example/2", author="Dan", stars=2, by=by, at=NOON
    )
    seen = reach_of(ada, "conversation:read")
    assert [(row.number, row.answered_at) for row in reviews(seen)] == [(number, None)]
    for text, at in (
        ("Sorry, Dan: it leaves today.", NOON + timedelta(hours=1)),
        ("It left.", NOON + timedelta(hours=2)),
    ):
        answer_review(ada, number, text=text, by=by, at=at)
    assert [row.answered_at for row in reviews(seen)] == [NOON + timedelta(hours=1)], "the first answer counts"
    case = conversation_by_number(number)
    notes = [(m.kind, m.visibility, m.text) for m in messages_of(case.id)]
    assert notes == [
        ("note", "staff", "Late, but kind."),
        ("note", "staff", "Sorry, Dan: it leaves today."),
        ("note", "staff", "It left."),
    ]
    assert db.value("SELECT count(*) FROM conversations_delivery") == 0, "nothing leaves the house"
    for wrong in ("  ", "x" * 4001):
        with pytest.raises(CannotRecord):
            answer_review(ada, number, text=wrong, by=by, at=NOON)
    with pytest.raises(NotFound):
        answer_review(ada, world.case, text="Which review?", by=by, at=NOON)
    with pytest.raises(NotFound):
        answer_review(world.person(world.cleo), world.case, text="Mine?", by=by, at=NOON)


def test_an_answer_by_mail_answers_a_review_too(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    sender = Recipient("dan@example.org", "Dan")
    opening = Opening("incoming", channels(kind="email")[0], sender=sender, subject="Review", text="Late, but kind.")
    number = record_review(ada, opening, source="google", author="Dan", stars=2, by=by, at=NOON)
    reply(ada, number, Draft("Sorry, Dan.", hold_seconds=0), by=by, at=NOON + timedelta(hours=1))
    assert [row.answered_at for row in reviews(reach_of(ada, "conversation:read"))] == [NOON + timedelta(hours=1)]
