"""How a survey is set: whom it asks, when, what, and what a low score sets off."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages, sites
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import require
from careline.domain.surveys.queries.surveys import figures_of, surveys
from careline.domain.surveys.rules.content import KINDS, SCALES, SURVEY_KINDS
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.settings import LIMITS, ON_LOW, Settings
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.surveys.questions import question_rows, written_content
from careline.entrypoints.web.surveys.words import kind_words, on_low_words, reason_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_survey import (
    VERB,
    CannotKeepSurvey,
    add_survey,
    change_survey,
    retire_survey,
    survey_for_keeping,
)

USUALLY_LOW = {"csat": 2, "nps": 6, "ces": 3}


def listed(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    figures = figures_of()
    rows = [_row(row, figures.get(row.id)) for row in surveys()]
    kinds = [(kind, kind_words(kind)) for kind in SURVEY_KINDS]
    return page(visit, "surveys/surveys", "settings", _("Surveys"), rows=rows, kinds=kinds)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    kind = visit.asked.get("kind", "csat")
    kind = kind if kind in SURVEY_KINDS else "csat"
    return _form(visit, Settings("", kind, low_at_most=USUALLY_LOW.get(kind)), content_to_begin_with(kind), None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    settings, content = _settings(visit), written_content(visit.form, languages())
    if visit.form.get("act", "save") != "save":
        return _form(visit, settings, content, None)
    try:
        add_survey(visit.person, settings, content, by=visit.by, at=visit.at)
    except CannotKeepSurvey as refusal:
        return _form(visit, settings, content, None, wrong=said(refusal), status=422)
    return HttpResponseRedirect("/settings/surveys")


def edited(visit: Visit, key: int) -> HttpResponse:
    kept = survey_for_keeping(visit.person, key)
    settings = Settings(**{name: getattr(kept, name) for name in Settings.__dataclass_fields__})
    return _form(visit, settings, kept.content, kept)


def changed(visit: Visit, key: int) -> HttpResponse:
    kept = survey_for_keeping(visit.person, key)
    settings, content = _settings(visit, kind=kept.kind), written_content(visit.form, languages())
    if visit.form.get("act", "save") != "save":
        return _form(visit, settings, content, kept)
    try:
        change_survey(visit.person, key, settings, content, by=visit.by, at=visit.at)
    except CannotKeepSurvey as refusal:
        return _form(visit, settings, content, kept, wrong=said(refusal), status=422)
    return HttpResponseRedirect("/settings/surveys")


def retired(visit: Visit, key: int) -> HttpResponse:
    retire_survey(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/settings/surveys"})


def _settings(visit: Visit, *, kind: str = "") -> Settings:
    form = visit.form
    numbers = {}
    for name in LIMITS:
        held = whole_number(form.get(name, ""))
        numbers[name] = held if held is not None and held < 100_000 else -1
    low = form.get("low_at_most", "").strip()
    low_at_most = min(whole_number(low) if whole_number(low) is not None else 99, 99) if low else None  # type: ignore[type-var]
    return Settings(
        form.get("name", ""), kind or form.get("kind", "csat"), form.get("is_on") == "1", whole_number(form.get("brand")),
        whole_number(form.get("team")), form.get("channel_kind", ""), low_at_most=low_at_most, on_low=form.get("on_low", "case"), **numbers,
    )  # fmt: skip


def _form(
    visit: Visit, settings: Settings, content: dict[str, Any], kept: Any | None, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    scale = SCALES.get(settings.kind)
    return page(
        visit, "surveys/survey", "settings", kept.name if kept else _("New survey"), status=status, s=settings, kept=kept, wrong=wrong,
        url=f"/settings/surveys/{kept.id}" if kept else "/settings/surveys/new", kind_name=kind_words(settings.kind),
        brands=[(site.brand, site.name) for site in sites()], teams=[(row.id, row.name) for row in teams()],
        channels=sorted({row.kind for row in channels()}), scale=scale, content=content, questions=question_rows(content, visit.language),
        question_kinds=[(kind, _question_words(kind)) for kind in KINDS], languages=[(code, language_name(code)) for code in languages()],
        choices=[(choice, on_low_words(choice)) for choice in ON_LOW],
    )  # fmt: skip


def _question_words(kind: str) -> str:
    words = {"choice": _("One of several"), "text": _("Free words")}
    return words.get(kind) or kind_words(kind)


def _row(row: Any, figures: Any | None) -> dict[str, Any]:
    reasons = sorted(((figures.reasons or {}) if figures else {}).items(), key=lambda pair: -pair[1])
    return {
        "id": row.id, "name": row.name, "kind": kind_words(row.kind), "is_on": row.is_on, "version": row.version,
        "where": " · ".join(word for word in (row.brand_name, row.team_name, row.channel_kind) if word),
        "sent": int(figures.sent or 0) if figures else 0, "answered": int(figures.answered or 0) if figures else 0,
        "left_out": [(reason_words(code), n) for code, n in reasons][:3],
    }  # fmt: skip
