"""Which facts a question means, as SQL over `case_fact f`: what was asked for, and whose cases the asker may see."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.reports.queries.rows import both, within_reach
from careline.domain.reports.rules.asking import TEXTS, Asked
from careline.domain.reports.rules.measures import COLUMNS, DIMENSIONS, NONE
from careline.domain.staff.rules import Person, Reach, reach_of

VERB = "report:read"
_OF_CASES = "conversation:read"


def reaches_all(person: Person) -> bool:
    """All cases but restricted ones: what the sums by day hold."""
    return reach_of(person, _OF_CASES).everything and reach_of(person, VERB).everything


def reach_told(person: Person) -> tuple[Reach, Reach]:
    """Whoever has the same is told the same."""
    return reach_of(person, _OF_CASES), reach_of(person, VERB)


def seen_by(person: Person) -> tuple[str, dict[str, Any]]:
    """The one predicate of who sees which case, asked of the case itself and not of its fact: those that one may read, and of these
    those that one's right to reports reaches."""
    of_cases, of_reports = reach_told(person)
    condition, params = visible(of_cases)
    if not of_reports.everything and of_reports != of_cases:
        condition, params = both((condition, params), within_reach(person, VERB))
    asked = f"EXISTS (SELECT FROM conversations_conversation c WHERE c.id = f.conversation_id AND {condition})"
    return (f"(NOT f.is_restricted OR {asked})" if reaches_all(person) else asked), params


def is_summed(asked: Asked, dim: str = "") -> bool:
    """Whether the sums by day can answer it: one dimension at the most, of those that sums are kept for."""
    dims = {*asked.only, *([dim] if dim else [])}
    return len(dims) <= 1 and dims <= set(DIMENSIONS)


def filters_of(asked: Asked) -> tuple[str, dict[str, Any]]:
    """What the cases have to be."""
    parts, params = ["true"], dict[str, Any]()
    for dim, key in asked.only.items():
        column, name = f"f.{COLUMNS[dim]}", f"only_{dim}"
        if dim == "product":
            parts.append(f"{column} = '{{}}'" if key == NONE else f"{column} @> ARRAY[%({name})s::bigint]")
        elif key == NONE:
            parts.append(f"{column} = ''" if dim in TEXTS else f"{column} IS NULL")
        else:
            parts.append(f"{column} = %({name})s")
        params[name] = key if dim in TEXTS or key == NONE else int(key)
    return " AND ".join(parts), params
