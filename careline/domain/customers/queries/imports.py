"""Sheets of customers on their way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db

_IMPORT = """
SELECT i.id, i.name, i.file_id AS digest, i.format, i.encoding, i.delimiter, i.headings, i.mapping, i.is_updating, i.state, i.total,
    i.position, i.counts, i.error, i.by_id, a.name AS agent_name, i.created_at, i.started_at, i.finished_at, i.due_at
FROM customers_import i LEFT JOIN staff_agent a ON a.id = i.by_id
"""
_ROW = "SELECT id, number, cells, keys, outcome, reason, customer_id, before, after, is_done FROM customers_importrow"


def imports_page(*, after: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first."""
    return db.rows(
        f"{_IMPORT} WHERE (%(after)s::bigint IS NULL OR i.id < %(after)s) ORDER BY i.id DESC LIMIT %(limit)s",
        {"after": after, "limit": limit},
    )


def import_by_id(key: int) -> Any | None:
    return db.row(f"{_IMPORT} WHERE i.id = %s", [key])


def due_import(at: datetime) -> int | None:
    """The key of the oldest that the worker has something to do for."""
    return db.value("SELECT id FROM customers_import WHERE due_at <= %s ORDER BY due_at, id LIMIT 1", [at])


def earliest_due_import() -> datetime | None:
    return db.value("SELECT min(due_at) FROM customers_import WHERE due_at IS NOT NULL")


def remembered_mapping(headings: Sequence[str]) -> list[str] | None:
    """How a sheet with the same headings was read the last time."""
    found = db.row(
        """SELECT mapping FROM customers_import WHERE headings = %s::text[] AND state <> 'uploaded' ORDER BY id DESC LIMIT 1""",
        [list(headings)],
    )
    return list(found.mapping) if found is not None else None


def rows_after(key: int, *, number: int, limit: int) -> list[Any]:
    return db.rows(f"{_ROW} WHERE owner_id = %s AND number > %s ORDER BY number LIMIT %s", [key, number, limit])


def rows_with(key: int, outcome: str, *, after: int = 0, limit: int = 50) -> list[Any]:
    """Rows of an outcome, in the order of the sheet."""
    return db.rows(
        f"{_ROW} WHERE owner_id = %s AND outcome = %s AND number > %s ORDER BY number LIMIT %s",
        [key, outcome, after, limit],
    )


def done_before(key: int, *, number: int, limit: int) -> list[Any]:
    """Rows that were carried out, the last ones first: what an undo takes back."""
    return db.rows(
        f"{_ROW} WHERE owner_id = %s AND is_done AND number < %s ORDER BY number DESC LIMIT %s", [key, number, limit]
    )


def counts_of_rows(key: int) -> dict[str, int]:
    found = db.rows(
        "SELECT outcome, count(*) AS n FROM customers_importrow WHERE owner_id = %s GROUP BY outcome", [key]
    )
    return {row.outcome: row.n for row in found if row.outcome}


def cards_of(customers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What an import may change of these customers, by key; those merged or erased meanwhile are left out."""
    found = db.rows(
        """SELECT cu.id, cu.name, cu.language, cu.time_zone, cu.notes, cu.organisation_id, cu.fields,
               ARRAY(SELECT a.kind || ':' || a.value FROM customers_address a WHERE a.customer_id = cu.id) AS keys,
               ARRAY(SELECT n.text FROM customers_note n WHERE n.customer_id = cu.id) AS remarks,
               ARRAY(SELECT c.purpose FROM customers_consent c WHERE c.customer_id = cu.id) AS purposes
           FROM customers_customer cu WHERE cu.id = ANY(%s) AND cu.merged_into_id IS NULL AND cu.erased_at IS NULL""",
        [list(customers)],
    )
    return {row.id: row._asdict() for row in found}
