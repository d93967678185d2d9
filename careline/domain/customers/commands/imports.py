"""A sheet of customers on its way in: keeping it, and what becomes of its rows. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.models import Import
from careline.domain.customers.rules.importing import Judged
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

UNDER_WAY = ("reading", "checking", "running", "undoing")


@transaction.atomic
def add_import(
    name: str,
    *,
    digest: str,
    form: dict[str, str],
    headings: Sequence[str],
    mapping: Sequence[str],
    by: Actor,
    at: datetime,
) -> int:
    owner = by.id if by.kind is ActorKind.AGENT else None
    made = Import.objects.create(
        name=name, file_id=digest, **form, headings=list(headings), mapping=list(mapping), by_id=owner, created_at=at
    )
    record(Happening("import.added", "import", made.pk), by=by, at=at)
    return int(made.pk)


def set_form(key: int, *, encoding: str, delimiter: str, headings: Sequence[str], mapping: Sequence[str]) -> None:
    """Read otherwise than we thought: nothing is staged yet."""
    Import.objects.filter(pk=key).update(
        encoding=encoding, delimiter=delimiter, headings=list(headings), mapping=list(mapping)
    )


@transaction.atomic
def set_mapping(key: int, *, mapping: Sequence[str], is_updating: bool, by: Actor, at: datetime) -> None:
    """What each column holds; from here the worker reads and checks it all anew, changing nothing."""
    db.execute("DELETE FROM customers_importrow WHERE owner_id = %s", [key])
    Import.objects.filter(pk=key).update(
        mapping=list(mapping),
        is_updating=is_updating,
        state="reading",
        total=0,
        position=0,
        counts={},
        error="",
        due_at=at,
    )
    record(Happening("import.mapped", "import", key), by=by, at=at)


@transaction.atomic
def move_on(key: int, *, state: str, by: Actor, at: datetime, due: bool, counts: dict[str, int] | None = None, error: str = "") -> None:  # fmt: skip
    """The next stage, from its start; `due` while the worker has to go on."""
    words: dict[str, Any] = {"state": state, "position": 0, "due_at": at if due else None, "error": error}
    if counts is not None:
        words["counts"] = counts
    if state == "running":
        words["started_at"] = at
    if state in ("done", "cancelled", "undone", "failed"):
        words["finished_at"] = at
    Import.objects.filter(pk=key).update(**words)
    record(Happening(f"import.{state}", "import", key, data=counts or {}), by=by, at=at)


def locked(key: int) -> Import | None:
    """Held until the transaction ends: who cancels and who works on it do not pass each other."""
    return Import.objects.select_for_update().filter(pk=key).first()


def advance(key: int, *, position: int, total: int | None = None) -> None:
    words = {"position": position} if total is None else {"position": position, "total": total}
    Import.objects.filter(pk=key).update(**words)


def stage(key: int, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Rows of the sheet by their number, as they stand there."""
    db.execute(
        """INSERT INTO customers_importrow (owner_id, number, cells, keys, outcome, reason, before, after, is_done)
           SELECT %s, r.number, ARRAY(SELECT jsonb_array_elements_text(r.cells)), '{}', '', '', '{}', '{}', false
           FROM jsonb_to_recordset(%s) AS r (number int, cells jsonb) ON CONFLICT (owner_id, number) DO NOTHING""",
        [key, db.json([{"number": number, "cells": cells} for number, cells in rows])],
    )


def note_judged(rows: Sequence[tuple[int, list[str], Judged]]) -> None:
    """(row's id, its keys, what becomes of it), before anything is changed."""
    db.execute(
        """UPDATE customers_importrow r SET keys = ARRAY(SELECT jsonb_array_elements_text(n.keys)), outcome = n.outcome, reason = n.reason
           FROM jsonb_to_recordset(%s) AS n (id bigint, keys jsonb, outcome text, reason text) WHERE r.id = n.id""",
        [db.json([{"id": k, "keys": keys, "outcome": j.outcome, "reason": j.reason} for k, keys, j in rows])],
    )


def note_repeated(key: int) -> None:
    """A row that names somebody whom an earlier row would add is about that same person."""
    db.execute(
        """WITH named AS (
               SELECT r.id, r.number, unnest(r.keys) AS key FROM customers_importrow r WHERE r.owner_id = %s AND r.outcome = 'new'
           ), seen AS (SELECT id, min(number) OVER (PARTITION BY key) AS first FROM named)
           UPDATE customers_importrow r SET outcome = 'changed', reason = format('The same person as in row %%s.', f.first)
           FROM (SELECT id, min(first) AS first FROM seen GROUP BY id) f WHERE r.id = f.id AND f.first < r.number""",
        [key],
    )


def note_done(rows: Sequence[dict[str, Any]]) -> None:
    """{id, outcome, reason, customer, before, after}: what was really done with each."""
    db.execute(
        """UPDATE customers_importrow r SET outcome = n.outcome, reason = n.reason, customer_id = n.customer, before = n.before,
               after = n.after, is_done = n.outcome IN ('new', 'changed')
           FROM jsonb_to_recordset(%s) AS n (id bigint, outcome text, reason text, customer bigint, before jsonb, after jsonb)
           WHERE r.id = n.id""",
        [db.json(list(rows))],
    )


def note_undone(rows: Sequence[tuple[int, str]]) -> None:
    """(row's id, why it was kept or "")."""
    db.execute(
        """UPDATE customers_importrow r SET is_done = false, reason = n.reason, outcome = CASE WHEN n.reason = '' THEN 'undone' ELSE 'kept' END
           FROM jsonb_to_recordset(%s) AS n (id bigint, reason text) WHERE r.id = n.id""",
        [db.json([{"id": key, "reason": reason} for key, reason in rows])],
    )
