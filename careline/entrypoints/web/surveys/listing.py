"""What customers answered, and how many of those asked did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.rules.intervals import LEAST, wilson
from careline.domain.staff.rules import may, reach_of, require
from careline.domain.surveys.queries.answers import answers, asked_between, scores_between
from careline.domain.surveys.rules.content import SCALES
from careline.entrypoints.web.followups.words import place_after, place_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.shown import number, percent
from careline.entrypoints.web.surveys.words import answer_row, kind_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.keep_survey import VERB

READ = "survey:read"
SHOWN = 50
SPAN = timedelta(days=30)
ALL, LOW, SAID = "all", "low", "said"


def answers_page(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    which = visit.asked.get("which", ALL)
    which = which if which in (ALL, LOW, SAID) else ALL
    reach, kind = reach_of(visit.person, READ), visit.asked.get("kind", "")
    score = whole_number(visit.asked.get("score")) if kind in SCALES else None
    kind = "" if score is None else kind
    found = answers(
        reach,
        kind=kind,
        score=score,
        since=visit.at - SPAN if score is not None else None,
        only_low=which == LOW,
        has_comment=which == SAID,
        before=place_of(visit.asked.get("after", "")),
        limit=SHOWN + 1,
    )
    return page(
        visit, "surveys/answers", "surveys", _("What customers answered"), rows=[answer_row(row, visit) for row in found[:SHOWN]], which=which,
        tabs=((ALL, _("All")), (LOW, _("Low scores")), (SAID, _("With a comment"))), figures=_figures(visit, reach),
        more=place_after("/surveys", found, SHOWN, "answered_at", which=which, **_bar(kind, score)),
        chosen="" if score is None else f"{kind_words(kind)}: {score}", may_manage=may(visit.person, VERB),
    )  # fmt: skip


def _bar(kind: str, score: int | None) -> dict[str, str]:
    """Which bar of the figures is meant, as it is asked for."""
    return {} if score is None else {"kind": kind, "score": str(score)}


def _figures(visit: Visit, reach: Any) -> list[dict[str, Any]]:
    """Of the last 30 days, by kind: how often each score was given, in the order of the scale."""
    span = {"since": visit.at - SPAN, "until": visit.at}
    asked = {row.kind: row for row in asked_between(reach, **span)}
    counts: dict[str, dict[int, int]] = {}
    for row in scores_between(reach, **span):
        counts.setdefault(row.kind, {})[row.score] = row.n
    shown = []
    for kind, (least, most) in SCALES.items():
        given = counts.get(kind, {})
        total = sum(given.values())
        if not total and kind not in asked:
            continue
        top = max(given.values(), default=0)
        bars = [
            {
                "score": score,
                "n": given.get(score, 0),
                "part": _tenths(given.get(score, 0), top),
                "url": f"/surveys?{urlencode(_bar(kind, score))}#answers",
            }
            for score in range(least, most + 1)
        ]
        shown.append({"kind": kind_words(kind), "total": total, "bars": bars, "rate": rate_words(asked.get(kind))})
    return shown


def rate_words(asked: Any | None) -> str:
    """How many of those asked by mail have answered, and between what the share lies; of few no share is told, only that."""
    if asked is None or not asked.asked:
        return ""
    low, high = wilson(asked.answered, asked.asked) or (0.0, 1.0)
    said = {
        "answered": number(asked.answered),
        "asked": number(asked.asked),
        "low": percent(low),
        "high": percent(high),
    }
    if asked.asked < LEAST:
        return (
            _("%(answered)s of %(asked)s asked by mail have answered: between %(low)s and %(high)s, of so few") % said
        )
    share = percent(asked.answered / asked.asked)
    return _("%(answered)s of %(asked)s asked by mail have answered: %(share)s (%(low)s to %(high)s)") % {
        **said,
        "share": share,
    }


def _tenths(n: int, top: int) -> int:
    """From 0 to 10: how full a bar is."""
    return 0 if not n else max(1, round(10 * n / top))
