"""Which case a message goes to, once the cases it touches are known."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.rules.threads import Candidate, Place, place_of


def case(number: int, **known: Any) -> Candidate:
    """A case of somebody else that somebody has worked on, unless it is said otherwise."""
    said = {"takes_part": False, "is_signed": False, "is_untouched": False} | known
    return Candidate(conversation=number * 100, number=number, **said)


def test_a_mail_that_touches_no_case_opens_one() -> None:
    assert place_of([]) == Place()


def test_an_answer_goes_to_the_case_its_writer_takes_part_in() -> None:
    assert place_of([case(12, takes_part=True)]) == Place(1200)


def test_a_guessed_reference_to_the_case_of_others_earns_a_hint_and_no_way_in() -> None:
    assert place_of([case(15), case(12)]) == Place(hint=12)


def test_a_case_the_writer_takes_part_in_goes_before_older_ones_of_others() -> None:
    assert place_of([case(12), case(15, takes_part=True)]) == Place(1500)


def test_a_stranger_who_bears_our_token_is_let_in_as_a_stranger() -> None:
    assert place_of([case(12, is_signed=True)]) == Place(1200, is_stranger=True)


def test_our_token_wins_over_an_older_case_and_draws_nothing_in() -> None:
    signed = case(15, takes_part=True, is_signed=True)
    assert place_of([case(12, takes_part=True, is_untouched=True), signed]) == Place(1500)


def test_a_parent_that_comes_late_draws_the_younger_cases_of_its_people_into_the_oldest() -> None:
    touched = [case(n, takes_part=True, is_untouched=True) for n in (15, 12, 19)]
    assert place_of(touched) == Place(1200, absorbed=(1500, 1900))


def test_a_case_that_somebody_has_worked_on_is_never_drawn_in() -> None:
    touched = [case(12, takes_part=True), case(15, takes_part=True), case(19, takes_part=True, is_untouched=True)]
    assert place_of(touched) == Place(1200, absorbed=(1900,))


def test_another_message_under_the_same_id_is_doubtful_wherever_it_goes() -> None:
    assert place_of([case(12, takes_part=True, bears_same_id=True)]) == Place(1200, is_doubtful=True)
    assert place_of([case(12, bears_same_id=True)]) == Place(hint=12, is_doubtful=True)
