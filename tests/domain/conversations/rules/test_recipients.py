"""To whom an answer goes."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.rules.recipients import Person, Recipients, answer_to

CAROL, DAN, ERIN = Person("carol@example.com", "Carol"), Person("dan@example.org"), Person("erin@example.net")
US = Person("Support@Northwind.example")


def answer(**asked: Any) -> Recipients:
    """An answer to a case of Carol's with Dan on it, from our mailbox."""
    usual = {"requester": CAROL, "reply_to": [], "others": [CAROL, DAN], "own": ["support@northwind.example"]}
    return answer_to(**(usual | {"everybody": True} | asked))


def test_an_answer_goes_to_the_requester_with_everybody_else_in_copy() -> None:
    assert answer() == Recipients(to=(CAROL,), cc=(DAN,))


def test_an_answer_to_one_leaves_the_others_out() -> None:
    assert answer(everybody=False) == Recipients(to=(CAROL,))


def test_who_asks_for_answers_elsewhere_gets_them_there_and_drops_out_of_nothing() -> None:
    assert answer(reply_to=[ERIN]) == Recipients(to=(ERIN,), cc=(CAROL, DAN))
    assert answer(reply_to=[ERIN], everybody=False) == Recipients(to=(ERIN,))


def test_our_own_addresses_never_receive_our_answers() -> None:
    assert answer(reply_to=[US, ERIN], others=[US, DAN]) == Recipients(to=(ERIN,), cc=(CAROL, DAN))


def test_nobody_receives_an_answer_twice_however_the_address_is_written() -> None:
    assert answer(others=[Person("CAROL@example.com"), DAN, DAN]) == Recipients(to=(CAROL,), cc=(DAN,))


def test_a_case_without_anybody_outside_names_nobody() -> None:
    assert answer(requester=None, others=[]).everyone == ()
