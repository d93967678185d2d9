"""Where to look for the newest hits first, by what the planner's own statistics say of the words and the filters.

Few hits: all of them at once. Else either the cases that changed last among those that the searcher sees and the filters
leave (no message of a case is newer than its last change), or the newest stretch of time; each as large as should be
enough, then larger. Which of the three is decided by what each should cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from careline.kit import db

FEW_HITS = 1_500
"""So many messages are looked at without further thought."""
MOST_CASES = 10_000
"""So many cases are named to the database one by one."""
_ENOUGH = 6
"""Times as many hits as are shown should lie where we look first."""
_LARGER = 8
_LEAST_CASES, _LEAST_MESSAGES = 100, 400
# What each costs, in microseconds, as seen at 1,000,000 messages.
_HIT, _CANDIDATE, _WORDS, _MESSAGE_OF_CASE, _CASE, _MOMENT = 9.0, 10.0, 0.06, 12.0, 1.5, 0.3

# Whoever sees few cases: they are read and sorted, for a walk through all by their last change would take longer.
_AS_INDEXED, _SORTED = "c.updated_at", "c.updated_at + interval '0'"

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Way:
    """A condition on messages `m`. Hits since `complete_since` are all there; None: all hits are."""

    condition: str = "true"
    params: dict[str, Any] = field(default_factory=dict)
    complete_since: datetime | None = None


class Searched(Protocol):
    """`words` are conditions on a message without those on its date, `said` all of them; `reached` those on the case; `until`: none is younger."""

    words: str
    word_params: dict[str, Any]
    said: str
    said_params: dict[str, Any]
    reached: str
    reached_params: dict[str, Any]
    until: datetime | None
    is_whole: bool


def ways_to(search: Searched, *, after: Place | None, limit: int) -> Iterator[Way]:
    """Each leaves out less than the one before; the last one nothing."""
    hits = _expected_messages(search.said, search.said_params)
    if hits > FEW_HITS:
        yield from _narrow_ways(search, hits, after, limit)
    yield Way()


def _narrow_ways(search: Searched, hits: float, after: Place | None, limit: int) -> Iterator[Way]:
    messages, cases = _sizes()
    share = 1.0 if search.is_whole else _expected_cases(search.reached, search.reached_params) / cases
    share = min(1.0, max(share, 1 / cases))
    a_message = max(_expected_messages(search.words, search.word_params) / messages, 1 / messages)
    enough_messages = max(_LEAST_MESSAGES, limit * _ENOUGH / (a_message * share))
    enough_cases = max(_LEAST_CASES, limit * _ENOUGH / (a_message * messages / cases))
    costs = {
        "all": hits * _HIT,
        "stretch": limit * _ENOUGH / share * _CANDIDATE + hits * _WORDS + enough_messages * _MOMENT,
        "cases": enough_cases * messages / cases * _MESSAGE_OF_CASE + min(cases, enough_cases / share) * _CASE,
    }
    if after is not None or search.until is not None:
        # The last changed cases say nothing of older messages: all cases are looked at, where they are few.
        costs["cases"] = share * cases * (_CASE + messages / cases) + hits * (_WORDS + share * _CANDIDATE)
        enough_cases = MOST_CASES if share * cases < MOST_CASES * 0.8 else MOST_CASES + 1
    best = min(costs, key=lambda name: costs[name])
    if best == "cases" and enough_cases <= MOST_CASES:
        yield from _of_cases(search, int(enough_cases), order=_SORTED if share * cases < MOST_CASES else _AS_INDEXED)
    elif best != "all":
        yield from _stretches(int(enough_messages), messages, after, search.until)


def _of_cases(search: Searched, size: int, *, order: str) -> Iterator[Way]:
    while size <= MOST_CASES:
        found = db.rows(
            f"""SELECT c.id, c.updated_at FROM conversations_conversation c WHERE {search.reached}
                ORDER BY {order} DESC LIMIT %(size)s""",
            search.reached_params | {"size": size},
        )
        is_all = len(found) < size
        among = {"among": [row.id for row in found]}
        yield Way("m.conversation_id = ANY(%(among)s::bigint[])", among, None if is_all else found[-1].updated_at)
        if is_all:
            return
        size *= _LARGER


def _stretches(size: int, messages: float, after: Place | None, until: datetime | None) -> Iterator[Way]:
    ends = min((moment for moment in (until, after[0] if after else None) if moment is not None), default=None)
    while size < messages / 4:
        begins = db.value(
            """SELECT created_at FROM conversations_message m WHERE %(ends)s::timestamptz IS NULL OR m.created_at <= %(ends)s
               ORDER BY created_at DESC OFFSET %(size)s LIMIT 1""",
            {"ends": ends, "size": size},
        )
        if begins is None:
            return
        yield Way("m.created_at >= %(begins)s", {"begins": begins}, begins)
        size *= _LARGER


def _sizes() -> tuple[float, float]:
    """About how many messages and cases there are."""
    found = db.row(
        """SELECT (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'conversations_message'::regclass) AS messages,
               (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'conversations_conversation'::regclass) AS cases"""
    )
    return float(found.messages), float(found.cases)  # type: ignore[union-attr]


def _expected_messages(said: str, params: dict[str, Any]) -> float:
    """How many the planner expects, by the statistics of the words."""
    return _planned(db.value(f"EXPLAIN (FORMAT JSON) SELECT FROM conversations_message m WHERE {said}", params))


def _expected_cases(reached: str, params: dict[str, Any]) -> float:
    return _planned(db.value(f"EXPLAIN (FORMAT JSON) SELECT FROM conversations_conversation c WHERE {reached}", params))


def _planned(plan: Any) -> float:
    return float(plan[0]["Plan"]["Plan Rows"])
