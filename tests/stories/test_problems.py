"""One cause, many customers: their cases are tied to it, told together, and resolved with one answer."""

from datetime import timedelta

import pytest

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.queries.problems import cases_of_problem, known_issue_of, problem_by_id, problems
from careline.domain.staff.rules import Forbidden, reach_of
from careline.flows.bulk_change import carry_on, end_bulk_change
from careline.flows.keep_problem import ProblemSaid, add_problem, change_problem, resolve_problem
from careline.flows.resolve import resolve
from careline.flows.tell_affected import News, first_letters, tell_affected
from careline.flows.tie_to_problem import refuse_problem, tie_to_problem
from careline.kit import db
from tests.stories.desk import LATER, Desk, mail

PAYING = ProblemSaid("The payment page does not load", "The bank is on it.", "payment page, checkout")


@pytest.fixture
def problem(desk: Desk) -> int:
    return add_problem(desk.ada, PAYING, by=desk.by, at=LATER)


def writes(desk: Desk, *senders: str, subject: str = "I cannot pay") -> list[int]:
    return [desk.comes(mail(f"{name} <{name.lower()}@example.org>", subject=subject)).number for name in senders]


def works_off(at=LATER) -> None:
    while carry_on(at=at):
        pass


def test_a_new_case_with_its_words_is_asked_about_it_until_somebody_says_no(desk: Desk, problem: int) -> None:
    (paying,), (ringing,) = writes(desk, "Dan", subject="Your PAYMENT  page"), writes(desk, "Eve", subject="My bell")
    assert known_issue_of(conversation_by_number(ringing)) is None
    assert known_issue_of(conversation_by_number(paying)).id == problem
    (checkout,) = writes(desk, "Fay", subject="Stuck at Checkout")
    asked = known_issue_of(conversation_by_number(checkout))
    assert (asked.id, asked.title, asked.is_tied) == (problem, PAYING.title, False)
    refuse_problem(desk.ada, checkout, problem, by=desk.by, at=LATER)
    assert known_issue_of(conversation_by_number(checkout)) is None


def test_its_cases_stand_together_and_each_change_is_in_their_history(desk: Desk, problem: int) -> None:
    numbers = writes(desk, "Dan", "Eve", "Fay")
    assert tie_to_problem(desk.ada, numbers, problem, by=desk.by, at=LATER) == 3
    assert tie_to_problem(desk.ada, numbers[:2], problem, by=desk.by, at=LATER) == 0
    assert tie_to_problem(desk.ada, numbers[2:], None, by=desk.by, at=LATER) == 1
    reach = reach_of(desk.ada, "conversation:read")
    assert [row.number for row in cases_of_problem(problem, reach)] == numbers[:2]
    shown = problem_by_id(problem, reach)
    assert (shown.cases, shown.open_cases, shown.customers) == (2, 2, 2)
    assert db.value("SELECT count(*) FROM history WHERE name = 'conversation.problem_changed'") == 4


def test_all_are_told_with_their_own_words_and_resolved_when_it_is_over(desk: Desk, problem: int) -> None:
    dan, eve, fay = writes(desk, "Dan", "Eve", "Fay")
    tie_to_problem(desk.ada, [dan, eve, fay], problem, by=desk.by, at=LATER)
    resolve(desk.ada, fay, by=desk.by, at=LATER)
    news = News("Dear {{customer.first_name|customer}}, it works again (case {{case.number}}).", is_over=True)
    letters = first_letters(desk.ada, problem, news)
    assert [(shown["number"], shown["to"]) for shown in letters] == [
        (dan, ["dan@example.org"]),
        (eve, ["eve@example.org"]),
    ]
    tell_affected(desk.ada, problem, news, by=desk.by, at=LATER)
    works_off()
    said = {number: messages_of(conversation_by_number(number).id)[-1].text for number in (dan, eve, fay)}
    assert said[dan] == f"Dear Dan, it works again (case {dan})."
    assert said[eve] == f"Dear Eve, it works again (case {eve})."
    assert said[fay] == "It does not ring."
    assert desk.sends(at=LATER + timedelta(minutes=5)) == 2
    assert [conversation_by_number(number).category for number in (dan, eve, fay)] == ["resolved"] * 3
    assert problems(reach_of(desk.ada, "conversation:read"), is_open=True) == []


def test_what_was_told_to_all_can_be_taken_back_from_all(desk: Desk, problem: int) -> None:
    numbers = writes(desk, "Dan", "Eve")
    tie_to_problem(desk.ada, numbers, problem, by=desk.by, at=LATER)
    bulk = tell_affected(desk.ada, problem, News("We are on it."), by=desk.by, at=LATER)
    works_off()
    end_bulk_change(desk.ada, bulk, by=desk.by, at=LATER + timedelta(seconds=3))
    works_off(at=LATER + timedelta(seconds=3))
    assert desk.sends(at=LATER + timedelta(minutes=5)) == 0
    assert [conversation_by_number(number).category for number in numbers] == ["open", "open"]


@pytest.mark.parametrize(
    ("title", "words", "sentence"),
    [
        (" ", "", "A problem needs a title: agents see it above the cases it caused."),
        ("x" * 201, "", "A title has at most 200 letters."),
        ("Paying", "ab", "'ab': a word by which cases are known has 3 to 100 letters."),
        ("Paying", ", ".join(f"word {n}" for n in range(31)), "Give at most 30 words."),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence_and_changes_nothing(
    desk: Desk, problem: int, title: str, words: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        change_problem(desk.ada, problem, ProblemSaid(title, "", words), by=desk.by, at=LATER)
    assert str(refused.value) == sentence
    assert problem_by_id(problem, reach_of(desk.ada, "conversation:read")).words == ["payment page", "checkout"]


def test_nobody_ties_what_they_do_not_reach_and_all_or_none_are_tied(desk: Desk, problem: int) -> None:
    numbers = writes(desk, "Dan")
    with pytest.raises(NotFound):
        tie_to_problem(desk.ada, [*numbers, 10**12], problem, by=desk.by, at=LATER)
    with pytest.raises(NotFound):
        tie_to_problem(desk.ada, numbers, 10**12, by=desk.by, at=LATER)
    cleo = desk.world.person(desk.world.cleo)
    with pytest.raises(NotFound):
        tie_to_problem(cleo, numbers, problem, by=desk.by, at=LATER)
    with pytest.raises(Forbidden):
        tell_affected(desk.world.person(desk.world.ben), problem, News("Hello"), by=desk.by, at=LATER)
    resolve_problem(desk.ada, problem, by=desk.by, at=LATER)
    with pytest.raises(Refused):
        tie_to_problem(desk.ada, numbers, problem, by=desk.by, at=LATER)
    assert conversation_by_number(numbers[0]).problem_id is None


def test_with_no_open_case_or_no_words_nobody_is_told(desk: Desk, problem: int) -> None:
    with pytest.raises(Refused, match="None of its cases is open"):
        tell_affected(desk.ada, problem, News("We are on it."), by=desk.by, at=LATER)
    tie_to_problem(desk.ada, writes(desk, "Dan"), problem, by=desk.by, at=LATER)
    with pytest.raises(Refused, match="There is nothing to send"):
        tell_affected(desk.ada, problem, News("  "), by=desk.by, at=LATER)
    with pytest.raises(Refused, match="There is no variable"):
        tell_affected(desk.ada, problem, News("Dear {{customer.shoe}}"), by=desk.by, at=LATER)
