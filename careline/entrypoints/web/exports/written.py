"""The written report on common issues: on the screen, on paper, as a PDF."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.summary import Example
from careline.domain.reports.rules.periods import EVERY, Period, before, ended_before, period_of
from careline.entrypoints.web.exports.tabs import tabs
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.flows.export_rows import zone_of
from careline.flows.write_report import Report, days_of, name_of, pdf_of_report, words_of, write_report


def written(visit: Visit) -> HttpResponse:
    every, on = _asked(visit)
    report = write_report(visit.person, every=every, on=on)
    period = report.issues.period
    steps = {"earlier": before(period, every).begins, "later": period.ends}
    return page(
        visit, "exports/written", "reports", report.title, tabs=tabs(visit, "/written-report"), heading=report.title, every=every,
        sections=[_section(one) for one in report.sections], table=_table(report), days=days_of(period), is_over=period.ends <= _today(visit),
        pdf_url=f"/written-report/pdf?every={every}&on={period.begins}",
        steps={name: f"/written-report?every={every}&on={day}" for name, day in steps.items()},
    )  # fmt: skip


def pdf(visit: Visit) -> HttpResponse:
    every, on = _asked(visit)
    report = write_report(visit.person, every=every, on=on)
    response = HttpResponse(pdf_of_report(report, at=visit.at.astimezone(visit.zone)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="issues-{report.issues.period.begins}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(visit: Visit) -> tuple[str, date]:
    """The week or month of a day; the last one that is over where none is given."""
    every = visit.asked.get("every", "")
    every = every if every in EVERY else EVERY[0]
    try:
        on = date.fromisoformat(visit.asked.get("on", ""))
    except ValueError:
        on = ended_before(every, _today(visit)).begins
    return every, on if 2000 <= on.year <= 2999 else period_of(every, _today(visit)).begins


def _today(visit: Visit) -> date:
    return visit.at.astimezone(zone_of(visit.person)).date()


def _section(section: Any) -> dict[str, Any]:
    return {
        "heading": section.heading, "paragraphs": section.paragraphs,
        "lines": [{"text": item.text, "examples": [_example(one) for one in item.examples]} for item in section.items],
    }  # fmt: skip


def _example(one: Example) -> dict[str, str]:
    return {"url": f"/conversations/{one.number}", "text": words_of(one)}


def _behind(period: Period, topic: int) -> str:
    asked = {"measure": "opened", "topic": topic, "since": period.begins, "until": period.last}
    return f"/reports/cases?{urlencode(asked)}"


def _table(report: Report) -> list[dict[str, Any]]:
    """Every topic with its counts: what the words were made of."""
    judged = {
        "more": _("more than chance"),
        "fewer": _("fewer than chance"),
        "noise": _("may be chance"),
        "too_few": _("too few"),
    }
    return [
        {"name": name_of(one), "now": one.change.now, "before": one.change.before, "url": _behind(report.issues.period, one.key),
         "before_url": _behind(report.issues.before, one.key), "judged": judged[one.change.judgement],
         "is_real": one.change.judgement in ("more", "fewer")}
        for one in report.issues.reasons
    ]  # fmt: skip
