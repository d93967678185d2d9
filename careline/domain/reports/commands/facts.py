"""Keeping facts and sums: what happens marks cases, marked cases are counted anew, and all of them where a definition changed.

A case's fact is always made from the whole of the case, in the transaction that takes the mark away and moves the sums by the
difference. So it does not matter how often, in which order, or after which crash: the end is the same as of a full count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.commands import move_cursor
from careline.domain.history.queries import Happened, cursor_of, happenings_after
from careline.domain.reports.commands.attending import follow_status
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.queries.sources import sources_of
from careline.domain.reports.rules.cases import House
from careline.domain.reports.rules.facts import VERSION, Effort, fact_of
from careline.domain.reports.rules.sums import Cell, Sum, change_of
from careline.kit import db

READER = "facts"
BATCH = 500
CASES = 100
"""How many cases are counted in one transaction."""

_UPSERT = """
INSERT INTO case_fact SELECT * FROM jsonb_populate_recordset(NULL::case_fact, %s)
ON CONFLICT (conversation_id) DO UPDATE SET ({columns}) = ROW ({values})
"""
_ADD = """
INSERT INTO fact_day AS d (dim, day, key, measure, n, total, business)
SELECT dim, day, key, measure, n, total, business
FROM jsonb_to_recordset(%s) AS c (dim text, day date, key text, measure text, n bigint, total bigint, business bigint)
ON CONFLICT (dim, day, key, measure) DO UPDATE
    SET n = d.n + excluded.n, total = d.total + excluded.total, business = d.business + excluded.business
"""
_EMPTY = """
DELETE FROM fact_day d USING jsonb_to_recordset(%s) AS c (dim text, day date, key text, measure text)
WHERE d.n = 0 AND (d.dim, d.day, d.key, d.measure) = (c.dim, c.day, c.key, c.measure)
"""


@transaction.atomic
def follow(*, at: datetime) -> int:
    """Marks the cases of the next happenings; how many happenings were read."""
    batch = happenings_after(cursor_of(READER, locked=True), limit=BATCH)
    if not batch:
        return 0
    _mark({one.conversation_id for one in batch if one.conversation_id is not None})
    _mark_of_others(batch)
    for one in batch:
        if one.name == "agent.availability_changed":
            follow_status(one)
    move_cursor(READER, tx=batch[-1].tx, happening=batch[-1].id, at=at)
    return len(batch)


@transaction.atomic
def count_marked(*, limit: int = CASES) -> int:
    """Counts marked cases anew; how many."""
    marked = [row.conversation_id for row in db.rows(
        "SELECT conversation_id FROM fact_due ORDER BY conversation_id LIMIT %s FOR UPDATE SKIP LOCKED", [limit]
    )]  # fmt: skip
    if marked:
        _count(marked, house_now()[0])
        db.execute("DELETE FROM fact_due WHERE conversation_id = ANY(%s)", [marked])
    return len(marked)


@transaction.atomic
def go_on_recounting(*, at: datetime, limit: int = 1000) -> int:
    """Marks the next cases where all are to be counted anew: the rules, the zone or the opening hours are others than before."""
    sign = house_now()[1]
    state = db.row("SELECT version, zone, after FROM fact_state WHERE one FOR UPDATE")
    if state is None or (state.version, state.zone) != (VERSION, sign):
        db.execute(
            """INSERT INTO fact_state (one, version, zone, after, asked_at) VALUES (true, %(version)s, %(zone)s, 0, %(at)s)
               ON CONFLICT (one) DO UPDATE SET version = %(version)s, zone = %(zone)s, after = 0, asked_at = %(at)s""",
            {"version": VERSION, "zone": sign, "at": at},
        )
        after = 0
    elif state.after is None:
        return 0
    else:
        after = state.after
    found = [row.id for row in db.rows(
        """(SELECT id FROM conversations_conversation WHERE id > %(after)s ORDER BY id LIMIT %(limit)s)
           UNION (SELECT conversation_id FROM case_fact WHERE conversation_id > %(after)s ORDER BY conversation_id LIMIT %(limit)s)
           ORDER BY 1 LIMIT %(limit)s""",
        {"after": after, "limit": limit},
    )]  # fmt: skip
    _mark(found)
    db.execute("UPDATE fact_state SET after = %s WHERE one", [found[-1] if found else None])
    return len(found)


def ask_recount(*, at: datetime) -> None:
    """All facts are to be counted anew, in the background."""
    db.execute("UPDATE fact_state SET after = 0, asked_at = %s WHERE one", [at])


def _mark(cases: Iterable[int]) -> None:
    if wanted := sorted(set(cases)):
        db.execute(
            "INSERT INTO fact_due (conversation_id) SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING", [wanted]
        )


def _mark_of_others(batch: Sequence[Happened]) -> None:
    """Whose company a customer is of, and what an order holds, is said by their own happenings."""
    customers = {one.subject_key for one in batch if one.subject_kind == "customer"}
    orders = {one.subject_key for one in batch if one.subject_kind == "order"}
    if customers or orders:
        _mark(row.conversation_id for row in db.rows(
            """SELECT conversation_id FROM case_fact WHERE customer_id = ANY(%s)
               UNION SELECT conversation_id FROM case_fact WHERE order_ids && %s::bigint[]""",
            [sorted(customers), sorted(orders)],
        ))  # fmt: skip


def _count(cases: Sequence[int], house: House) -> None:
    before = {row.conversation_id: row._asdict() for row in db.rows(
        "SELECT * FROM case_fact WHERE conversation_id = ANY(%s) ORDER BY conversation_id FOR UPDATE", [list(cases)]
    )}  # fmt: skip
    made = {cover.id: fact_of(cover, events, house=house) for cover, events in sources_of(cases)}
    changes: dict[Cell, Sum] = {}
    for case in cases:
        after = made[case].columns if case in made else None
        for cell, change in change_of(before.get(case), after).items():
            changes[cell] = changes.get(cell, Sum()) + change
    db.execute("DELETE FROM case_fact WHERE conversation_id = ANY(%s)", [[case for case in before if case not in made]])
    _write([one.columns for one in made.values()])
    _write_efforts(cases, {case: one.efforts for case, one in made.items() if one.efforts})
    _add(changes)


def _write(facts: list[dict[str, Any]]) -> None:
    if facts:
        names = [name for name in facts[0] if name != "conversation_id"]
        said = _UPSERT.format(columns=", ".join(names), values=", ".join(f"excluded.{name}" for name in names))
        db.execute(said, [db.json([{name: _plain(value) for name, value in fact.items()} for fact in facts])])


def _write_efforts(cases: Sequence[int], efforts: dict[int, tuple[Effort, ...]]) -> None:
    db.execute("DELETE FROM case_effort WHERE conversation_id = ANY(%s)", [list(cases)])
    rows = [
        {"case": case, "agent": agent, "day": day.isoformat(), "seconds": seconds}
        for case, spent in efforts.items()
        for agent, day, seconds in spent
    ]
    if rows:
        db.execute(
            """INSERT INTO case_effort (conversation_id, agent_id, day, seconds) SELECT "case", agent, day, seconds
               FROM jsonb_to_recordset(%s) AS e ("case" bigint, agent bigint, day date, seconds bigint)""",
            [db.json(rows)],
        )


def _add(changes: dict[Cell, Sum]) -> None:
    """In one order for all, so that two who count can't wait for each other."""
    rows = db.json([
        {"dim": dim, "day": day.isoformat(), "key": key, "measure": measure, "n": change.n, "total": change.total, "business": change.business}
        for (dim, day, key, measure), change in sorted(changes.items(), key=lambda one: one[0])
        if change != Sum()
    ])  # fmt: skip
    db.execute(_ADD, [rows])
    db.execute(_EMPTY, [rows])


def _plain(value: Any) -> Any:
    """As JSON that PostgreSQL reads into the column."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
