"""The fields that are asked for about customers and companies; segments of customers."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.fields import field_by_id, fields_of
from careline.domain.customers.queries.segments import segment_by_id, segments
from careline.domain.desk.queries.customer_filter import BadFilter
from careline.domain.desk.queries.segments import size_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.customers.listing import allowed_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import moment_text, said
from careline.flows.change_customer import Wrong
from careline.flows.change_customer_field import add_customer_field, archive_customer_field, change_customer_field
from careline.flows.customer_segment import drop_segment, save_segment
from careline.kit.typed_fields import KINDS, BadDefinition

FIELDS = "/settings/customer-fields"


def fields(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:fields")
    return _fields(visit)


def field_added(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        add_customer_field(
            visit.person, form.get("of", "customer"), name=form.get("name", "")[:200], kind=form.get("kind", "text"),
            choices=_choices(form.get("choices", "")), is_required="is_required" in form, is_listed="is_listed" in form, by=visit.by, at=visit.at,
        )  # fmt: skip
    except BadDefinition as wrong:
        return _fields(visit, error=said(wrong), form=form.dict())
    return HttpResponseRedirect(FIELDS)


def field(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "customer:fields")
    return _field(visit, key)


def field_changed(visit: Visit, key: int) -> HttpResponse:
    form = visit.form
    if form.get("then") == "archive":
        archive_customer_field(visit.person, key, by=visit.by, at=visit.at)
        return HttpResponseRedirect(FIELDS)
    held = field_by_id(key)
    kept = {name: code for code, name in held.choices} if held is not None else {}
    try:
        change_customer_field(
            visit.person, key, name=form.get("name", "")[:200], choices=_choices(form.get("choices", ""), kept), is_required="is_required" in form,
            is_listed="is_listed" in form, by=visit.by, at=visit.at,
        )  # fmt: skip
    except BadDefinition as wrong:
        return _field(visit, key, error=said(wrong))
    return HttpResponseRedirect(FIELDS)


def all_segments(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:read")
    rows = [
        {"id": row.id, "name": row.name, "owner": row.owner_name or "", "url": f"/customers?segment={row.id}", "own_url": f"/segments/{row.id}",
         "size": size_of(row.id, visit.person, at=visit.at), "changed_text": moment_text(row.changed_at, at=visit.at, zone=visit.zone)}
        for row in segments()
    ]  # fmt: skip
    return page(
        visit, "customers/customer_segments", "customers", _("Segments"), segments=rows, allowed=allowed_of(visit)
    )


def segment_saved(visit: Visit) -> HttpResponse:
    """The filter of the list, under a name; `filter` is the JSON that the list made."""
    try:
        wanted = json.loads(visit.form.get("filter", "{}"))
        key = save_segment(
            visit.person, None, name=visit.form.get("name", ""), wanted=wanted if isinstance(wanted, dict) else {}, by=visit.by, at=visit.at
        )  # fmt: skip
    except (Wrong, BadFilter) as wrong:
        raise Refused(str(wrong)) from wrong
    except (ValueError, RecursionError) as wrong:
        raise Refused(_("The filter can't be read.")) from wrong
    return HttpResponseRedirect(f"/customers?segment={key}")


def segment_changed(visit: Visit, key: int) -> HttpResponse:
    """Another name, or gone."""
    if visit.form.get("then") == "drop":
        drop_segment(visit.person, key, by=visit.by, at=visit.at)
        return HttpResponseRedirect("/segments")
    held = segment_by_id(key)
    if held is None:
        raise NotFound(f"There is no segment {key}.")
    try:
        save_segment(visit.person, key, name=visit.form.get("name", ""), wanted=held.filter, by=visit.by, at=visit.at)
    except Wrong as wrong:
        raise Refused(str(wrong)) from wrong
    return HttpResponseRedirect("/segments")


def _fields(visit: Visit, *, error: str = "", form: dict[str, Any] | None = None) -> HttpResponse:
    groups = [
        {"name": name, "fields": [_row(row) for row in fields_of(of)]}
        for of, name in (("customer", _("Customers")), ("organisation", _("Companies")))
    ]
    return page(
        visit, "customers/customer_fields", "settings", _("Fields of customers"), status=422 if error else 200, groups=groups, error=error,
        form=form or {"name": "", "kind": "text", "of": "customer", "choices": ""}, kinds=[(kind, kind_words(kind)) for kind in KINDS],
    )  # fmt: skip


def _field(visit: Visit, key: int, *, error: str = "") -> HttpResponse:
    held = field_by_id(key)
    if held is None:
        raise NotFound(f"There is no field {key}.")
    return page(
        visit,
        "customers/customer_field",
        "settings",
        held.name,
        status=422 if error else 200,
        field=_row(held),
        error=error,
    )


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "url": f"{FIELDS}/{row.id}", "name": row.name, "code": row.code, "kind": row.kind, "kind_words": kind_words(row.kind),
        "choices": "\n".join(name for _code, name in row.choices), "is_required": row.is_required, "is_listed": row.is_listed,
    }  # fmt: skip


def kind_words(kind: str) -> str:
    return {
        "text": _("Text"), "number": _("Number"), "date": _("Date"), "choice": _("One of a list"), "choices": _("Several of a list"),
        "yes_no": _("Yes or no"), "url": _("Web address"),
    }.get(kind, kind)  # fmt: skip


def _choices(lines: str, kept: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """One name a line; a name that was there keeps its code, so that values stay what they were."""
    names = [line.strip() for line in lines.splitlines() if line.strip()][:200]
    return [((kept or {}).get(name, ""), name[:200]) for name in names]
