"""A known issue is written down, changed, resolved, found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import problems
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.problems import problem_by_id
from careline.domain.conversations.rules.problems import words_in
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, reach_of, require

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ProblemSaid:
    """`words`: those by which new cases are known, parted by commas or lines."""

    title: str
    detail: str = ""
    words: str = ""


def add_problem(agent: Person, said: ProblemSaid, *, by: Actor, at: datetime) -> int:
    """Raises Forbidden, Refused."""
    require(agent, "problem:manage")
    title, words = _good(said)
    with transaction.atomic():
        return problems.add_problem(title=title, detail=said.detail, words=words, by=by, at=at)


def change_problem(agent: Person, key: int, said: ProblemSaid, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    _managed(agent, key)
    title, words = _good(said)
    problems.change_problem(key, title=title, detail=said.detail, words=words, by=by, at=at)


def resolve_problem(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The cause is gone. Its cases are answered by `flows.tell_affected`. Raises Forbidden, NotFound."""
    _managed(agent, key)
    problems.resolve_problem(key, by=by, at=at)


def reopen_problem(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    _managed(agent, key)
    problems.reopen_problem(key, by=by, at=at)


def _managed(agent: Person, key: int) -> None:
    require(agent, "conversation:read")
    if problem_by_id(key, reach_of(agent, "conversation:read")) is None:
        raise NotFound(f"There is no problem {key}.")
    require(agent, "problem:manage")


def _good(said: ProblemSaid) -> tuple[str, list[str]]:
    title = " ".join(said.title.split())
    if not title:
        raise Refused("A problem needs a title: agents see it above the cases it caused.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"A title has at most {LONGEST_TITLE} letters.")
    try:
        return title, words_in(said.words)
    except ValueError as error:
        raise Refused(str(error)) from error
