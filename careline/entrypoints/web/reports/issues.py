"""Emerging issues: topics and products that come up more than they used to, with the counts that say so."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.domain.reports.queries.issues import Issue, emerging
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.emerging import BASELINE
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, name_of, question_of
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit


def issues(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    question = question_of(visit)
    found = [
        issue
        for dim in ("topic", "product")
        for issue in emerging(visit.person, question.asked, dim=dim, language=visit.language)
    ]
    found.sort(key=lambda issue: (-issue.judged.score, issue.dim, issue.key))
    return page(
        visit, "reports/issues", "reports", _("Emerging issues"), name=_("Emerging issues"), tabs=tabs(visit, question, "issues"),
        form=filters_shown(question, visit, path="/reports/issues"), issues=[_shown(issue, question, visit) for issue in found],
    )  # fmt: skip


def _shown(issue: Issue, question: Question, visit: Visit) -> dict[str, Any]:
    most = max(count for _, count in issue.days) or 1
    return {
        "name": name_of(issue.dim, issue.key, visit, issue.label), "day": _day(issue.day), "count": issue.judged.count,
        "mean": f"{issue.judged.mean:.1f}", "score": f"{issue.judged.score:.1f}",
        "url": _url(question, issue, issue.day),
        "days": [
            {"day": _day(day), "count": count, "url": _url(question, issue, day), "part": round(100 * count / most),
             "what": "baseline" if n < BASELINE else "now" if n == len(issue.days) - 1 else "gap"}
            for n, (day, count) in enumerate(issue.days)
        ],
    }  # fmt: skip


def _url(question: Question, issue: Issue, day: Any) -> str:
    more = {issue.dim: issue.key, "since": day.isoformat(), "until": day.isoformat()}
    return f"/reports/cases?{question.query(measure='opened', **more)}"


def _day(day: Any) -> str:
    return format_date(day, format="EEE d MMM", locale=(get_language() or "en").replace("-", "_"))
