"""Who a customer is, on a case: by a mail that may be believed, by their own token, or by check questions. On the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.identified import failed_since, has_verified_mail, identification_of
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import identity
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.identity import checks, known_of
from careline.domain.orders.rules.identity import MOST_TRIES, QUESTIONS, is_enough, right_answers
from careline.domain.staff.rules import Person, require
from careline.flows.written_address import number_called


class NotTheirs(OrderRefused):
    """Nothing is done for somebody else than the case's customer, nor for whoever may only say that they are."""


class WrongAnswers(OrderRefused):
    """Counted, by whatever door: nobody guesses on."""

    leaves_record = True


DAY = timedelta(days=1)
MOST_CHECKS = 20


@dataclass(frozen=True, slots=True)
class Identified:
    """How a customer was identified on a case; `checks` is what they may be asked where they were not."""

    is_identified: bool
    how: str = ""
    by: str = ""
    at: datetime | None = None
    checks: tuple[tuple[str, ...], ...] = ()
    tries_left: int = MOST_TRIES


def identify(agent: Person, number: int, answers: Mapping[str, str], *, by: Actor, at: datetime) -> Identified:
    """The case's customer answered. What they said is compared and not kept. Raises NotFound, Forbidden, OrderRefused."""
    require(agent, "order:read")
    given = {name: words for name, words in answers.items() if words.strip()}
    if unknown := sorted(set(given) - set(QUESTIONS)):
        raise OrderRefused(
            "no_such_question", f"There is no check question {unknown[0][:40]}; there are {', '.join(QUESTIONS)}."
        )
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:note").id)
        people = _people_of(case)
        if failed_since(case.id, at - DAY) >= MOST_TRIES:
            raise OrderRefused(
                "too_many_tries", "Too many wrong answers on this case today: call the customer back instead."
            )
        right = right_answers(_called(given), _known(people))
        is_passed = is_enough(right, set(given) - right, checks())
        note_identified(case, people[0], how="questions", questions=sorted(given), is_passed=is_passed, by=by, at=at)
    if not is_passed:
        raise WrongAnswers("wrong_answers", "That is not enough, or not what we know of this customer.")
    return identified_on(agent, number, at=at)


def identified_on(agent: Person, number: int, *, at: datetime) -> Identified:
    """Whether the case's customer is identified. Raises NotFound, Forbidden."""
    require(agent, "order:read")
    case = conversation_for(agent, number)
    asked = tuple(tuple(row) for row in checks())
    if case.customer_id is None:
        return Identified(False, checks=asked)
    people = _people_of(case)
    found = identification_of(case.id, people)
    if found is not None:
        return Identified(True, found.how, found.agent_name or "", found.at, asked)
    left = max(0, MOST_TRIES - failed_since(case.id, at - DAY))
    if has_verified_mail(case.id, people):
        return Identified(True, "mail", checks=asked, tries_left=left)
    return Identified(False, checks=asked, tries_left=left)


def require_identified(case: Any, owner: int, *, by: Actor, at: datetime) -> None:
    """For whatever is done to an order of `owner` from a case; in a transaction. Raises NotTheirs."""
    if case.customer_id is None or root_of(case.customer_id) != owner:
        raise NotTheirs(
            "another_customer", "This belongs to another customer than the case; nothing can be done to it from here."
        )
    people = everybody_in(owner)
    if identification_of(case.id, people) is not None:
        return
    if not has_verified_mail(case.id, people):
        raise NotTheirs("not_identified", "First make sure who the customer is: ask the check questions on the case.")
    note_identified(case, owner, how="mail", by=by, at=at)


def set_checks(agent: Person, rows: list[list[str]], *, by: Actor, at: datetime) -> None:
    """Which questions identify a customer: any one row of them. Raises Forbidden, OrderRefused."""
    require(agent, "case_settings:manage")
    wanted = [list(dict.fromkeys(row)) for row in rows if row]
    if unknown := sorted({one for row in wanted for one in row} - set(QUESTIONS)):
        raise OrderRefused(
            "no_such_question", f"There is no check question {unknown[0][:40]}; there are {', '.join(QUESTIONS)}."
        )
    if len(wanted) > MOST_CHECKS:
        raise OrderRefused("too_many", f"At most {MOST_CHECKS} rows of questions.")
    identity.set_checks(wanted, by=by, at=at)


def _called(answers: Mapping[str, str]) -> dict[str, str]:
    """A number is the same however it is said."""
    return {name: number_called(words) if name == "phone" else words for name, words in answers.items()}


def _known(people: list[int]) -> dict[str, list[str]]:
    known = known_of(people)
    return {
        name: [number_called(one) for one in values] if name == "phone" else list(values)
        for name, values in known.items()
    }


def _people_of(case: Any) -> list[int]:
    """The case's customer first, then whoever was merged into them."""
    if case.customer_id is None:
        raise OrderRefused("no_customer", "The case has no customer yet.")
    return everybody_in(root_of(case.customer_id) or case.customer_id)
