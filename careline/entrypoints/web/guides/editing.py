"""The editor of a guide: its steps and answers, what is wrong with it, and when it is walked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.knowledge.queries.guides import versions_of
from careline.domain.knowledge.queries.published import published_articles
from careline.domain.knowledge.rules.guides import ARTICLE, HAND_OVER, SOLVED, BadGuide, faults_of, steps_from
from careline.domain.staff.rules import require
from careline.entrypoints.web.guides import forms
from careline.entrypoints.web.guides.wording import end_words, fault_words, in_words
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import language_name, moment_words, said
from careline.flows.keep_guides import (
    VERB,
    WrittenGuide,
    add_guide,
    change_guide,
    found_guide,
    publish_guide,
    withdraw_guide,
)

_SHOWN, _MOST_ARTICLES = 60, 300


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, WrittenGuide({}, steps=[forms.blank_step()]), None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    written = forms.written_in(visit)
    try:
        key = add_guide(visit.person, written, by=visit.by, at=visit.at)
    except BadGuide as wrong:
        return _form(visit, written, None, wrong=said(wrong), status=422)
    return HttpResponseRedirect(f"/guides/{key}")


def edited(visit: Visit, key: int) -> HttpResponse:
    row = found_guide(visit.person, key)
    return _form(visit, WrittenGuide(row.titles, row.summaries, row.steps, row.audience, row.asks_device), row)


def changed(visit: Visit, key: int) -> HttpResponse:
    """Kept; with the other button also published, where nothing stands against it."""
    row = found_guide(visit.person, key)
    written = forms.written_in(visit)
    try:
        change_guide(visit.person, key, written, by=visit.by, at=visit.at)
        if visit.form.get("then") == "publish":
            publish_guide(visit.person, key, by=visit.by, at=visit.at)
    except (BadGuide, Refused) as wrong:
        return _form(visit, written, row, wrong=said(wrong), status=422)
    return HttpResponseRedirect(f"/guides/{key}")


def reshaped(visit: Visit) -> HttpResponse:
    """The steps anew, as a button among them asks; nothing is kept."""
    require(visit.person, VERB)
    return part(visit, "guides/_steps", **_steps(visit, forms.reshaped(forms.steps_in(visit.form), visit.asked)))


def published(visit: Visit, key: int) -> HttpResponse:
    publish_guide(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": f"/guides/{key}"})


def withdrawn(visit: Visit, key: int) -> HttpResponse:
    withdraw_guide(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": f"/guides/{key}"})


def _form(visit: Visit, written: WrittenGuide, row: Any, *, wrong: str = "", status: int = 200) -> HttpResponse:
    title = in_words(written.titles, visit.language) or _("New guide")
    return page(
        visit, "guides/guide", "settings", title, status=status, written=written, wrong=wrong, name=title,
        url=f"/guides/{row.id}" if row else "/guides/new", kept=row, faults=_faults(written), **_steps(visit, written.steps),
        versions=[
            {"number": one.number, "by": one.by_name or "", "at": moment_words(one.at, at=visit.at, zone=visit.zone)}
            for one in (versions_of(row.id) if row else ())
        ],
    )  # fmt: skip


def _faults(written: WrittenGuide) -> list[str]:
    try:
        return [fault_words(fault) for fault in faults_of(steps_from(written.steps))]
    except BadGuide as wrong:
        return [said(wrong)]


def _steps(visit: Visit, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """`tongues`: (code, name) of the languages that are written in, the company's first one first; `leads`: where an answer can lead."""
    codes = list(dict.fromkeys([*languages(), *(code for step in steps for code in step["ask"])]))
    leads = [
        (step["key"], _("Step %(n)s: %(words)s") % {"n": n, "words": in_words(step["ask"], visit.language)[:_SHOWN]})
        for n, step in enumerate(steps, 1)
    ]  # fmt: skip
    return {
        "steps": [{**step, "answers": [_answer(one) for one in step["answers"]]} for step in steps],
        "tongues": [(code, language_name(code)) for code in codes], "leads": leads,
        "ends": [(end, end_words(end)) for end in (SOLVED, HAND_OVER)],
        "articles": [
            (f"{ARTICLE}:{row.article_id}", _("Article: %(title)s") % {"title": row.title})
            for row in published_articles(None, codes[0], limit=_MOST_ARTICLES)
        ],
    }  # fmt: skip


def _answer(one: dict[str, Any]) -> dict[str, Any]:
    end = one.get("end", "")
    chosen = f"{ARTICLE}:{one.get('article', '')}" if end == ARTICLE else end or one.get("to", "")
    return {"key": one["key"], "say": one["say"], "chosen": chosen}
