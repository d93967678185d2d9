"""The screen on which a form is built: everything on one page, a button for each step, and how it looks beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import escape
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import case_fields, in_language, paths_of, topics
from careline.domain.forms.queries import FormRow, form_by_id
from careline.domain.forms.rules.content import CHOSEN, DECIDING, KEPT_AS, KINDS, TOPIC, Content
from careline.domain.staff.rules import require
from careline.entrypoints.web.forms.written import EXAMPLES, rearranged, written_content
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_form import VERB, FormPlan, add_form, change_form, remove_form

_LIMITED = ("text", "long_text", "subject", "name", "number", "file")


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    name, _words, content = EXAMPLES.get(visit.asked.get("example", ""), EXAMPLES["contact"])
    box = next(iter(channels(kind="email")), None)
    return _form(visit, FormPlan(_(name), content, box.id if box else None), None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    plan, act = _plan(visit), visit.form.get("act", "save")
    if act != "save":
        return _form(visit, _rearranged(plan, act), None, open_row=_open_row(plan, act))
    try:
        key = add_form(visit.person, plan, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, plan, None, wrong=said(refusal), status=422)
    return HttpResponseRedirect(f"/settings/forms/{key}")


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    kept = _kept(key)
    return _form(visit, FormPlan(kept.name, kept.content, kept.mailbox, kept.slug, kept.origins, kept.is_open), kept)


def changed(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    kept, plan, act = _kept(key), _plan(visit), visit.form.get("act", "save")
    if act != "save":
        return _form(visit, _rearranged(plan, act), kept, open_row=_open_row(plan, act))
    try:
        change_form(visit.person, key, plan, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, plan, kept, wrong=said(refusal), status=422)
    return HttpResponseRedirect(f"/settings/forms/{key}")


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_form(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/settings/forms"})


def _kept(key: int) -> FormRow:
    found = form_by_id(key)
    if found is None:
        raise NotFound(f"There is no form {key}.")
    return found


def _plan(visit: Visit) -> FormPlan:
    form = visit.form
    return FormPlan(
        form.get("name", ""), written_content(form, languages()), whole_number(form.get("mailbox")), form.get("slug", ""),
        tuple(form.get("origins", "").split()), form.get("closed") != "1",
    )  # fmt: skip


def _rearranged(plan: FormPlan, act: str) -> FormPlan:
    content = rearranged(plan.content, act if act != "add" else "add:text")
    return FormPlan(plan.name, content, plan.mailbox, plan.slug, plan.origins, plan.is_open)


def _open_row(plan: FormPlan, act: str) -> int:
    """The field that is being worked on stays open: a new one, or one that moved."""
    what, _colon, which = act.partition(":")
    if what == "add":
        return len(plan.content.fields)
    return int(which) if what in ("up", "down", "open") and which.isdecimal() and len(which) < 4 else -1


def _form(
    visit: Visit, plan: FormPlan, kept: FormRow | None, *, wrong: str = "", status: int = 200, open_row: int = -1
) -> HttpResponse:
    codes, rows = languages(), topics()
    paths = paths_of(rows, visit.language)
    used = [
        {"id": row.id, "name": paths[row.id], "is_on": row.id in plan.content.topics}
        for row in rows
        if row.retired_at is None
    ]
    return page(
        visit, "forms/form", "settings", kept.name if kept else _("New form"), status=status, plan=plan, kept=kept, wrong=wrong,
        url=f"/settings/forms/{kept.id}" if kept else "/settings/forms/new", topics=used, kinds=field_kinds(),
        fields=field_rows(visit, plan.content, used), open_row=open_row, languages=[(code, language_name(code)) for code in codes],
        boxes=[(row.id, f"{row.name} <{row.address}>") for row in channels(kind="email")],
        snippet=_snippet(visit, kept) if kept else "",
    )  # fmt: skip


def _snippet(visit: Visit, kept: FormRow) -> str:
    """What somebody puts into a page of their own site."""
    address = visit.request.build_absolute_uri(f"/forms/{kept.address}/embed")
    return f'<iframe src="{address}" title="{escape(kept.name)}" width="100%" height="760"></iframe>'


def field_rows(visit: Visit, content: Content, used: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page shows of each field."""
    of_case = [
        (row.code, in_language(row.name, visit.language), row.kind) for row in case_fields() if row.retired_at is None
    ]
    above: list[dict[str, Any]] = []
    if len(content.topics) > 1:
        pairs = [(str(one["id"]), one["name"]) for one in used if one["is_on"]]
        above.append({"key": TOPIC, "label": _("What is it about?"), "pairs": pairs})
    rows = []
    for place, one in enumerate(content.fields):
        rows.append({
            "row": f"f{place}", "place": place, "field": one, "title": in_language(one.label, visit.language), "above": list(above),
            "choices": {code: "\n".join(option.name.get(code, "") for option in one.options) for code in languages()},
            "least": _shown(one.least), "most": _shown(one.most), "has_limit": one.kind in _LIMITED, "choosing": one.kind in CHOSEN,
            "keeps": [(code, name) for code, name, kind in of_case if kind in KEPT_AS.get(one.kind, ())], "may_keep": one.kind in KEPT_AS,
        })  # fmt: skip
        if one.kind in DECIDING:
            pairs = [(option.code, in_language(option.name, visit.language)) for option in one.options]
            above.append(
                {
                    "key": one.key,
                    "label": in_language(one.label, visit.language),
                    "pairs": pairs or [("yes", _("Yes")), ("no", _("No"))],
                }
            )
    return rows


def _shown(value: float | None) -> str:
    """12, not 12.0."""
    return "" if value is None else str(int(value)) if float(value).is_integer() else str(value)


def field_kinds() -> list[tuple[str, str]]:
    names = {
        "name": _("Name of the customer"), "mail": _("Mail address"), "subject": _("Subject"), "text": _("Short text"), "long_text": _("Long text"),
        "choice": _("One of several"), "choices": _("Several of several"), "yes_no": _("Yes or no"), "number": _("Number"), "date": _("Date"),
        "phone": _("Telephone number"), "order": _("Order number"), "url": _("Address on the web"), "file": _("Files"), "consent": _("Consent"),
    }  # fmt: skip
    return [(code, names[code]) for code in KINDS]
