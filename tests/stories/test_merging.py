"""Cases are merged, and parted again: everything goes along, nobody is mailed, and whatever came since finds its way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.conversations.commands import drafts, labels
from careline.domain.conversations.errors import MergedAway, NotFound, Refused
from careline.domain.conversations.queries.cases import drafts_of
from careline.domain.conversations.queries.checklists import steps_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.rules.checklists import Step
from careline.domain.staff.rules import Forbidden, narrowed_to
from careline.flows.change import Change, change
from careline.flows.checklist import add_steps, tick
from careline.flows.follow import follow
from careline.flows.merge import Merged, merge, merge_all
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.flows.restrict import restrict
from careline.flows.split import split
from careline.flows.take_back import take_back
from careline.flows.unmerge import unmerge
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, Desk, all_at_once, mail

FIRST, SECOND, THIRD = (f"<{n}@mail.example>" for n in ("first", "second", "third"))
MUCH_LATER = LATER + timedelta(hours=5)


def two(desk: Desk) -> tuple[int, int]:
    """Carol's case and Dan's."""
    one = desk.comes(mail(named=FIRST, text="It does not ring.")).number
    other = desk.comes(mail(DAN, named=SECOND, text="Mine neither.", subject="My bell")).number
    assert one and other
    return one, other


def merges(desk: Desk, absorbed: int, into: int) -> Merged:
    return merge(desk.ada, absorbed, into, by=desk.by, at=LATER)


def parts(desk: Desk, number: int, key: int) -> None:
    unmerge(desk.ada, number, key, by=desk.by, at=MUCH_LATER)


def said(desk: Desk, number: int) -> list[str]:
    return [row.external_id or row.text for row in messages_of(desk.case(number).id)]


def as_it_stands(desk: Desk, number: int) -> dict[str, object]:
    case = desk.case(number)._asdict()
    return {name: value for name, value in case.items() if name not in ("version", "updated_at")}


def test_everything_goes_along_and_nobody_is_mailed(desk: Desk) -> None:
    carols, dans = two(desk)
    labels.tag(desk.case(dans), names=["bell"], by=desk.by, at=LATER)
    follow(desk.ben, dans, desk.ben.id, by=desk.by, at=LATER)
    merges(desk, dans, carols)
    case = desk.case(carols)
    assert said(desk, carols) == [FIRST, SECOND]
    assert desk.people_on(carols) == {CAROL: "active", DAN: "active"}
    assert [tag.name for tag in db.rows("SELECT name FROM conversations_tag WHERE id = ANY(%s)", [case.tag_ids])] == [
        "bell"
    ]
    assert (case.follower_ids, case.message_count, case.last_snippet) == ([desk.ben.id], 2, "Mine neither.")
    assert desk.sends() == 0


def test_an_unmerge_puts_both_back_as_they_stood(desk: Desk) -> None:
    carols, dans = two(desk)
    labels.tag(desk.case(dans), names=["bell"], by=desk.by, at=LATER)
    change(desk.ada, dans, Change(snoozed_until=MUCH_LATER + timedelta(days=1)), by=desk.by, at=LATER)
    resolve(desk.ada, carols, by=desk.by, at=LATER)
    before = [as_it_stands(desk, number) for number in (carols, dans)]
    people = [desk.people_on(number) for number in (carols, dans)]
    done = merges(desk, dans, carols)
    assert desk.case(carols).category == "open"
    parts(desk, carols, done.key)
    assert [as_it_stands(desk, number) for number in (carols, dans)] == before
    assert [desk.people_on(number) for number in (carols, dans)] == people


def test_what_came_by_the_absorbed_thread_since_goes_back_with_it(desk: Desk) -> None:
    carols, dans = two(desk)
    done = merges(desk, dans, carols)
    joined = desk.comes(mail(DAN, named=THIRD, answers=[SECOND], text="Any news?"))
    ours = desk.answers(carols, everybody=True)
    assert joined.number == carols
    parts(desk, carols, done.key)
    assert said(desk, dans) == [SECOND, THIRD]
    assert said(desk, carols) == [FIRST, desk.name_of(ours.message)]
    assert (desk.case(dans).category, desk.case(dans).last_snippet) == ("open", "Any news?")
    assert desk.comes(mail(DAN, named="<4@mail.example>", answers=[SECOND, THIRD])).number == dans


def test_after_an_unmerge_each_answer_finds_the_case_of_what_it_answers(desk: Desk) -> None:
    carols, dans = two(desk)
    done = merges(desk, dans, carols)
    ours = desk.name_of(desk.answers(carols, everybody=True).message)
    parts(desk, carols, done.key)
    both = desk.comes(mail(DAN, named="<4@mail.example>", answers=[FIRST, SECOND, ours]))
    own = desk.comes(mail(DAN, named="<5@mail.example>", answers=[FIRST, ours, SECOND]))
    assert (both.number, own.number) == (carols, dans)


def test_a_chain_is_undone_in_the_middle(desk: Desk) -> None:
    carols, dans = two(desk)
    third = desk.comes(mail("erin@example.net", named=THIRD)).number
    inner = merges(desk, dans, third)
    outer = merges(desk, third, carols)
    parts(desk, carols, inner.key)
    assert (said(desk, dans), said(desk, carols)) == ([SECOND], [FIRST, THIRD])
    assert desk.people_on(carols) == {CAROL: "active", "erin@example.net": "active"}
    parts(desk, carols, outer.key)
    assert (said(desk, third), said(desk, carols)) == ([THIRD], [FIRST])
    assert desk.people_on(third) == {"erin@example.net": "active"}


def steps(desk: Desk, number: int) -> list[tuple[str, bool]]:
    return [(row.text, row.done_at is not None) for row in steps_of(desk.case(number).id)]


def lays_down(desk: Desk, number: int, *words: str) -> None:
    add_steps(desk.ada, number, steps=[Step(word, is_required=True) for word in words], by=desk.by, at=LATER)


def test_the_steps_of_a_checklist_go_along_and_come_back_as_they_stand_by_then(desk: Desk) -> None:
    carols, dans = two(desk)
    lays_down(desk, carols, "Look at the bell")
    lays_down(desk, dans, "Ask for a photo", "Weigh it")
    key = merges(desk, dans, carols).key
    assert steps(desk, carols) == [("Look at the bell", False), ("Ask for a photo", False), ("Weigh it", False)]
    assert (desk.case(carols).open_duties, desk.case(dans).open_duties) == (3, 0)
    tick(desk.ada, carols, steps_of(desk.case(carols).id)[1].id, is_done=True, by=desk.by, at=LATER)
    parts(desk, carols, key)
    assert (steps(desk, carols), steps(desk, dans)) == (
        [("Look at the bell", False)], [("Ask for a photo", True), ("Weigh it", False)],
    )  # fmt: skip
    assert (desk.case(carols).open_duties, desk.case(dans).open_duties) == (1, 1)
    with pytest.raises(Refused, match="checklist"):
        resolve(desk.ada, dans, by=desk.by, at=MUCH_LATER)


def test_steps_of_a_chain_come_back_to_the_case_they_are_of(desk: Desk) -> None:
    carols, dans = two(desk)
    lays_down(desk, desk.first, "First")
    lays_down(desk, carols, "Carol's")
    lays_down(desk, dans, "Dan's")
    inner = merges(desk, dans, carols).key
    outer = merges(desk, carols, desk.first).key
    assert steps(desk, desk.first) == [("First", False), ("Carol's", False), ("Dan's", False)]
    parts(desk, desk.first, inner)
    assert (steps(desk, dans), len(steps(desk, desk.first))) == ([("Dan's", False)], 2)
    merges(desk, dans, desk.first)
    parts(desk, desk.first, outer)
    assert (steps(desk, carols), steps(desk, desk.first)) == (
        [("Carol's", False)],
        [("First", False), ("Dan's", False)],
    )


def test_two_who_merge_crosswise_make_one_case_and_one_gets_a_clear_sentence(busy_desk: Desk) -> None:
    one, other = two(busy_desk)
    results = all_at_once(lambda: merges(busy_desk, one, other), lambda: merges(busy_desk, other, one))
    (won,) = [r for r in results if isinstance(r, Merged)]
    (lost,) = [r for r in results if not isinstance(r, Merged)]
    assert isinstance(lost, MergedAway)
    assert str(lost) == f"Case {won.absorbed} is a part of case {won.into} now: go on there."
    assert sorted(said(busy_desk, won.into)) == sorted([FIRST, SECOND])


def test_a_mail_and_a_merge_at_once_lose_nothing(busy_desk: Desk) -> None:
    carols, dans = two(busy_desk)
    answer = mail(DAN, named=THIRD, answers=[SECOND])
    results = all_at_once(lambda: merges(busy_desk, dans, carols), lambda: busy_desk.comes(answer))
    assert [r for r in results if isinstance(r, Exception)] == []
    assert sorted(said(busy_desk, carols)) == sorted([FIRST, SECOND, THIRD])
    assert said(busy_desk, dans) == []


def test_what_is_on_hold_goes_along_and_can_still_be_taken_back(desk: Desk) -> None:
    carols, dans = two(desk)
    held = reply(desk.ada, dans, Draft(text="Soon."), by=desk.by, at=LATER).message
    merges(desk, dans, carols)
    state = desk.case(carols).category
    take_back(desk.ada, carols, held, by=desk.by, at=LATER)
    assert (desk.delivery(held), desk.case(carols).category, desk.case(carols).message_count) == ("cancelled", state, 2)


def test_what_was_begun_in_both_is_kept(desk: Desk) -> None:
    carols, dans = two(desk)
    for number, text in ((carols, "Dear Carol"), (dans, "Dear Dan")):
        drafts.keep(
            agent=desk.ada.id, conversation=desk.case(number).id, kind="reply", content={"text": text}, at=LATER
        )
    drafts.keep(agent=desk.ben.id, conversation=desk.case(dans).id, kind="note", content={"text": "Hm"}, at=LATER)
    done = merges(desk, dans, carols)
    case, absorbed = desk.case(carols).id, desk.case(dans).id
    assert drafts_of(case, agent=desk.ada.id)["reply"]["text"] == "Dear Carol\n\nDear Dan"
    assert drafts_of(case, agent=desk.ben.id)["note"]["text"] == "Hm"
    parts(desk, carols, done.key)
    assert drafts_of(absorbed, agent=desk.ben.id)["note"]["text"] == "Hm"


def test_several_of_a_list_go_into_one_or_none_does(desk: Desk) -> None:
    carols, dans = two(desk)
    merge_all(desk.ada, [desk.first, carols, dans], carols, by=desk.by, at=LATER)
    assert desk.case(carols).message_count == 3
    with pytest.raises(MergedAway):
        merge_all(desk.ada, [desk.comes(mail(named=THIRD)).number or 0, dans], carols, by=desk.by, at=LATER)
    assert desk.case(carols).message_count == 3
    with pytest.raises(Refused):
        merge_all(desk.ada, [carols], carols, by=desk.by, at=LATER)


def test_the_verb_is_needed_on_both_cases(desk: Desk) -> None:
    carols, dans = two(desk)
    cleo = desk.world.person(desk.world.cleo)
    change(desk.ada, dans, Change(team=desk.world.back.pk), by=desk.by, at=LATER)
    for who, into in ((desk.ben, dans), (cleo, carols)):
        with pytest.raises(NotFound):
            merge(who, carols if into == dans else dans, into, by=desk.by, at=LATER)
    reader = narrowed_to(desk.ada, frozenset({"conversation:read"}))
    with pytest.raises(Forbidden):
        merge(reader, carols, dans, by=desk.by, at=LATER)
    assert desk.case(dans).merged_into_id is None


def test_a_merge_never_shows_a_restricted_case_to_others(desk: Desk) -> None:
    carols, dans = two(desk)
    restrict(desk.ada, dans, [], by=desk.by, at=LATER)
    with pytest.raises(Refused):
        merges(desk, dans, carols)
    assert said(desk, carols) == [FIRST]


def test_nothing_more_is_written_into_a_case_that_went_into_another(desk: Desk) -> None:
    carols, dans = two(desk)
    done = merges(desk, dans, carols)
    with pytest.raises(MergedAway):
        note(desk.ada, dans, text="Hm", by=desk.by, at=LATER)
    with pytest.raises(Refused):
        merges(desk, dans, carols)
    parts(desk, dans, done.key)
    with pytest.raises(Refused):
        parts(desk, carols, done.key)


def test_split_messages_become_a_case_to_which_their_answers_come(desk: Desk) -> None:
    carols, _ = two(desk)
    desk.comes(mail(named=THIRD, answers=[FIRST], text="And the light?", cc=[DAN]))
    third = messages_of(desk.case(carols).id)[1].id
    made = split(desk.ada, carols, [third], by=desk.by, at=LATER)
    assert (said(desk, carols), said(desk, made)) == ([FIRST], [THIRD])
    assert desk.people_on(made) == {CAROL: "active", DAN: "active"}
    assert (desk.case(made).category, desk.case(made).last_snippet) == ("open", "And the light?")
    assert desk.comes(mail(named="<4@mail.example>", answers=[FIRST, THIRD])).number == made
    assert desk.comes(mail(named="<5@mail.example>", answers=[FIRST])).number == carols
    merges(desk, made, carols)
    assert sorted(said(desk, carols)) == sorted([FIRST, THIRD, "<4@mail.example>", "<5@mail.example>"])


def test_not_every_message_can_be_split_off_nor_those_of_others(desk: Desk) -> None:
    carols, dans = two(desk)
    ours, theirs = (messages_of(desk.case(number).id)[0].id for number in (carols, dans))
    for wanted in ([ours], [theirs], []):
        with pytest.raises(Refused):
            split(desk.ada, carols, wanted, by=desk.by, at=LATER)


def test_a_case_that_somebody_merged_by_hand_is_drawn_into_no_other_by_a_mail(desk: Desk) -> None:
    carols = desk.comes(mail(named=FIRST)).number
    dans = desk.comes(mail(DAN, named=SECOND, answers=[FIRST])).number
    another = desk.comes(mail(named=THIRD, subject="My lamp", text="It is dark.")).number
    assert len({carols, dans, another}) == 3, "a stranger in a thread has a case of their own"
    merges(desk, another, dans)
    more = desk.comes(mail(text="And now it rattles.", answers=[FIRST]))
    assert (more.number, desk.case(dans).merged_into_id) == (carols, None)


def test_who_was_a_stranger_is_answered_in_the_case_that_was_split_off_for_them(desk: Desk) -> None:
    carols = desk.comes(mail(named=FIRST)).number
    answer = desk.answers(carols)
    got = desk.comes(mail(DAN, named=SECOND, answers=[desk.name_of(answer.message)], text="Me too."))
    assert (got.number, desk.people_on(carols)[DAN]) == (carols, "suggested")
    made = split(desk.ada, carols, [got.message], by=desk.by, at=LATER)
    assert desk.would_receive(made) == [DAN]
    assert desk.would_receive(carols) == [CAROL]
