"""A view as a board: one statement for the cards of all columns, one for how many each holds; every column pages by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.queries.counts import MOST_COUNTED
from careline.domain.desk.queries.lists import CASE, ORDERS, Place
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person
from careline.kit import db

_COLUMNS = {"status": "c.status_id", "priority": "c.priority", "assignee": "coalesce(c.assignee_id, 0)"}
_CARDS = (
    """WITH page AS MATERIALIZED (SELECT k.key AS board_column, c.* FROM unnest(%(keys)s::bigint[]) AS k (key) CROSS JOIN LATERAL (
    SELECT c.* FROM conversations_conversation c WHERE {where} AND {split_by} = k.key ORDER BY {order} LIMIT %(limit)s) c)"""
    + CASE.replace("SELECT c.id", "SELECT c.board_column, c.id", 1)
    + "ORDER BY {order}"
)
_COUNTS = """SELECT k.key, (SELECT count(*) FROM (SELECT FROM conversations_conversation c
    WHERE {where} AND {split_by} = k.key LIMIT %(most)s) v) AS held FROM unnest(%(keys)s::bigint[]) AS k (key)"""


@dataclass(slots=True)
class Column:
    """The first cards of a column, how many it holds (at most MOST_COUNTED), and where its next page begins."""

    key: int
    count: int = 0
    rows: list[Any] = field(default_factory=list)
    next: Place | None = None


def board_of(
    wanted: Filter, person: Person, *, at: datetime, split: str, keys: Sequence[int], sort: str, after: Place | None = None, limit: int = 20
) -> list[Column]:  # fmt: skip
    """The columns in the order of `keys` (ids of statuses or agents, 0 for nobody; priorities). `after` goes with a single key."""
    order, behind, place = ORDERS[sort]
    where, params = conditions_of(wanted, person, at=at)
    split_by = _COLUMNS[split]
    params |= {"keys": list(keys), "most": MOST_COUNTED, "limit": limit + 1}
    columns = {
        row.key: Column(row.key, row.held) for row in db.rows(_COUNTS.format(where=where, split_by=split_by), params)
    }
    if after is not None:
        where += f" AND {behind}"
        params |= {"after": after[0], "after_number": after[1]}
    for row in db.rows(_CARDS.format(where=where, split_by=split_by, order=order), params):
        columns[row.board_column].rows.append(row)
    for shown in columns.values():
        if len(shown.rows) > limit:
            del shown.rows[limit:]
            last = shown.rows[-1]
            shown.next = (getattr(last, place), last.number) if getattr(last, place) is not None else None
    return [columns[key] for key in keys]
