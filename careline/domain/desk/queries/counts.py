"""How many cases each view holds, for many people at once, and cheap to ask again.

What a filter asks is the same for everybody who is not named in it; who sees a case is a question of its team. So live cases
(not resolved) are counted once per filter and team, whoever asks, and kept; a person's count is the sum over the teams they
reach, and of those cases that are theirs though they stand elsewhere. History says which teams' cases have changed since:
only those are counted again. Filters that ask for more (text, unread, resolved) are counted each by itself, up to a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.queries.cells import ELSEWHERE, MEMORY, Cells, Key, Memory, Who, key_of
from careline.domain.desk.queries.conditions import asked_of, conditions_of, names_in, tag_ids
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person, Reach, reach_of
from careline.kit import db

MOST_COUNTED = 1000
"""A count above this shows as 999+."""
_LIVE = "c.category <> 'resolved' AND c.merged_into_id IS NULL AND c.restricted_to IS NULL"
_NAME = re.compile(r"%\((\w+)\)s")


def counts_of(views: dict[str, Filter], person: Person, *, at: datetime) -> dict[str, int]:
    """How many cases each view holds for this person, up to MOST_COUNTED each."""
    asked = _Asked(person, reach_of(person, "conversation:read"), at, views)
    if connection.in_atomic_block:
        # What this transaction changed stands in nobody's memory, and must not.
        return _counted(views, asked, Memory())
    with MEMORY.lock:
        MEMORY.forget_what_changed()
        return _counted(views, asked, MEMORY)


@dataclass
class _Asked:
    """Who asks, and when."""

    person: Person
    reach: Reach
    at: datetime
    views: dict[str, Filter]

    @cached_property
    def tags(self) -> dict[str, int]:
        """Ids of every tag that is named, read once it is needed."""
        names = names_in(self.views.values())
        return tag_ids(names) if names else {}

    @property
    def who(self) -> Who:
        return self.person.id, self.reach.everything, self.reach.team_ids


def _counted(views: dict[str, Filter], asked: _Asked, memory: Memory) -> dict[str, int]:
    keys = {code: key_of(wanted) for code, wanted in views.items()}
    in_cells = {code for code, wanted in views.items() if _is_of_teams(wanted) and _is_plain(asked.reach)}
    found = {code: memory.alone(asked.who, keys[code], at=asked.at) for code in views if code not in in_cells}
    alone = {code: views[code] for code, count in found.items() if count is None}
    fresh = _each_alone(alone, asked)
    for code, count in fresh.items():
        memory.keep_alone(asked.who, keys[code], count, at=asked.at)
    known = {code: count for code, count in found.items() if count is not None} | fresh
    known |= _of_cells({code: (keys[code], views[code]) for code in views if code in in_cells}, asked, memory)
    return {code: min(known[code], MOST_COUNTED) for code in views}


def _is_plain(reach: Reach) -> bool:
    """Reached by teams and by what is one's own, and in no other way."""
    return (reach.everything or reach.own) and not (reach.nothing or reach.narrowed or reach.absent)


def _is_of_teams(wanted: Filter) -> bool:
    """A filter over live cases that one look at the case's own columns answers."""
    is_live = bool(wanted.categories) and "resolved" not in wanted.categories
    return is_live and not (
        wanted.text or wanted.unread or wanted.spam or wanted.fields or wanted.company or wanted.complaints
    )


def _is_of_person(wanted: Filter) -> bool:
    """Whoever asks is named in it: it holds nothing but cases that are theirs."""
    return wanted.assignee == "me" or wanted.mentions or wanted.followed


def _of_cells(views: dict[str, tuple[Key, Filter]], asked: _Asked, memory: Memory) -> dict[str, int]:
    if not views:
        return {}
    cells = {
        code: memory.cells(key, asked.person.team_ids if "mine" in wanted.teams else (), at=asked.at)
        for code, (key, wanted) in views.items()
        if not _is_of_person(wanted)
    }
    teams = None if asked.reach.everything else tuple(dict.fromkeys(asked.reach.team_ids))
    for missing, codes in _missing(cells, teams).items():
        _fill_cells(missing, [(views[code][1], cells[code]) for code in codes], asked)
    own = memory.own(asked.who, at=asked.at)
    unknown = {key: wanted for key, wanted in views.values() if key not in own}
    if unknown:
        own |= zip(unknown, _own_counts(list(unknown.values()), asked), strict=True)
    return {code: own[key] + (cells[code].sum_of(teams) if code in cells else 0) for code, (key, _) in views.items()}


def _missing(cells: dict[str, Cells], teams: tuple[int, ...] | None) -> dict[tuple[int, ...] | None, list[str]]:
    """Which filters have to be counted for which teams (None: all of them)."""
    found: dict[tuple[int, ...] | None, list[str]] = {}
    for code, cell in cells.items():
        missing = cell.missing(teams)
        if missing is None or missing:
            found.setdefault(missing, []).append(code)
    return found


def _fill_cells(teams: tuple[int, ...] | None, wanted: list[tuple[Filter, Cells]], asked: _Asked) -> None:
    """One pass over the live cases of these teams, for all these filters together."""
    conditions, params = _conditions([one for one, _ in wanted], asked)
    counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)
    of_teams = "true"
    if teams is not None:
        nobodys = " OR c.team_id IS NULL" if ELSEWHERE in teams else ""
        of_teams, params["cell_teams"] = f"(c.team_id = ANY(%(cell_teams)s::bigint[]){nobodys})", list(teams)
    # Columns without names of their own: a named tuple's class for thirty counts would cost more than they do.
    rows = db.rows(
        f"""SELECT coalesce(c.team_id, 0) AS team, ARRAY[{counted}] AS counts FROM conversations_conversation c
            WHERE {_LIVE} AND {of_teams} GROUP BY 1""",
        params,
    )
    for n, (_, cells) in enumerate(wanted):
        cells.keep({row.team: row.counts[n] for row in rows}, teams)


def _own_counts(filters: list[Filter], asked: _Asked) -> list[int]:
    """What of each filter is not in the cells of the teams: cases of one's own elsewhere, and those restricted to a few."""
    conditions, params = _conditions(filters, asked)
    seen, more = visible(asked.reach)
    mine, own = visible(replace(asked.reach, everything=False, team_ids=(), own=True))
    in_teams = "true" if asked.reach.everything else "coalesce(c.team_id = ANY(%(own_teams)s::bigint[]), false)"
    apart = f"(c.restricted_to IS NOT NULL OR NOT {in_teams}) AND "
    counted = ", ".join(
        f"count(*) FILTER (WHERE {'' if _is_of_person(wanted) else apart}{condition})"
        for wanted, condition in zip(filters, conditions, strict=True)
    )
    found = db.row(
        f"""SELECT ARRAY[{counted}] AS counts FROM conversations_conversation c
            WHERE c.category IN ('open', 'waiting') AND c.merged_into_id IS NULL AND ({mine} OR (c.restricted_to IS NOT NULL AND {seen}))""",
        params | own | more | {"own_teams": list(asked.reach.team_ids)},
    )
    return list(found.counts) if found else []


def _conditions(filters: Sequence[Filter], asked: _Asked) -> tuple[list[str], dict[str, Any]]:
    """Each filter's condition over live cases, with parameters of its own."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for n, wanted in enumerate(filters):
        condition, own = asked_of(wanted, asked.person, at=asked.at, tags=asked.tags, of_live=True)
        parts.append(_numbered(condition, n))
        params |= {f"{name}_{n}": held for name, held in own.items()}
    return parts, params


def _each_alone(views: dict[str, Filter], asked: _Asked) -> dict[str, int]:
    """Each by itself, up to MOST_COUNTED, in one round trip."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for n, (code, wanted) in enumerate(views.items()):
        where, own = conditions_of(wanted, asked.person, at=asked.at, tags=asked.tags)
        params |= {f"{name}_{n}": held for name, held in own.items()} | {f"code_{n}": code}
        parts.append(
            f"SELECT %(code_{n})s AS code, count(*) AS n FROM (SELECT FROM conversations_conversation c "
            f"WHERE {_numbered(where, n)} LIMIT {MOST_COUNTED}) v{n}"
        )
    return {row.code: row.n for row in db.rows(" UNION ALL ".join(parts), params)} if parts else {}


def _numbered(statement: str, n: int) -> str:
    return _NAME.sub(lambda found: f"%({found[1]}_{n})s", statement)
