"""Messages that hold the words, and cases where no words are asked: the newest first, found fast whatever is asked by whom.

A plan that is good for a rare word takes seconds for a common one, and the other way round; so `ways.py` says where to look
first, and how far what was found there can be trusted to be the newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any

import psycopg
from django.db import connection, transaction

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.queries.search.asked import Asked
from careline.domain.desk.queries.search.conditions import Condition
from careline.domain.desk.queries.search.ways import ENOUGH, Place, Way, ways_to
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

TIMEOUT_MS = 1_200
MOST_FOR_PHRASES = 2_000
_AT_ONCE = 250
"""Texts looked into by one statement."""
_FOR_EACH_CASE = 3
"""Messages fetched for each case shown: several of one case may hold the words."""
_LIMITS = """SELECT set_config('statement_timeout', %s, true) AS timeout, set_config('work_mem', '64MB', true) AS memory,
    set_config('jit', 'off', true) AS jit, set_config('enable_indexscan', %s, true) AS one_by_one"""
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
        with _bounded() as patience:
            search = Search(asked, person)
            for way in _ways(search, after=after, limit=limit):
                patience.goes_on(by_bitmaps=way.by_bitmaps)
                rows = search.rows(way, after=after, limit=search.most_for(limit))
                sure = [row for row in rows if way.complete_since is None or row.created_at >= way.complete_since]
                kept = search.with_phrases(sure, limit=limit, patience=patience)
                if way.complete_since is None or is_enough(kept, limit) or len(sure) == search.most_for(limit):
                    return search.one_for_each_case(kept, after=after, limit=limit)
            raise AssertionError("the last way leaves nothing out")
    except psycopg.errors.QueryCanceled:
        return Found(_first_of_cases(search.held(rows))[:limit], None, is_cut_short=True)


def _ways(search: Search, *, after: Place | None, limit: int) -> Iterator[Way]:
    """A phrase that is often said is found among few candidates; only for a rarer one all are looked for."""
    if search.has_phrases:
        yield from islice((way for way in ways_to(search, after=after, limit=limit * 4) if way.complete_since), 1)
    yield from ways_to(search, after=after, limit=search.candidates_for(limit))


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
        self._phrases = phrase_conditions(asked)
        self._holds: dict[int, bool] = {}

    @property
    def has_phrases(self) -> bool:
        return bool(self._phrases)

    def candidates_for(self, limit: int) -> int:
        """So many hits should be looked for at first: where a phrase decides, most of them will not do."""
        return MOST_FOR_PHRASES * 6 // 5 // ENOUGH if self._phrases else limit

    def most_for(self, limit: int) -> int:
        return MOST_FOR_PHRASES if self._phrases else limit * _FOR_EACH_CASE

    def rows(self, way: Way, *, after: Place | None, limit: int) -> list[Any]:
        """Messages with the words that may be seen, the newest first; phrases are not yet looked for."""
        condition, params = way.condition, way.params
        if after is not None:
            condition += " AND (m.created_at, m.id) < (%(after_at)s, %(after_id)s)"
            params = params | {"after_at": after[0], "after_id": after[1]}
        return db.rows(
            f"""WITH hit AS MATERIALIZED (
                    SELECT m.id, m.conversation_id, m.created_at FROM conversations_message m
                    WHERE {self.said} AND {condition})
                SELECT hit.id, hit.conversation_id, hit.created_at FROM hit
                JOIN conversations_conversation c ON c.id = hit.conversation_id WHERE {self.reached}
                ORDER BY hit.created_at DESC, hit.id DESC LIMIT %(limit)s""",
            {**self.said_params, **self.reached_params, **params, "limit": limit},
        )

    def with_phrases(self, rows: list[Any], *, limit: int, patience: Patience) -> list[Any]:
        """Those whose text holds the phrases: the newest, until there are enough. Each text is read once."""
        if not self._phrases:
            return rows
        kept: list[Any] = []
        for start in range(0, len(rows), _AT_ONCE):
            patience.goes_on()
            some = rows[start : start + _AT_ONCE]
            self._look_into([row.id for row in some if row.id not in self._holds])
            kept += self.held(some)
            if is_enough(kept, limit):
                break
        return kept[: limit * _FOR_EACH_CASE]

    def held(self, rows: list[Any]) -> list[Any]:
        """Those of which it is known that they hold the phrases."""
        return [row for row in rows if self._holds.get(row.id)] if self._phrases else rows

    def _look_into(self, keys: list[int]) -> None:
        if not keys:
            return
        params = {name: value for _, values in self._phrases for name, value in values.items()}
        every = " AND ".join(part for part, _ in self._phrases)
        found = db.rows(
            f"SELECT p.id FROM conversations_message p WHERE p.id = ANY(%(keys)s::bigint[]) AND {every}",
            {**params, "keys": keys},
        )
        self._holds |= dict.fromkeys(keys, False) | {row.id: True for row in found}

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


def _first_of_cases(rows: list[Any]) -> list[int]:
    return list({row.conversation_id: row.id for row in reversed(rows)}.values())[::-1]


class Patience:
    """No longer than a searcher waits, over all statements of a search together."""

    def __init__(self, *, is_kept: bool) -> None:
        self._is_kept = is_kept
        self._ends = monotonic() + TIMEOUT_MS / 1000

    def goes_on(self, *, by_bitmaps: bool = False) -> None:
        """The next statement has what is left. Raises QueryCanceled where nothing is."""
        if not self._is_kept:
            return
        left = int((self._ends - monotonic()) * 1000)
        if left <= 0:
            raise psycopg.errors.QueryCanceled("The search took too long.")
        db.execute(_LIMITS, [str(left), "off" if by_bitmaps else "on"])


@contextmanager
def _bounded() -> Iterator[Patience]:
    """A transaction in which no search takes longer than a searcher waits, and bitmaps fit into memory.

    Inside another one the rules of that one hold.
    """
    patience = Patience(is_kept=not connection.in_atomic_block)
    if connection.in_atomic_block:
        yield patience
        return
    with transaction.atomic():
        patience.goes_on()
        yield patience
