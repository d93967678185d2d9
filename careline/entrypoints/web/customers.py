"""Customers: the list, one of them with their cases, and what colleagues should know of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import change
from careline.domain.desk.queries.api_customers import customer_row, customers_page
from careline.domain.desk.queries.customer_figures import figures_of
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.presenting import row_of
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, iso, moment_text

SHOWN = 50
CASES_SHOWN = 50


def customers(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:read")
    words = visit.asked.get("q", "").strip()[:200]
    found = customers_page(visit.person, words=words, after=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    figures = figures_of([row.id for row in found], visit.person)
    return page(
        visit, "customers", "customers", _("Customers"), query=words,
        customers=[_row(row, figures.get(row.id), visit) for row in found[:SHOWN]],
        next_url=next_page("/customers", found, SHOWN, q=words),
    )  # fmt: skip


def customer(visit: Visit, key: int) -> HttpResponse:
    found = customer_row(visit.person, key)
    if found is None:
        raise NotFound(f"There is no customer {key}.")
    cases = rows_of(Filter(customer=key), visit.person, at=visit.at, sort="updated", limit=CASES_SHOWN)
    name = _name(found)
    shown = {
        "id": found.id, "name": name, "initials": initials_of(name), "company_name": found.company_name or "",
        "url": f"/customers/{found.id}", "language": found.language,
    }  # fmt: skip
    return page(
        visit, "customer", "customers", name, customer=shown, addresses=found.addresses or [], notes=found.notes,
        cases=[row_of(row, visit) for row in cases.rows],
    )  # fmt: skip


def noted(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "customer:write")
    if customer_row(visit.person, key, verb="customer:write") is None:
        raise NotFound(f"There is no customer {key}.")
    change(key, notes=visit.form.get("notes", "").strip()[:20_000], by=visit.by, at=visit.at)
    return part(visit, "_toast", words=_("Noted."))


def _row(row: Any, figures: Any | None, visit: Visit) -> dict[str, Any]:
    name, last = _name(row), figures.last_at if figures else row.created_at
    addresses = row.addresses or []
    return {
        "name": name, "initials": initials_of(name), "url": f"/customers/{row.id}", "company_name": row.company_name or "",
        "address": addresses[0]["value"] if addresses else "", "open_cases": figures.open_cases if figures else 0,
        "updated_at": iso(last), "updated_text": moment_text(last, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _name(row: Any) -> str:
    return row.name or (row.addresses[0]["value"] if row.addresses else _("Nobody"))
