"""What the register goes by, under Settings: rule sets, categories, the tree of causes, letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.calendars.queries import calendars
from careline.domain.company.queries import languages, sites
from careline.domain.complaints.queries.book import (
    all_versions,
    categories,
    causes,
    letter_by_id,
    letters,
    rules_by_id,
    rules_in_force,
    versions_of,
)
from careline.domain.complaints.rules.terms import KINDS, UNITS
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.orders.queries.products import products
from careline.domain.staff.rules import require
from careline.entrypoints.web.complaints import words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_words, said
from careline.flows import complaint_examples, keep_complaint_rules
from careline.flows.complaint_trends import day_start
from careline.flows.complaint_words import VARIABLES
from careline.flows.keep_complaint_rules import VERB, RulesWanted

HOME = "/settings/complaints"


def home(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    in_force = {row.id for row in rules_in_force(visit.at)}
    return page(
        visit, "complaints/settings", "settings", _("Complaints"), status=status, error=error,
        rules=[_rules_row(row, in_force, visit) for row in all_versions() if row.id in in_force or row.valid_from > visit.at],
        categories=[(row.id, row.name, row.is_active) for row in categories(with_old=True)],
        causes=[(one.id, one.path[-1], one.depth, active) for one, active in causes(with_old=True)],
        parents=[("", _("At the top")), *((str(one.id), " / ".join(one.path)) for one, active in causes() if one.depth < 3)],
        letters=[
            {"url": f"{HOME}/letters/{row.id}", "name": row.name,
             "kind": _(words.KINDS[row.kind]), "languages": ", ".join(map(language_name, row.texts)),
             "outcome": _(words.OUTCOMES[row.outcome]) if row.outcome else "", "is_active": row.is_active}
            for row in letters(with_old=True)
        ],
    )  # fmt: skip


def named(visit: Visit) -> HttpResponse:
    """A category or a cause is added, renamed, or put aside; or the examples are taken over."""
    form = visit.form
    key, name, is_active = whole_number(form.get("key")), form.get("name", ""), form.get("off") != "1"
    how: dict[str, Any] = {"by": visit.by, "at": visit.at}
    try:
        if form.get("what") == "examples":
            complaint_examples.take_examples(visit.person, **how)
        elif form.get("what") == "cause":
            parent = whole_number(form.get("parent"))
            keep_complaint_rules.keep_complaint_cause(
                visit.person, name, key=key, parent=parent, is_active=is_active, **how
            )
        else:
            keep_complaint_rules.keep_complaint_category(visit.person, name, key=key, is_active=is_active, **how)
    except Refused as refusal:
        return home(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(HOME)


def rules(visit: Visit, key: int | None = None, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    found = rules_by_id(key) if key is not None else None
    if key is not None and found is None:
        raise NotFound(f"There are no complaint rules {key}.")
    terms = found.terms if found is not None else {}
    given = visit.form if error else {}
    lines = [
        {"kind": kind, "label": _(words.KINDS[kind]), **{
            part: given.get(f"{kind}-{part}", "") if error else str(terms.get(kind, {}).get(part, "")) for part in ("count", "unit", "warn")}}
        for kind in KINDS
    ]  # fmt: skip
    extension = {"count": "", "unit": "", **(found.extension if found is not None else {})}
    held = {name: str(getattr(found, f"{name}_id", None) or "") for name in ("brand", "product", "calendar")} | {
        "name": found.name if found else "", "country": found.country if found else "", "body": found.body if found else "",
    }  # fmt: skip
    versions = versions_of(found.code) if found is not None else []
    return page(
        visit, "complaints/rules", "settings", held["name"] or _("New rules"), status=status, error=error, lines=lines,
        units=[(unit, _(words.UNITS[unit])) for unit in UNITS], extension=extension, is_new=found is None,
        held=held | ({name: given.get(name, "") for name in held} if error else {}),
        url=f"{HOME}/rules/{key}" if found else f"{HOME}/rules/new", brands=[("", _("Any")), *((str(one.brand), one.name) for one in sites())],
        products=[("", _("Any")), *((str(one.id), one.name) for one in products(limit=200))],
        calendars=[("", _("The company's default ones")), *((str(one.id), one.name) for one in calendars())],
        today=visit.at.astimezone(visit.zone).date().isoformat(), versions=[_rules_row(row, set(), visit) for row in versions],
    )  # fmt: skip


def rules_kept(visit: Visit, key: int | None = None) -> HttpResponse:
    form = visit.form
    terms = {kind: term for kind in KINDS if (term := _term(visit, kind)) is not None}
    try:
        wanted = RulesWanted(
            form.get("name", ""), terms, _term(visit, "extension"), whole_number(form.get("brand")), whole_number(form.get("product")),
            form.get("country", ""), whole_number(form.get("calendar")), form.get("body", ""), form.get("off") == "1",
            _begins(visit),
        )  # fmt: skip
        keep_complaint_rules.keep_complaint_rules(visit.person, wanted, instead_of=key, by=visit.by, at=visit.at)
    except Refused as refusal:
        return rules(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(HOME)


def letter(visit: Visit, key: int | None = None, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    found = letter_by_id(key) if key is not None else None
    if key is not None and found is None:
        raise NotFound(f"There is no complaint letter {key}.")
    given = visit.form if error else {}
    texts = found.texts if found is not None else {}
    return page(
        visit, "complaints/letter_kept", "settings", _("Letter"), status=status, error=error, is_new=found is None,
        url=f"{HOME}/letters/{key}" if found else f"{HOME}/letters/new", kinds=words.pairs(words.KINDS),
        outcomes=[("", _("Any decision")), *words.pairs(words.OUTCOMES)], variables=VARIABLES,
        held={"name": given.get("name", found.name if found else ""), "kind": given.get("kind", found.kind if found else "final"),
              "outcome": given.get("outcome", found.outcome if found else ""), "is_active": found.is_active if found else True},
        texts=[(code, given.get(f"text-{code}", texts.get(code, ""))) for code in languages()],
    )  # fmt: skip


def letter_kept(visit: Visit, key: int | None = None) -> HttpResponse:
    form = visit.form
    try:
        keep_complaint_rules.keep_complaint_letter(
            visit.person, form.get("kind", ""), name=form.get("name", ""), outcome=form.get("outcome", ""), key=key,
            texts={code: form.get(f"text-{code}", "").replace("\r\n", "\n") for code in languages()}, is_active=form.get("off") != "1",
            by=visit.by, at=visit.at,
        )  # fmt: skip
    except Refused as refusal:
        return letter(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(HOME)


def _term(visit: Visit, kind: str) -> dict[str, Any] | None:
    count = whole_number(visit.form.get(f"{kind}-count"))
    if count is None:
        return None
    unit, warn = visit.form.get(f"{kind}-unit", ""), whole_number(visit.form.get(f"{kind}-warn")) or 0
    return {"count": count, "unit": unit, "warn": warn}


def _begins(visit: Visit) -> Any:
    """From the beginning of a day to come; today means at once."""
    try:
        day = date.fromisoformat(visit.form.get("from", ""))
    except ValueError:
        return None
    return day_start(day) if day > visit.at.astimezone(visit.zone).date() else None


def _rules_row(row: Any, in_force: set[int], visit: Visit) -> dict[str, Any]:
    narrowed = [word for word in (row.brand_name, row.product_name, row.country) if word]
    return {
        "url": f"{HOME}/rules/{row.id}", "name": row.name, "narrowed": " · ".join(narrowed) or _("All complaints"), "author": row.author_name or "",
        "terms": [f"{_(words.KINDS[kind])}: {words.term_words(row.terms[kind])}" for kind in KINDS if kind in row.terms],
        "when": moment_words(row.valid_from, at=visit.at, zone=visit.zone), "holds": row.id in in_force, "is_off": row.is_off,
        "is_coming": row.valid_from > visit.at,
    }  # fmt: skip
