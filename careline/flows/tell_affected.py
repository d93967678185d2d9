"""Everybody whom a known issue affects is told, each in their own case; where it is over, their cases are resolved with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import problems
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.problems import cases_of_problem, problem_by_id
from careline.domain.conversations.rules.bulk import MOST, BadChange, BulkWish
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, reach_of, require
from careline.flows.bulk_change import ask_for_bulk_change
from careline.flows.bulk_reply import preview


@dataclass(frozen=True, slots=True)
class News:
    """What is told, with variables as in `Dear {{customer.name|there}}`. `is_over` resolves the cases, and the problem."""

    text: str
    is_over: bool = False


def tell_affected(agent: Person, problem: int, news: News, *, by: Actor, at: datetime) -> int:
    """Answers every case of the problem that is not resolved and that the agent reaches; the key of the bulk change, which
    shows how it goes and undoes it. Raises Forbidden, NotFound, Refused."""
    with transaction.atomic():
        numbers = _numbers(agent, problem)
        if not news.text.strip():
            raise Refused("There is nothing to send: write something.")
        if not numbers:
            raise Refused("None of its cases is open.")
        try:
            key = ask_for_bulk_change(agent, numbers, _wish(news), by=by, at=at)
        except BadChange as error:
            raise Refused(str(error)) from error
        if news.is_over:
            problems.resolve_problem(problem, by=by, at=at)
    return key


def first_letters(agent: Person, problem: int, news: News) -> list[dict[str, Any]]:
    """How the first of them would read: number, to, text, or the reason why not. Raises Forbidden, NotFound."""
    return preview(agent, _numbers(agent, problem, limit=3), _wish(news), at_most=3)


def _numbers(agent: Person, problem: int, *, limit: int = MOST) -> list[int]:
    require(agent, "conversation:read")
    reach = reach_of(agent, "conversation:read")
    if problem_by_id(problem, reach) is None:
        raise NotFound(f"There is no problem {problem}.")
    require(agent, "problem:manage")
    return [row.number for row in cases_of_problem(problem, reach, limit=limit, is_open=True)]


def _wish(news: News) -> BulkWish:
    return BulkWish(reply=news.text, everybody=True, resolve=news.is_over)
