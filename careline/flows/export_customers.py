"""Customers leave as rows of a sheet: those of a filter whom the person may export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.imports import import_by_id, rows_with
from careline.domain.desk.queries.api_customers import customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require
from careline.kit.typed_fields import shown

AT_ONCE = 2_000
HEADINGS = (
    "Id",
    "Name",
    "Mail",
    "Phone",
    "Other addresses",
    "Company",
    "Language",
    "Time zone",
    "Good to know",
    "Known since",
)


def export_customers(agent: Person, wanted: CustomerFilter, *, by: Actor, at: datetime) -> Iterator[list[str]]:
    """Headings, then a row for each, by key; fetched as they are taken. On the record. Raises Forbidden at once."""
    require(agent, "customer:export")
    record(
        Happening("customers.exported", "agent", agent.id, data={"filtered": sorted(wanted.as_kept())}), by=by, at=at
    )
    return _rows(agent, wanted, at)


def refused_rows(agent: Person, key: int) -> Iterator[list[str]]:
    """The rows of an import that were refused, each with its reason behind it. Raises Forbidden, NotFound."""
    require(agent, "customer:import")
    found = import_by_id(key)
    if found is None:
        raise NotFound(f"There is no import {key}.")
    return _refused(key, list(found.headings))


def _rows(agent: Person, wanted: CustomerFilter, at: datetime) -> Iterator[list[str]]:
    defined = definitions("customer")
    yield [*HEADINGS, *(d.name for d in defined)]
    after = None
    while True:
        found = customers_page(agent, wanted, at=at, sort="oldest", after=after, limit=AT_ONCE, verb="customer:export")
        for row in found:
            by_kind: dict[str, list[str]] = {"email": [], "phone": [], "": []}
            for one in row.addresses or []:
                by_kind[one["kind"] if one["kind"] in by_kind else ""].append(one["value"])
            yield [
                str(row.id), row.name, *("; ".join(by_kind[kind]) for kind in ("email", "phone", "")), row.company_name or "", row.language,
                row.time_zone, row.notes, row.created_at.date().isoformat(), *(shown(d, row.fields.get(d.code)) for d in defined),
            ]  # fmt: skip
        if len(found) < AT_ONCE:
            return
        after = found[-1].id


def _refused(key: int, headings: list[str]) -> Iterator[list[str]]:
    yield [*headings, "Why it was refused"]
    after = 0
    while rows := rows_with(key, "refused", after=after, limit=AT_ONCE):
        for row in rows:
            cells = [*row.cells, *[""] * (len(headings) - len(row.cells))]
            yield [*cells, row.reason]
        after = rows[-1].number
