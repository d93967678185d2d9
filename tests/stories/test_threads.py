"""Which case a mail belongs to: by references in any order, never by a guess."""

import random

import pytest

from tests.stories.desk import CAROL, DAN, MALLORY, SUPPORT, Desk, mail

FIRST, SECOND, THIRD, FOURTH = (f"<{n}@mail.example>" for n in ("first", "second", "third", "fourth"))


def test_an_answer_joins_the_case_of_what_it_answers(desk: Desk) -> None:
    opened = desk.comes(mail(named=FIRST))
    joined = desk.comes(mail(named=SECOND, answers=[FIRST], subject="Re: something else"))
    assert (opened.outcome, joined.outcome, joined.number) == ("opened", "joined", opened.number)


def test_the_same_subject_alone_joins_nothing(desk: Desk) -> None:
    first = desk.comes(mail(named=FIRST))
    second = desk.comes(mail(named=SECOND, subject="Re: The bell"))
    assert (second.outcome, second.number == first.number) == ("opened", False)


def test_a_parent_that_comes_late_joins_its_answer(desk: Desk) -> None:
    child = desk.comes(mail(DAN, named=SECOND, answers=[FIRST], cc=[CAROL]))
    parent = desk.comes(mail(named=FIRST, cc=[DAN]))
    assert (parent.outcome, parent.number) == ("joined", child.number)


def test_two_answers_before_their_parent_come_together_with_it(desk: Desk) -> None:
    one = desk.comes(mail(named=SECOND, answers=[FIRST]))
    desk.comes(mail(named=FOURTH, answers=[THIRD], text="And the light?"))
    joining = desk.comes(mail(named=THIRD, answers=[FIRST], text="The bell and the light."))
    assert joining.number == one.number
    assert desk.open_cases() == 1
    assert desk.cases_by_mail() == {str(one.number): {SECOND, THIRD, FOURTH}}
    assert desk.case(one.number).message_count == 3


def test_cases_somebody_works_on_are_not_drawn_together(desk: Desk) -> None:
    one = desk.comes(mail(named=SECOND, answers=[FIRST]))
    other = desk.comes(mail(named=FOURTH, answers=[THIRD], text="And the light?"))
    desk.answers(other.number)
    desk.comes(mail(named=THIRD, answers=[FIRST], text="The bell and the light."))
    assert desk.open_cases() == 2
    assert desk.case(other.number).merged_into_id is None
    assert desk.case(one.number).message_count == 2


@pytest.mark.parametrize("seed", range(4))
def test_threads_are_right_in_any_order_of_arrival(desk: Desk, seed: int) -> None:
    threads_are_right(desk, random.Random(seed), mails=60, threads=9)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(3))
def test_five_hundred_mails_in_any_order_find_their_threads(desk: Desk, seed: int) -> None:
    threads_are_right(desk, random.Random(seed), mails=500, threads=60)


def threads_are_right(desk: Desk, chance: random.Random, *, mails: int, threads: int) -> None:
    """Trees of mails between two people each; some programs name all ancestors, some only the parent."""
    ancestors: dict[str, list[str]] = {}
    expected: dict[int, set[str]] = {}
    raws = []
    for number in range(mails):
        thread, named = number % threads, f"<{number}.{chance.getrandbits(32):x}@mail.example>"
        earlier = sorted(expected.setdefault(thread, set()))
        parent = chance.choice(earlier) if earlier else ""
        ancestors[named] = [*ancestors[parent], parent] if parent else []
        expected[thread].add(named)
        answers = ancestors[named] if chance.random() < 0.7 else ancestors[named][-1:]
        people = [f"{name}{thread}@example.com" for name in ("carol", "dan")]
        chance.shuffle(people)
        raws.append(mail(people[0], named=named, answers=answers, to=[SUPPORT, people[1]], text=f"Mail {number}."))
    chance.shuffle(raws)
    desk.comes(*raws)
    assert sorted(map(sorted, desk.cases_by_mail().values())) == sorted(map(sorted, expected.values()))
    assert desk.open_cases() == threads


def test_a_stranger_with_a_guessed_id_gets_a_case_of_their_own_with_a_hint(desk: Desk) -> None:
    opened = desk.comes(mail(named=FIRST))
    guessed = desk.comes(mail(MALLORY, named=SECOND, answers=[FIRST], text="What is her address?"))
    assert (guessed.outcome, guessed.number == opened.number) == ("opened", False)
    assert desk.case(guessed.number).hint == {"case": opened.number, "why": "guessed_reference"}
    assert [said.external_id for said in desk.said_in(opened.number)] == [FIRST]
    assert desk.people_on(opened.number) == {CAROL: "active"}


def test_a_stranger_with_our_signed_id_is_shown_and_receives_nothing_until_admitted(desk: Desk) -> None:
    from careline.domain.conversations.queries.cases import participants_of
    from careline.flows.admit import admit
    from tests.stories.desk import LATER

    opened = desk.comes(mail(named=FIRST))
    ours = desk.name_of(desk.answers(opened.number).message)
    joined = desk.comes(mail(MALLORY, named=SECOND, answers=[FIRST, ours], text="I am her sister."))
    assert (joined.outcome, joined.number) == ("joined", opened.number)
    assert desk.people_on(opened.number) == {CAROL: "active", MALLORY: "suggested"}
    assert desk.would_receive(opened.number) == [CAROL]
    assert desk.case(opened.number).category == "open"

    (suggested,) = (p.id for p in participants_of(desk.case(opened.number).id) if p.value == MALLORY)
    admit(desk.ada, opened.number, suggested, welcome=True, by=desk.by, at=LATER)
    assert desk.would_receive(opened.number) == [CAROL, MALLORY]
