"""Customers: the list with its filter, and adding somebody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.customers.commands import AddressTaken
from careline.domain.customers.queries.fields import definitions, fields_of
from careline.domain.customers.queries.people import purposes
from careline.domain.customers.queries.segments import segment_by_id, segments
from careline.domain.customers.rules.addresses import Unreachable
from careline.domain.desk.queries.api_customers import SORTS, customers_page
from careline.domain.desk.queries.companies import company_choices
from careline.domain.desk.queries.customer_figures import figures_of
from careline.domain.desk.queries.customer_filter import BadFilter, CustomerFilter, filter_of
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.customers.values import value_text
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import address_text, initials_of, iso, language_name, moment_text, said
from careline.flows.add_customer import add_customer
from careline.flows.change_customer import Wrong
from careline.kit.typed_fields import Definition, Unfit, read

SHOWN = 50
LANGUAGES = (
    "ar",
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fi",
    "fr",
    "it",
    "ja",
    "nl",
    "no",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
)


def customers(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:read")
    asked = {name: visit.asked.get(name, "").strip()[:200] for name in ASKED if visit.asked.get(name, "").strip()}
    defined = definitions("customer")
    for definition in defined:
        value = visit.asked.get(f"field_{definition.code}", "").strip()[:200]
        if value:
            asked[f"field_{definition.code}"] = value
    sort = asked["sort"] if asked.get("sort") in SORTS else "newest"
    wanted = wanted_of(asked, defined)
    found = customers_page(
        visit.person, wanted, at=visit.at, sort=sort, after=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    figures = figures_of([row.id for row in found], visit.person)
    listed = [
        (row, definition) for row, definition in zip(fields_of("customer"), defined, strict=True) if row.is_listed
    ][:3]
    return page(
        visit, "customers/customers", "customers", _("Customers"), query=asked.get("q", ""), asked=asked, sort=sort,
        customers=[_row(row, figures.get(row.id), listed, visit) for row in found[:SHOWN]],
        columns=[definition.name for _row_, definition in listed], filters=filters_of(defined, asked),
        next_url=next_page("/customers", found, SHOWN, **asked), is_filtered=bool(set(asked) - {"sort"}),
        export_query=urlencode(asked), allowed=allowed_of(visit), kept=wanted.as_kept(),
    )  # fmt: skip


ASKED = ("q", "company", "language", "tag", "consent", "segment", "contact", "sort")
_CONTACT = {
    "7": ("contacted_within", 7),
    "30": ("contacted_within", 30),
    "90": ("contacted_within", 90),
    "-90": ("silent_for", 90),
    "-365": ("silent_for", 365),
}


def wanted_of(asked: dict[str, str], defined: list[Definition]) -> CustomerFilter:
    """The filter of the list; a value that fits nothing narrows nothing."""
    kept: dict[str, Any] = {}
    segment = whole_number(asked.get("segment"))
    row = segment_by_id(segment) if segment else None
    if row is not None:
        kept = dict(row.filter)
    company = whole_number(asked.get("company"))
    if company is not None:
        kept["company"] = company
    for name, field in (("q", "words"), ("language", "language"), ("tag", "tag"), ("consent", "consent")):
        if asked.get(name):
            kept[field] = asked[name]
    if asked.get("contact") in _CONTACT:
        name, days = _CONTACT[asked["contact"]]
        kept[name] = days
    for definition in defined:
        try:
            value = read(definition, asked.get(f"field_{definition.code}"))
        except Unfit:
            continue
        if value is not None:
            kept["fields"] = {**kept.get("fields", {}), definition.code: value}
    try:
        return filter_of(kept)
    except BadFilter:
        return CustomerFilter(words=asked.get("q", ""))


def filters_of(defined: list[Definition], asked: dict[str, str]) -> list[dict[str, Any]]:
    """The selects of the filter: [{name, label, value, options: [(value, words)]}]; without options a text is typed."""
    choices: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("segment", _("Segment"), [(str(row.id), row.name) for row in segments()]),
        ("company", _("Company"), [("0", _("No company")), *((str(row.id), row.name) for row in company_choices())]),
        ("language", _("Language"), language_choices()),
        ("contact", _("Last contact"), [
            ("7", _("In the last 7 days")), ("30", _("In the last 30 days")), ("90", _("In the last 90 days")),
            ("-90", _("Not for 90 days")), ("-365", _("Not for a year"))]),
        ("consent", _("Agrees to"), [(purpose, purpose_name(purpose)) for purpose in purposes()]),
        ("tag", _("Tag on a case"), []),
    ]  # fmt: skip
    for definition in defined:
        options = [(choice.code, choice.name) for choice in definition.choices]
        options = [("yes", _("Yes")), ("no", _("No"))] if definition.kind == "yes_no" else options
        choices.append((f"field_{definition.code}", definition.name, options))
    return [
        {"name": name, "label": label, "options": options, "value": asked.get(name, "")}
        for name, label, options in choices
        if options or name not in ("segment",)
    ]


def purpose_name(purpose: str) -> str:
    return {"news": _("News"), "offers": _("Offers"), "survey": _("Surveys")}.get(purpose, purpose.replace("_", " "))


def language_choices() -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda each: each[1])


def allowed_of(visit: Visit) -> set[str]:
    """What of customers this person may: write, merge, import, export, segment, fields."""
    verbs = ("write", "merge", "import", "export", "segment", "fields", "erase")
    return {verb for verb in verbs if may(visit.person, f"customer:{verb}")}


_CARD = ("name", "email", "phone", "company", "language")


def newcomer(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:write")
    return _form(visit, {name: visit.asked.get(name, "")[:500] for name in _CARD})


def added(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:write")
    form = {name: visit.form.get(name, "").strip()[:500] for name in _CARD}
    given = [(kind, form[kind]) for kind in ("email", "phone") if form[kind]]
    if not form["name"] and not given:
        return _form(visit, form, error=_("Give a name or an address."))
    company = whole_number(form["company"])
    try:
        key = add_customer(
            visit.person, name=form["name"][:200], addresses=given, language=form["language"] if form["language"] in LANGUAGES else "",
            card={"organisation_id": company} if company else {}, fields=_required_given(visit), by=visit.by, at=visit.at,
        )  # fmt: skip
    except (Unreachable, Wrong) as wrong:
        return _form(visit, form, error=said(wrong))
    except AddressTaken as taken:
        return _form(visit, form, error=str(taken), holder=f"/customers/{taken.customer}")
    return HttpResponseRedirect(f"/customers/{key}")


def name_of(row: Any) -> str:
    return row.name or (address_text(row.addresses[0]["value"]) if row.addresses else _("Nobody"))


def _form(visit: Visit, form: dict[str, str], *, error: str = "", holder: str = "") -> HttpResponse:
    return page(
        visit, "customers/customer_new", "customers", _("New customer"), status=422 if error else 200, form=form, error=error, holder=holder,
        companies=company_choices(), languages=language_choices(),
        fields=[{"definition": one, "value": value} for one, value in _required_fields(visit)],
    )  # fmt: skip


def _required_fields(visit: Visit) -> list[tuple[Definition, Any]]:
    """The own fields that a new customer must have, each with what was typed into it."""
    return [
        (one, (visit.form.getlist if one.kind == "choices" else visit.form.get)(f"field_{one.code}"))
        for one in definitions("customer")
        if one.is_required
    ]


def _required_given(visit: Visit) -> dict[str, Any]:
    return {one.code: value for one, value in _required_fields(visit)}


def _row(row: Any, figures: Any | None, listed: list[tuple[Any, Definition]], visit: Visit) -> dict[str, Any]:
    name, last = name_of(row), figures.last_at if figures else row.created_at
    addresses = row.addresses or []
    return {
        "name": name, "initials": initials_of(name), "url": f"/customers/{row.id}", "company_name": row.company_name or "",
        "company_url": f"/companies/{row.company_id}", "address": address_text(addresses[0]["value"]) if addresses else "",
        "more": max(0, len(addresses) - 1), "open_cases": figures.open_cases if figures else 0,
        "cells": [value_text(definition, row.fields.get(definition.code)) for _row_, definition in listed],
        "updated_at": iso(last), "updated_text": moment_text(last, at=visit.at, zone=visit.zone),
    }  # fmt: skip
