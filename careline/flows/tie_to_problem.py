"""Cases are tied to the problem that caused them, and untied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import problems
from careline.domain.conversations.commands.many import locked_by_number
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.problems import problem_by_id
from careline.domain.conversations.queries.work import seen_among
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Forbidden, Person, reach_of

MOST = 200


def tie_to_problem(agent: Person, numbers: Sequence[int], problem: int | None, *, by: Actor, at: datetime) -> int:
    """All or none of these cases; how many were not tied to it before. None unties. Raises NotFound, Forbidden, Refused."""
    if len(numbers) > MOST:
        raise Refused(f"At most {MOST} cases at once.")
    with transaction.atomic():
        cases = _reached(agent, numbers)
        if problem is not None:
            found = problem_by_id(problem, reach_of(agent, "conversation:read"))
            if found is None:
                raise NotFound(f"There is no problem {problem}.")
            if found.resolved_at is not None:
                raise Refused("This problem is resolved: open it again first.")
        if any(case.merged_into_id is not None for case in cases):
            raise Refused("A case among these was merged into another one.")
        return len(problems.tie([case.id for case in cases], problem=problem, by=by, at=at))


def _reached(agent: Person, numbers: Sequence[int]) -> list[Any]:
    wanted = sorted(set(numbers))
    for verb in ("conversation:read", "conversation:label"):
        if missing := sorted(set(wanted) - seen_among(wanted, reach_of(agent, verb))):
            raise NotFound(f"There is no case {missing[0]}.") if verb == "conversation:read" else Forbidden(verb)
    return locked_by_number(wanted)


def refuse_problem(agent: Person, number: int, problem: int, *, by: Actor, at: datetime) -> None:
    """Somebody looked: this case is not one of that problem's, and is not asked about it again. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = conversation_for(agent, number, verb="conversation:label")
        if problem_by_id(problem, reach_of(agent, "conversation:read")) is None:
            raise NotFound(f"There is no problem {problem}.")
        data = {"problem": problem}
        record(
            Happening("conversation.problem_refused", "conversation", case.number, case.id, case.customer_id, data),
            by=by,
            at=at,
        )
