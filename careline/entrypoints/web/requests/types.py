"""Settings: the types of service requests, and the screen on which one is made."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.customers.queries.fields import definitions
from careline.domain.forms.rules.content import Content as Form
from careline.domain.requests.queries.types import TypeRow, counts_by_type
from careline.domain.requests.queries.types import types as all_types
from careline.domain.requests.rules.content import FIELD, STEP_KINDS, Content, StepPlan
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import require
from careline.domain.staff.skills import skills
from careline.entrypoints.web.forms.building import field_kinds, field_rows
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.requests.words import COMPARISONS, LETTERS, TARGETS, said_in
from careline.entrypoints.web.requests.words import STEP_KINDS as STEP_WORDS
from careline.entrypoints.web.requests.written import rearranged, written_type
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import language_name, moment_words, said
from careline.flows.keep_service_request_types import (
    VERB,
    add_type,
    add_usual_types,
    change_type,
    open_type,
    type_for,
)

HERE = "/settings/service-requests"
_NEW = Content({}, steps=(StepPlan("decision", "decision", {"en": "Decide", "de": "Entscheiden"}, hours=48),))


def types(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    running = counts_by_type()
    rows = [
        {
            "url": f"{HERE}/{one.code}", "name": said_in(one.content.name, visit), "code": one.code, "version": one.version, "is_open": one.is_open,
            "running": running.get(one.id, 0), "steps": len(one.content.steps), "for_customers": one.content.for_customers,
            "when": moment_words(one.written_at, at=visit.at, zone=visit.zone),
        } for one in all_types()
    ]  # fmt: skip
    return page(visit, "requests/types", "settings", _("Kinds of service requests"), rows=rows)


def usual_added(visit: Visit) -> HttpResponse:
    add_usual_types(visit.person, by=visit.by, at=visit.at)
    return HttpResponseRedirect(HERE)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _page(visit, _NEW, None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    content, act = written_type(visit.form, languages()), visit.form.get("act", "save")
    if act != "save":
        return _page(visit, rearranged(content, act), None, act=act)
    try:
        made = add_type(visit.person, visit.form.get("code", "").strip(), content, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, content, None, wrong=said(refusal), status=422)
    return HttpResponseRedirect(f"{HERE}/{made.code}?kept=1")


def edited(visit: Visit, type: str) -> HttpResponse:
    require(visit.person, VERB)
    kept = type_for(visit.person, type)
    return _page(visit, kept.content, kept)


def changed(visit: Visit, type: str) -> HttpResponse:
    require(visit.person, VERB)
    kept = type_for(visit.person, type)
    content, act = written_type(visit.form, languages()), visit.form.get("act", "save")
    if act != "save":
        return _page(visit, rearranged(content, act), kept, act=act)
    try:
        change_type(visit.person, type, content, by=visit.by, at=visit.at)
        open_type(visit.person, type, is_open=visit.form.get("closed") != "1", by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, content, kept, wrong=said(refusal), status=422)
    return HttpResponseRedirect(f"{HERE}/{type}?kept=1")


def _page(
    visit: Visit, content: Content, kept: TypeRow | None, *, wrong: str = "", act: str = "", status: int = 200
) -> HttpResponse:
    codes = [(code, language_name(code)) for code in languages()]
    fields: list[dict[str, Any]] = [
        row | {"may_keep": False} for row in field_rows(visit, Form({}, content.fields), [])
    ]
    named = [(one.key, said_in(one.label, visit) or one.key) for one in content.fields]
    what, _colon, which = act.partition(":")
    opened = len(fields) - 1 if what == "add" else int(which) if what in ("up", "down") and which.isdecimal() else -1
    return page(
        visit, "requests/type", "settings", said_in(content.name, visit) or _("New kind of request"), status=status, kept=kept, wrong=wrong,
        content=content, url=f"{HERE}/{kept.code}" if kept else f"{HERE}/new", code=kept.code if kept else visit.form.get("code", ""),
        is_kept=visit.asked.get("kept") == "1", languages=codes, fields=fields, open_row=opened,
        kinds=[one for one in field_kinds() if one[0] not in ("file", "mail", "subject")],
        numbers=[one.key for one in content.fields if one.kind == "number"],
        named=named, step_kinds=[(code, _(STEP_WORDS[code])) for code in STEP_KINDS], teams=[(one.id, one.name) for one in teams()],
        skills=[(one.id, one.name) for one in skills()], comparisons=[(code, _(name)) for code, name in COMPARISONS.items()],
        targets=[*((code, _(name)) for code, name in TARGETS.items()), *((f"{FIELD}{one.code}", one.name) for one in definitions("customer"))],
        letters=[(code, _(name)) for code, name in LETTERS.items()], criteria=[one for step in content.steps for one in step.criteria],
        is_closed=kept is not None and not kept.is_open,
    )  # fmt: skip
