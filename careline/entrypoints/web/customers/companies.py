"""Companies our customers work for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.fields import definitions
from careline.domain.desk.queries.api_customers import customers_page
from careline.domain.desk.queries.companies import companies_page, company_row
from careline.domain.desk.queries.customer_figures import figures_of
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.customers.listing import name_of
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, iso, moment_text, said
from careline.flows.change_company import add_company, change_company
from careline.flows.change_customer import Wrong

SHOWN = 50


def companies(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:read")
    words = visit.asked.get("q", "").strip()[:200]
    found = companies_page(words=words, after=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    rows = [
        {"name": row.name, "url": f"/companies/{row.id}", "domains": ", ".join(row.domains[:3]), "people": row.people}
        for row in found[:SHOWN]
    ]
    return page(
        visit, "customers/companies", "customers", _("Companies"),
        query=words, companies=rows, next_url=next_page("/companies", found, SHOWN, q=words),
        may_add=may(visit.person, "customer:write"),
    )  # fmt: skip


def newcomer(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:write")
    return _form(visit, {"name": "", "domains": "", "notes": ""})


def added(visit: Visit) -> HttpResponse:
    form = _given(visit)
    try:
        key = add_company(visit.person, **_words(form, visit), by=visit.by, at=visit.at)
    except Wrong as wrong:
        return _form(visit, form, error=said(wrong))
    return HttpResponseRedirect(f"/companies/{key}")


def company(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "customer:read")
    return _page(visit, key)


def changed(visit: Visit, key: int) -> HttpResponse:
    form = _given(visit)
    try:
        change_company(visit.person, key, **_words(form, visit), by=visit.by, at=visit.at)
    except Wrong as wrong:
        return _page(visit, key, form=form, error=said(wrong))
    return HttpResponseRedirect(f"/companies/{key}")


def _given(visit: Visit) -> dict[str, str]:
    return {name: visit.form.get(name, "").strip()[:20_000] for name in ("name", "domains", "notes")}


def _words(form: dict[str, str], visit: Visit) -> dict[str, Any]:
    fields = {
        d.code: (visit.form.getlist if d.kind == "choices" else visit.form.get)(f"field_{d.code}")
        for d in definitions("organisation")
        if f"field_{d.code}" in visit.form or d.kind == "choices"
    }
    domains = form["domains"].replace(",", " ").split()
    return {"name": form["name"], "domains": domains, "notes": form["notes"], "fields": fields}


def _page(visit: Visit, key: int, *, form: dict[str, str] | None = None, error: str = "") -> HttpResponse:
    row = company_row(key)
    if row is None:
        raise NotFound(f"There is no company {key}.")
    after = whole_number(visit.asked.get("after"))
    found = customers_page(
        visit.person, CustomerFilter(company=key), at=visit.at, sort="name", after=after, limit=SHOWN + 1
    )
    figures = figures_of([one.id for one in found], visit.person)
    return page(
        visit, "customers/company", "customers", row.name, status=422 if error else 200, error=error, url=f"/companies/{key}", name=row.name, key=key,
        form=form or {"name": row.name, "domains": " ".join(row.domains), "notes": row.notes}, domains=row.domains,
        fields=[{"definition": d, "value": row.fields.get(d.code)} for d in definitions("organisation")],
        people=[_person(one, figures.get(one.id), visit) for one in found[:SHOWN]], count=row.people,
        next_url=next_page(f"/companies/{key}", found, SHOWN), may_change=may(visit.person, "customer:write"),
    )  # fmt: skip


def _form(visit: Visit, form: dict[str, str], *, error: str = "") -> HttpResponse:
    return page(
        visit, "customers/company_new", "customers", _("New company"), status=422 if error else 200, form=form, error=error,
        fields=[{"definition": d, "value": None} for d in definitions("organisation")],
    )  # fmt: skip


def _person(row: Any, figures: Any | None, visit: Visit) -> dict[str, Any]:
    name, last = name_of(row), figures.last_at if figures else row.created_at
    return {
        "name": name, "initials": initials_of(name), "url": f"/customers/{row.id}", "address": (row.addresses or [{"value": ""}])[0]["value"],
        "open_cases": figures.open_cases if figures else 0, "updated_at": iso(last),
        "updated_text": moment_text(last, at=visit.at, zone=visit.zone),
    }  # fmt: skip
