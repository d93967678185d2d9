"""Two customers become one, by choice, side by side; and become two again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.customers.errors import CannotMerge, CannotUnmerge
from careline.domain.customers.queries.fields import definitions
from careline.domain.desk.queries.api_customers import customer_for, customer_row, customers_page
from careline.domain.desk.queries.customer_card import likely_pairs, likely_same
from careline.domain.desk.queries.customer_figures import figures_of
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.staff.rules import require
from careline.entrypoints.web.customers.likeness import likeness_words
from careline.entrypoints.web.customers.listing import name_of
from careline.entrypoints.web.customers.values import value_text
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, language_name
from careline.flows.merge_customers import keep_apart, merge_customers
from careline.flows.unmerge_customers import unmerge_customers

FOUND = 10
SHOWN = 30


def choice(visit: Visit, key: int) -> HttpResponse:
    """Who the other one is; once that is said, both side by side."""
    require(visit.person, "customer:merge")
    one = customer_for(visit.person, key)
    other_key = whole_number(visit.asked.get("with"))
    other = customer_row(visit.person, other_key) if other_key and other_key != key else None
    if other is not None:
        return _side_by_side(visit, one, other)
    words = visit.asked.get("q", "").strip()[:200]
    found = customers_page(visit.person, CustomerFilter(words=words), at=visit.at, limit=FOUND + 1) if words else []
    candidates = [_found(row) for row in found if row.id != key][:FOUND]
    likely = [] if words else [
        {**_side(row.id, row.name, row.address), "url": f"/customers/{key}/merges/new?with={row.id}", "words": likeness_words(row.why)}
        for row in likely_same(visit.person, key)
    ]  # fmt: skip
    for one_found in candidates:
        one_found["url"] = f"/customers/{key}/merges/new?with={one_found['id']}"
    return page(
        visit, "customers/customer_merge_find", "customers", _("Merge customers"), customer=_found(one), query=words, candidates=likely or candidates
    )  # fmt: skip


def merged(visit: Visit, key: int) -> HttpResponse:
    """`survivor` is who stays; `take` names what comes from the other one."""
    other = whole_number(visit.form.get("other")) or 0
    survivor = whole_number(visit.form.get("survivor")) or key
    if survivor not in (key, other):
        raise Refused(_("Choose who stays."))
    gone = other if survivor == key else key
    from_gone = [word.rpartition("@")[0] for word in visit.form.getlist("take") if word.endswith(f"@{gone}")]
    from_gone += [
        name.removeprefix("take_")
        for name in visit.form
        if name.startswith("take_") and visit.form.get(name) == str(gone)
    ]
    try:
        merge_customers(visit.person, survivor, merged=gone, take=from_gone, by=visit.by, at=visit.at)
    except CannotMerge as refused:
        raise Refused(str(refused)) from refused
    return HttpResponseRedirect(f"/customers/{survivor}")


def parted(visit: Visit, key: int, merge: int) -> HttpResponse:
    try:
        alone = unmerge_customers(visit.person, merge, survivor=key, by=visit.by, at=visit.at)
    except CannotUnmerge as refused:
        raise Refused(str(refused)) from refused
    return HttpResponseRedirect(f"/customers/{alone}")


def kept_apart(visit: Visit, key: int) -> HttpResponse:
    other = whole_number(visit.form.get("other")) or 0
    if other == key:
        raise Refused(_("This is one and the same customer."))
    keep_apart(visit.person, key, other=other, by=visit.by, at=visit.at)
    back = visit.form.get("back", "")
    return HttpResponseRedirect("/customers/duplicates" if back == "duplicates" else f"/customers/{key}")


def duplicates(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:merge")
    found = likely_pairs(visit.person, after=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    pairs = [
        {"first": _side(row.first, row.first_name, row.first_address), "why": likeness_words(row.why),
         "second": _side(row.second, row.second_name, row.second_address),
         "url": f"/customers/{row.first}/merges/new?with={row.second}", "apart_url": f"/customers/{row.first}/distinctions"}
        for row in found[:SHOWN]
    ]  # fmt: skip
    return page(
        visit, "customers/customer_duplicates", "customers", _("Possible duplicates"), pairs=pairs,
        next_url=next_page("/customers/duplicates", found, SHOWN),
    )  # fmt: skip


def _side_by_side(visit: Visit, one: Any, other: Any) -> HttpResponse:
    figures = figures_of([one.id, other.id], visit.person)
    sides = [{**_found(row), "cases": figures[row.id].open_cases if row.id in figures else 0} for row in (one, other)]
    lines = [line for line in _lines(one, other) if line["first"] or line["second"]]
    return page(
        visit, "customers/customer_merge", "customers", _("Merge customers"), sides=sides, lines=lines, url=f"/customers/{one.id}/merges"
    )  # fmt: skip


def _lines(one: Any, other: Any) -> list[dict[str, Any]]:
    """What stands on both cards: {name, label, first, second}; a name is offered for choice where both differ."""
    plain = [
        ("name", _("Name"), one.name, other.name),
        ("organisation_id", _("Company"), one.company_name or "", other.company_name or ""),
        ("language", _("Language"), language_name(one.language) if one.language else "", language_name(other.language) if other.language else ""),
        ("time_zone", _("Time zone"), one.time_zone, other.time_zone),
        ("preferred_channel", _("Preferred channel"), one.preferred_channel, other.preferred_channel),
    ]  # fmt: skip
    for d in definitions("customer"):
        plain.append(
            (f"field:{d.code}", d.name, value_text(d, one.fields.get(d.code)), value_text(d, other.fields.get(d.code)))
        )
    return [
        {"name": name, "label": label, "first": first, "second": second, "differs": bool(first and second and first != second)}
        for name, label, first, second in plain
    ]  # fmt: skip


def _found(row: Any) -> dict[str, Any]:
    name = name_of(row)
    return {
        "id": row.id, "name": name, "initials": initials_of(name), "url": f"/customers/{row.id}",
        "addresses": [one["value"] for one in row.addresses or []], "address": (row.addresses or [{"value": ""}])[0]["value"],
        "words": row.company_name or "", "notes": row.notes,
    }  # fmt: skip


def _side(key: int, name: str, address: str | None) -> dict[str, Any]:
    shown_name = name or address or _("Nobody")
    return {
        "id": key,
        "name": shown_name,
        "initials": initials_of(shown_name),
        "address": address or "",
        "url": f"/customers/{key}",
    }
