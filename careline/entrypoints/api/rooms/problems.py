"""Problems: known issues, the cases they caused, and that they are over."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.problems import cases_of_problem, problem_by_id, problems
from careline.domain.staff.rules import reach_of, require
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.shapes.problems import (
    Cause,
    HowMany,
    NewProblem,
    Problem,
    ProblemCase,
    ProblemChange,
    ProblemQuery,
    Tied,
)
from careline.flows import keep_problem
from careline.flows.keep_problem import ProblemSaid
from careline.flows.tie_to_problem import tie_to_problem

_PATH = "/problems/{id}"


@route("GET", "/problems", query=ProblemQuery, answer=Page[Problem])
def known_issues(call: Call) -> Any:
    """Problems, the newest first."""
    require(call.person, "conversation:read")
    asked = call.query
    rows = problems(
        reach_of(call.person, "conversation:read"), is_open=None if asked.status is None else asked.status == "open",
        before=key_alone(asked.cursor), limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/problems", body=NewProblem, answer=Problem, status=201)
def new_problem(call: Call) -> Any:
    """Writes a known issue down; agents see it above new cases that have its words."""
    given = call.body
    said = ProblemSaid(given.title, given.detail, "\n".join(given.words))
    key = keep_problem.add_problem(call.person, said, by=call.by, at=call.at)
    return Created(f"/problems/{key}", _one(call, key))


@route("GET", _PATH, answer=Problem)
def problem(call: Call) -> Any:
    """One problem."""
    return _one(call, call.id)


@route("PATCH", _PATH, body=ProblemChange, answer=Problem)
def changed_problem(call: Call) -> Any:
    """Changes title, detail or words."""
    was, given = _row(call, call.id), call.body
    said = ProblemSaid(
        was.title if given.title is UNSET else given.title,
        was.detail if given.detail is UNSET else given.detail,
        "\n".join(was.words if given.words is UNSET else given.words),
    )
    keep_problem.change_problem(call.person, call.id, said, by=call.by, at=call.at)
    return _one(call, call.id)


@route("PUT", _PATH + "/resolution", answer=Problem)
def resolved_problem(call: Call) -> Any:
    """The cause is gone. Its cases stay as they are: answer them with a bulk change."""
    keep_problem.resolve_problem(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("DELETE", _PATH + "/resolution", answer=Problem)
def reopened_problem(call: Call) -> Any:
    """It is there again."""
    keep_problem.reopen_problem(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("GET", _PATH + "/conversations", query=PageQuery, answer=Page[ProblemCase])
def cases_of(call: Call) -> Any:
    """Its cases that you may see, by number."""
    _row(call, call.id)
    asked, reach = call.query, reach_of(call.person, "conversation:read")
    rows = cases_of_problem(call.id, reach, after=key_alone(asked.cursor) or 0, limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.number,), item=_case)


@route("POST", _PATH + "/conversations", body=Tied, answer=HowMany)
def tied_cases(call: Call) -> Any:
    """Ties cases to the problem: all of them or none."""
    return HowMany(tie_to_problem(call.person, call.body.numbers, call.id, by=call.by, at=call.at))


@route("PUT", "/conversations/{number}/problem", body=Cause, status=204)
def tied_case(call: Call) -> Any:
    """This problem caused the case."""
    tie_to_problem(call.person, [call.number], int(call.body.problem), by=call.by, at=call.at)


@route("DELETE", "/conversations/{number}/problem", status=204)
def untied_case(call: Call) -> Any:
    """The case has a cause of its own."""
    tie_to_problem(call.person, [call.number], None, by=call.by, at=call.at)


def _row(call: Call, key: int) -> Any:
    require(call.person, "conversation:read")
    found = problem_by_id(key, reach_of(call.person, "conversation:read"))
    if found is None:
        raise NotFound(f"There is no problem {key}.")
    return found


def _one(call: Call, key: int) -> Problem:
    return _shown(_row(call, key))


def _shown(row: Any) -> Problem:
    return Problem(
        id=str(row.id), title=row.title, detail=row.detail, words=row.words, status="resolved" if row.resolved_at else "open",
        cases=row.cases, open_cases=row.open_cases, customers=row.customers, created_at=row.created_at, resolved_at=row.resolved_at,
    )  # fmt: skip


def _case(row: Any) -> ProblemCase:
    return ProblemCase(row.number, row.subject, row.category, row.customer_name)
