"""The register leaves for whoever supervises: a row for each complaint, fetched as they are taken, as CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from careline.domain.complaints.queries.book import causes
from careline.domain.complaints.queries.register import clocks_of
from careline.domain.complaints.rules.terms import ACKNOWLEDGEMENT, FINAL
from careline.domain.desk.queries.complaints import RegisterFilter, complaints
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require
from careline.flows.complaint_words import number_words
from careline.kit.sheets.writing import csv_lines

VERB, PERSONAL = "complaint:export", "customer:export"
AT_ONCE = 1_000
FORMATS = ("csv", "json")
FIGURES = (
    "number", "state", "received_at", "recorded_at", "category", "severity", "complainant", "country", "product", "outcome", "cause",
    "remedies", "acknowledgement_due_at", "acknowledged_at", "final_due_at", "answered_at", "in_time", "referred_on", "referred_to",
    "closed_at", "is_satisfied", "reopened",
)  # fmt: skip
WORDS = ("customer", "text", "wish", "reasons", "view")
"""What is personal: only for whoever may export customers."""


def export_complaints(
    agent: Person, asked: RegisterFilter, *, form: str, with_people: bool = False, by: Actor, at: datetime
) -> Iterator[bytes]:
    """Pieces of the file: what they may export of what they see. On the record. Raises Forbidden at once."""
    require(agent, VERB)
    if with_people:
        require(agent, PERSONAL)
    data = {"format": form, "with_people": with_people}
    record(Happening("complaints.exported", "agent", agent.id, data=data), by=by, at=at)
    names = (*FIGURES, *(WORDS if with_people else ()))
    rows = _rows(agent, asked, with_people=with_people, at=at)
    return _as_json(rows) if form == "json" else csv_lines(_cells(rows, names))


def _rows(agent: Person, asked: RegisterFilter, *, with_people: bool, at: datetime) -> Iterator[dict[str, Any]]:
    paths = {one.id: " / ".join(one.path) for one, _ in causes(with_old=True)}
    before = None
    while found := complaints(agent, asked, verb=VERB, at=at, before=before, limit=AT_ONCE):
        clocks: dict[int, dict[str, Any]] = {}
        for clock in clocks_of([row.id for row in found]):
            clocks.setdefault(clock.complaint_id, {})[clock.kind] = clock
        for row in found:
            yield _row(row, clocks.get(row.id, {}), paths) | (_people(row) if with_people else {})
        before = found[-1].id


def _row(row: Any, clocks: dict[str, Any], paths: dict[int, str]) -> dict[str, Any]:
    first, final = clocks.get(ACKNOWLEDGEMENT), clocks.get(FINAL)
    return {
        "number": number_words(row.id), "state": row.state, "received_at": row.received_at, "recorded_at": row.recorded_at,
        "category": row.category_name or "", "severity": row.severity, "complainant": row.complainant, "country": row.country,
        "product": row.product_name or "", "outcome": row.outcome, "cause": paths.get(row.cause_id, ""), "remedies": list(row.remedies),
        "acknowledgement_due_at": first.due_at if first else None, "acknowledged_at": first.met_at if first else None,
        "final_due_at": final.due_at if final else None, "answered_at": row.answered_at,
        "in_time": None if row.answered_at is None else not row.is_broken, "referred_on": row.referred_on, "referred_to": row.referred_to,
        "closed_at": row.closed_at, "is_satisfied": row.is_satisfied, "reopened": row.reopened,
    }  # fmt: skip


def _people(row: Any) -> dict[str, Any]:
    return {
        "customer": row.customer_name or "",
        "text": row.text,
        "wish": row.wish,
        "reasons": row.reasons,
        "view": row.view,
    }


def _cells(rows: Iterator[dict[str, Any]], names: tuple[str, ...]) -> Iterator[list[str]]:
    yield list(names)
    for row in rows:
        yield [_cell(row[name]) for name in names]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _as_json(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """One array; an object a line."""
    begin = "[\n"
    for row in rows:
        kept = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        yield (begin + json.dumps(kept, ensure_ascii=False)).encode()
        begin = ",\n"
    yield (begin if begin == "[\n" else "\n").encode() + b"]\n"
