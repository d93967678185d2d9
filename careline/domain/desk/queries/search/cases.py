"""Messages that hold the words, and cases where no words are asked: the newest first, found fast whatever is asked by whom.

A plan that is good for a rare word takes seconds for a common one, and the other way round; so `ways.py` says where to look
first, and how far what was found there can be trusted to be the newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.queries.search.asked import Asked
from careline.domain.desk.queries.search.conditions import Condition
from careline.domain.desk.queries.search.ways import Place, Way, ways_to
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

TIMEOUT_MS = 1_200
MOST_FOR_PHRASES = 2_000
_FOR_EACH_CASE = 3
"""Messages fetched for each case shown: several of one case may hold the words."""
_LIMITS = """SELECT set_config('statement_timeout', %s, true) AS timeout, set_config('work_mem', '64MB', true) AS memory,
    set_config('jit', 'off', true) AS jit"""
_SAID = "(p.subject || E'\\n' || CASE WHEN p.visible_text = '' THEN p.text ELSE p.visible_text END)"
_ATTACHED = """EXISTS (SELECT FROM conversations_attachment pa LEFT JOIN conversations_filetext pt ON pt.digest = pa.file_id
    WHERE pa.message_id = p.id AND (pa.name || E'\\n' || coalesce(pt.text, ''))"""


@dataclass(frozen=True, slots=True)
class Found:
    """Keys of messages (or of cases, where no words were asked), the newest first; where the next page begins.

    `is_cut_short`: the search took too long, so this is the newest part of what there may be.
    """

    keys: list[int]
    next: Place | None
    is_cut_short: bool = False


def messages_found(asked: Asked, person: Person, *, after: Place | None, limit: int) -> Found:
    """One message of each case: its newest that holds the words."""
    if asked.words.is_impossible:
        return Found([], None)
    rows: list[Any] = []
    try:
        with _bounded():
            search = Search(asked, person)
            for way in ways_to(search, after=after, limit=limit):
                rows = search.rows(way, after=after, limit=limit * _FOR_EACH_CASE)
                sure = [row for row in rows if way.complete_since is None or row.created_at >= way.complete_since]
                if way.complete_since is None or is_enough(sure, limit):
                    rows = sure
                    break
            return search.one_for_each_case(rows, after=after, limit=limit)
    except psycopg.errors.QueryCanceled:
        return Found(_first_of_cases(rows)[:limit], None, is_cut_short=True)


def is_enough(rows: list[Any], limit: int) -> bool:
    """For a page and the knowledge that another follows."""
    return len(rows) >= limit * _FOR_EACH_CASE or len({row.conversation_id for row in rows}) > limit


def cases_found(asked: Asked, person: Person, *, after: Place | None, limit: int) -> Found:
    """Cases by the operators alone, those first that changed last."""
    where, params = case_conditions(asked, person)
    for part, values in asked.dated("c.created_at"):
        where, params = f"{where} AND {part}", params | values
    if after is not None:
        where += " AND (c.updated_at, c.number) < (%(after_at)s, %(after_number)s)"
        params |= {"after_at": after[0], "after_number": after[1]}
    try:
        with _bounded():
            found = db.rows(
                f"""SELECT c.id, c.updated_at, c.number FROM conversations_conversation c WHERE {where}
                    ORDER BY c.updated_at DESC, c.number DESC LIMIT %(limit)s""",
                params | {"limit": limit + 1},
            )
    except psycopg.errors.QueryCanceled:
        return Found([], None, is_cut_short=True)
    more = len(found) > limit
    kept = found[:limit]
    return Found([row.id for row in kept], (kept[-1].updated_at, kept[-1].number) if more else None)


def case_conditions(asked: Asked, person: Person) -> tuple[str, dict[str, Any]]:
    """Who may see it, and what the operators ask of the case."""
    condition, params = visible(reach_of(person, "conversation:read"))
    parts = [condition, "c.merged_into_id IS NULL"]
    if not asked.wants_spam:
        parts.append("NOT c.is_spam")
    for part, values in asked.cases:
        parts.append(part)
        params |= values
    return " AND ".join(parts), params


class Search:
    """The conditions of one search and its statement."""

    def __init__(self, asked: Asked, person: Person) -> None:
        self.words, self.word_params = conditions_on_words(asked)
        self.said, self.said_params = self.words, self.word_params
        for part, values in asked.dated("m.created_at"):
            self.said, self.said_params = f"{part} AND {self.said}", self.said_params | values
        self.reached, self.reached_params = case_conditions(asked, person)
        self.until = asked.until
        self.is_whole = reach_of(person, "conversation:read").everything and not asked.cases
        self.phrases, self.phrase_params = _filter_by_phrases(asked)

    def rows(self, way: Way, *, after: Place | None, limit: int) -> list[Any]:
        condition, params = way.condition, way.params
        if after is not None:
            condition += " AND (m.created_at, m.id) < (%(after_at)s, %(after_id)s)"
            params = params | {"after_at": after[0], "after_id": after[1]}
        return db.rows(
            f"""WITH hit AS MATERIALIZED (
                    SELECT m.id, m.conversation_id, m.created_at FROM conversations_message m
                    WHERE {self.said} AND {condition}),
                seen AS (
                    SELECT hit.id, hit.conversation_id, hit.created_at FROM hit
                    JOIN conversations_conversation c ON c.id = hit.conversation_id WHERE {self.reached}
                    ORDER BY hit.created_at DESC, hit.id DESC LIMIT %(most)s)
                SELECT id, conversation_id, created_at FROM seen {self.phrases}
                ORDER BY created_at DESC, id DESC LIMIT %(limit)s""",
            {**self.said_params, **self.reached_params, **params, **self.phrase_params, "limit": limit,
             "most": MOST_FOR_PHRASES if self.phrases else limit},
        )  # fmt: skip

    def one_for_each_case(self, rows: list[Any], *, after: Place | None, limit: int) -> Found:
        """The newest of each case, without cases that an earlier page has shown; where the next page begins."""
        shown = self._shown_before([row.conversation_id for row in rows], after) if after is not None else set()
        kept: list[Any] = []
        for row in rows:
            if row.conversation_id in shown:
                continue
            if len(kept) == limit:
                return Found([one.id for one in kept], (kept[-1].created_at, kept[-1].id))
            shown.add(row.conversation_id)
            kept.append(row)
        goes_on = len(rows) == limit * _FOR_EACH_CASE
        return Found([one.id for one in kept], (rows[-1].created_at, rows[-1].id) if goes_on else None)

    def _shown_before(self, cases: list[int], after: Place | None) -> set[int]:
        assert after is not None
        found = db.rows(
            f"""SELECT DISTINCT m.conversation_id FROM conversations_message m WHERE {self.said}
                AND m.conversation_id = ANY(%(cases)s) AND (m.created_at, m.id) >= (%(after_at)s, %(after_id)s)""",
            {**self.said_params, "cases": cases, "after_at": after[0], "after_id": after[1]},
        )
        return {row.conversation_id for row in found}


def conditions_on_words(asked: Asked) -> tuple[str, dict[str, Any]]:
    words = asked.words
    parts, params = ["m.kind <> 'event'"], dict[str, Any]()
    for part, values in asked.messages:
        parts.append(part)
        params |= values
    if words.tsquery:
        # Last: it alone fetches the vector from where large values lie.
        parts.append("m.vector @@ %(words)s::tsquery")
        params["words"] = words.tsquery
    return " AND ".join(parts), params


def phrase_conditions(asked: Asked) -> list[Condition]:
    """Words in their order, in the text of a message `p` or of its files."""
    found: list[Condition] = [
        (f"({_SAID} ~* %(phrase{n})s OR {_ATTACHED} ~* %(phrase{n})s))", {f"phrase{n}": pattern})
        for n, pattern in enumerate(asked.words.patterns)
    ]
    return found + [
        (f"NOT {_SAID} ~* %(unwanted{n})s", {f"unwanted{n}": pattern})
        for n, pattern in enumerate(asked.words.unwanted_patterns)
    ]


def _filter_by_phrases(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Looked for in the newest candidates only, one after the other until there are enough."""
    found = phrase_conditions(asked)
    if not found:
        return "", {}
    params = {name: value for _, values in found for name, value in values.items()}
    every = " AND ".join(part for part, _ in found)
    return (
        f"CROSS JOIN LATERAL (SELECT FROM conversations_message p WHERE p.id = seen.id AND {every} OFFSET 0) AS said",
        params,
    )


def _first_of_cases(rows: list[Any]) -> list[int]:
    return list({row.conversation_id: row.id for row in reversed(rows)}.values())[::-1]


@contextmanager
def _bounded() -> Iterator[None]:
    """A transaction in which no statement takes longer than a searcher waits, and bitmaps fit into memory.

    Inside another one the rules of that one hold.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        db.execute(_LIMITS, [str(TIMEOUT_MS)])
        yield
