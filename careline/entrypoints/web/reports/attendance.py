"""How long people were there, busy and away, and how long they were at work on cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.attending import Interval, There, attendance_in, intervals_of
from careline.domain.reports.queries.behind import AT_WORK
from careline.domain.reports.queries.reach import VERB
from careline.domain.staff.rules import require
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, question_of
from careline.entrypoints.web.reports.shown import number, span
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.routing.words import state_words
from careline.entrypoints.web.visit import Visit, whole_number

STATES = ("available", "busy", "away")


def attendance(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    question = question_of(visit)
    people = attendance_in(visit.person, question.asked, at=visit.at)
    chosen = whole_number(visit.asked.get("person"))
    one = next((there for there in people if there.agent == chosen), None)
    intervals = intervals_of(one.agent, question.asked) if one else []
    return page(
        visit, "reports/attendance", "reports", _("Attendance"), name=_("Attendance"), tabs=tabs(visit, question, "attendance"),
        form=filters_shown(question, visit, path="/reports/attendance"), people=[_person(there, question) for there in people],
        one=one.name if one else "", intervals=[_interval(said, visit) for said in intervals],
    )  # fmt: skip


def _person(there: There, question: Question) -> dict[str, Any]:
    return {
        "name": there.name, "url": f"/reports/attendance?{question.query(person=there.agent)}#intervals",
        "states": [span(there.states[state]) if state in there.states else "–" for state in STATES],
        "reasons": ", ".join(f"{state_words('away', reason)}: {span(seconds)}" for reason, seconds in sorted(there.reasons.items())),
        "worked": "–" if there.worked is None else span(there.worked), "cases": number(there.cases),
        "each": "–" if not there.worked or not there.cases else span(there.worked / there.cases),
        "cases_url": f"/reports/cases?{question.query(measure=AT_WORK, value=there.agent)}" if there.cases else "",
    }  # fmt: skip


def _interval(said: Interval, visit: Visit) -> dict[str, Any]:
    return {
        "words": state_words(said.state, said.reason), "began": moment_text(said.began_at, visit),
        "ended": moment_text(said.ended_at, visit) or _("still"),
        "long": span(((said.ended_at or visit.at) - said.began_at).total_seconds()),
    }  # fmt: skip
