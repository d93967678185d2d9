"""Where to look for the newest hits first, by what the planner's own statistics say of the words and the filters.

Few hits: all of them at once. Else either the cases that changed last among those that the searcher sees and the filters
leave (no message of a case is newer than its last change), or the newest stretch of time; each as large as should be
enough, then larger. Where few cases are left they are named to the database first, so that it can tell by its indexes
alone which hits are theirs. Which way is taken is decided by what each should cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from careline.kit import db

FEW_HITS = 600
"""So many messages are looked at without further thought."""
MOST_CASES = 10_000
"""So many cases are named to the database one by one."""
ENOUGH = 6
"""Times as many hits as are shown should lie where we look first."""
_LARGER = 8
_LEAST_CASES, _LEAST_MESSAGES = 100, 400
# What each costs, in microseconds, as seen at 1,000,000 messages.
_HIT, _CANDIDATE, _WORDS, _MESSAGE_OF_CASE, _CASE, _MOMENT = 25.0, 10.0, 0.2, 12.0, 1.5, 0.3
_NAMED, _PROBE = 6.0, 4.0
"""A case read wherever it lies; its messages looked up in an index."""
_UNSURE = 3.0
"""A walk may be so much longer than expected: of people whom a case names the planner knows nothing and takes them for many."""

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Way:
    """A condition on messages `m`. Hits since `complete_since` are all there; None: all hits are.

    `by_bitmaps`: two indexes together say which messages they are, where the planner would rather read the large
    vector of each message that one of them names.
    """

    condition: str = "true"
    params: dict[str, Any] = field(default_factory=dict)
    complete_since: datetime | None = None
    by_bitmaps: bool = False


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
        expected = _expected(search, hits, after=after, limit=limit)
        yield from _narrow_ways(search, expected, after)
    yield Way()


def _narrow_ways(search: Searched, expected: Expected, after: Place | None) -> Iterator[Way]:
    best = _cheapest(_costs(expected))
    if best == "named":
        yield from _of_named_cases(search, expected, after)
    elif best == "last changed":
        yield from _of_last_changed_cases(search, expected)
    elif best == "stretch":
        yield from _stretches(expected, after, search.until)


@dataclass(frozen=True, slots=True)
class Expected:
    """How many there are of each; `wanted` hits should be enough, `a_message` is the share of messages that hold the words.

    `from_now`: the very newest are asked for. Else the last changed cases say nothing.
    """

    messages: float
    cases: float
    hits: float
    reached: float
    wanted: float
    a_message: float
    from_now: bool

    @property
    def share(self) -> float:
        return min(1.0, max(self.reached, 1.0) / self.cases)

    @property
    def enough_messages(self) -> float:
        return max(_LEAST_MESSAGES, self.wanted / (self.a_message * self.share))

    @property
    def enough_cases(self) -> float:
        return max(_LEAST_CASES, self.wanted / (self.a_message * self.messages / self.cases))


def _expected(search: Searched, hits: float, *, after: Place | None, limit: int) -> Expected:
    messages, cases = _sizes()
    return Expected(
        messages=messages, cases=cases, hits=hits, wanted=limit * ENOUGH,
        reached=cases if search.is_whole else _expected_cases(search.reached, search.reached_params),
        a_message=max(_expected_messages(search.words, search.word_params) / messages, 1 / messages),
        from_now=after is None and search.until is None,
    )  # fmt: skip


def _cheapest(costs: dict[str, float]) -> str:
    return min(costs, key=lambda name: costs[name])


def _costs(expected: Expected) -> dict[str, float]:
    hits, share, size = expected.hits, expected.share, expected.enough_messages
    costs = {
        "all": hits * _HIT,
        "stretch": expected.wanted / share * _CANDIDATE + size * _MOMENT + min(hits * _WORDS, size * _CANDIDATE),
    }
    if expected.from_now and expected.enough_cases <= MOST_CASES:
        walked = min(expected.cases, expected.enough_cases / share * (1 if share == 1 else _UNSURE))
        costs["last changed"] = _of_their_messages(expected) + walked * _CASE
    if expected.reached <= MOST_CASES:
        costs["named"] = expected.reached * _NAMED + min(_costs_among_named(expected).values())
    return costs


def _costs_among_named(expected: Expected) -> dict[str, float]:
    looked_up = expected.reached * _PROBE
    costs = {
        "all": looked_up + expected.hits * (_WORDS + expected.share * _CANDIDATE),
        "stretch": looked_up + expected.enough_messages * (_MOMENT + expected.share * _MESSAGE_OF_CASE),
    }
    if expected.from_now:
        costs["last changed"] = _of_their_messages(expected)
    return costs


def _of_their_messages(expected: Expected) -> float:
    return min(expected.enough_cases, expected.reached) * expected.messages / expected.cases * _MESSAGE_OF_CASE


def _of_named_cases(search: Searched, expected: Expected, after: Place | None) -> Iterator[Way]:
    """The cases are read and sorted, for a walk through all by their last change would take longer."""
    found = _cases(search, most=MOST_CASES + 1, order="")
    if len(found) > MOST_CASES:
        yield from _narrow_ways(search, replace(expected, reached=2.0 * MOST_CASES), after)
        return
    exact = replace(expected, reached=len(found))
    best = _cheapest(_costs_among_named(exact))
    every = _among(found, None)
    if best == "last changed":
        found.sort(key=lambda row: row.updated_at, reverse=True)
        size = int(exact.enough_cases)
        while size < len(found):
            yield _among(found[:size], found[size - 1].updated_at)
            size *= _LARGER
    elif best == "stretch":
        for way in _stretches(exact, after, search.until):
            yield replace(way, condition=f"{way.condition} AND {every.condition}", params=way.params | every.params)
    yield replace(every, by_bitmaps=best == "all")


def _of_last_changed_cases(search: Searched, expected: Expected) -> Iterator[Way]:
    size = int(expected.enough_cases)
    while size <= MOST_CASES:
        found = _cases(search, most=size, order="ORDER BY c.updated_at DESC")
        is_all = len(found) < size
        yield _among(found, None if is_all else found[-1].updated_at)
        if is_all:
            return
        size *= _LARGER


def _among(cases: list[Any], complete_since: datetime | None) -> Way:
    # As text: psycopg takes ten times as long to write thousands of numbers as a list.
    among = "{" + ",".join(str(row.id) for row in cases) + "}"
    return Way("m.conversation_id = ANY(%(among)s::bigint[])", {"among": among}, complete_since)


def _cases(search: Searched, *, most: int, order: str) -> list[Any]:
    return db.rows(
        f"SELECT c.id, c.updated_at FROM conversations_conversation c WHERE {search.reached} {order} LIMIT %(most)s",
        search.reached_params | {"most": most},
    )


def _stretches(expected: Expected, after: Place | None, until: datetime | None) -> Iterator[Way]:
    ends = min((moment for moment in (until, after[0] if after else None) if moment is not None), default=None)
    size = int(expected.enough_messages)
    while size < expected.messages / 4:
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
