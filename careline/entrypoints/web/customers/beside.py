"""The customer beside a case: fetched once the case stands, changed in place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.customers.commands.people import Gone
from careline.domain.customers.queries.fields import definitions
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.desk.queries.customer_card import likely_same
from careline.domain.desk.queries.customer_rail import Rail, rail_of
from careline.domain.staff.preferences import prefer
from careline.entrypoints.web.customers.card import (
    consents_shown,
    cover_shown,
    facts_of,
    likely_shown,
    remarks_of,
    seen,
)
from careline.entrypoints.web.customers.listing import allowed_of, language_choices
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.visit import Visit, whole_number, zone_named
from careline.entrypoints.web.words import moment_text, moment_words, said
from careline.flows.change_customer import CustomerChange, Wrong, change_customer
from careline.kit.zones import zones_in_order

REMARKS_SHOWN = 3
SECTIONS = ("about", "cases", "notes", "consent")
_CARD = ("language", "time_zone")


def beside(visit: Visit, key: int) -> HttpResponse:
    """Everything that the case itself does not know. `case` is its number, so that it is not told of itself."""
    return _shown(visit, key)


def changed(visit: Visit, key: int) -> HttpResponse:
    """Some of the card, a note, or what colleagues should know: what was not sent stays as it is."""
    form = visit.form
    card = {name: form.get(name, "").strip()[:200] for name in _CARD if name in form}
    if "notes" in form:
        card["notes"] = form.get("notes", "").strip()[:20_000]
    fields = {
        one.code: (form.getlist if one.kind == "choices" else form.get)(f"field_{one.code}")
        for one in definitions("customer")
        if f"field_{one.code}" in form or f"has_{one.code}" in form
    }
    wanted = CustomerChange(card=card, fields=fields, note=form.get("text", "").strip())
    try:
        change_customer(visit.person, key, wanted, by=visit.by, at=visit.at)
    except (Wrong, Gone) as wrong:
        return _shown(visit, key, error=said(wrong))
    return _shown(visit, key, said=_("Noted."))


def folded(visit: Visit, name: str) -> HttpResponse:
    """A section is shut (PUT) or open again (DELETE), for this person and in every browser."""
    shut = {one for one in visit.person.preferences.get("rail_folded", ()) if one in SECTIONS}
    wanted = shut | {name} if visit.request.method == "PUT" else shut - {name}
    if wanted != shut:
        chosen = [one for one in SECTIONS if one in wanted]
        prefer(visit.person.id, "rail_folded", chosen, by=visit.by, at=visit.at)
    return HttpResponse(status=204)


def _shown(visit: Visit, key: int, *, error: str = "", said: str = "") -> HttpResponse:
    found = seen(visit, key)
    number = whole_number(visit.asked.get("case")) or 0
    rail = rail_of(key, visit.person, company=found.company_id, but=number)
    return part(
        visit, "customers/_context_more", customer=cover_shown(found), number=number, error=error, said=said,
        facts=facts_of(found), clock=_clock_there(found.time_zone, visit), remarks=remarks_of(visit, key, limit=REMARKS_SHOWN),
        consents=consents_shown(visit, key), likely=[likely_shown(row) for row in likely_same(visit.person, key)[:2]],
        cases=[_case(row, visit) for row in rail.last_cases], figures=_figures(rail, visit), company_open=rail.company_open,
        fields=[{"definition": one, "value": found.fields.get(one.code)} for one in definitions("customer")],
        languages=language_choices(), zones=zones_in_order(), allowed=_allowed(visit, key),
        folded=visit.person.preferences.get("rail_folded", ()),
    )  # fmt: skip


def _allowed(visit: Visit, key: int) -> set[str]:
    """What this person may do with this very customer."""
    allowed = allowed_of(visit)
    if "write" in allowed and customer_row(visit.person, key, verb="customer:write") is None:
        allowed.discard("write")
    return allowed


def _case(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("(no subject)"),
        "category": row.category, "status": words_in(row.status_names, visit),
        "age": moment_text(row.created_at, at=visit.at, zone=visit.zone), "at": moment_words(row.created_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _figures(rail: Rail, visit: Visit) -> list[tuple[str, str]]:
    """How much there was between us. Satisfaction has its place here, once it is asked."""
    told = [(_("Cases"), _("%(all)s, %(open)s of them open") % {"all": rail.cases, "open": rail.open_cases})]
    for label, moment in ((_("Since"), rail.since), (_("Last answer"), rail.answered_at)):
        if moment is not None:
            told.append((label, moment_words(moment, at=visit.at, zone=visit.zone)))
    return told


def _clock_there(time_zone: str, visit: Visit) -> dict[str, str] | None:
    """What time it is where they are; None where we don't know."""
    if not time_zone:
        return None
    there: datetime = visit.at.astimezone(zone_named(time_zone))
    is_night = not 8 <= there.hour < 20
    return {"time": there.strftime("%H:%M"), "symbol": "dark" if is_night else "light", "zone": time_zone,
            "words": _("night there") if is_night else _("day there")}  # fmt: skip
