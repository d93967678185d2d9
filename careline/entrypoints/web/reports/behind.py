"""The exact cases behind a number."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.lists import rows_among
from careline.domain.desk.rules import Filter
from careline.domain.reports.queries.behind import AT_WORK, BACKLOG, UNWRITTEN, Number, count_behind, numbers_behind
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.asking import BadQuestion
from careline.domain.reports.rules.layouts import NOUNS
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.ratios import OPEN_THEN
from careline.domain.reports.rules.ratios import UNWRITTEN as WITHOUT
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.presenting import Row, row_of
from careline.entrypoints.web.reports.asking import Question, exact, name_of
from careline.entrypoints.web.reports.charts import Slot, day_words
from careline.entrypoints.web.reports.shown import number as number_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said

SHOWN = 50
_ANY = Filter(also_snoozed=True)


def cases(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    question, number = exact(visit), _number(visit)
    before = whole_number(visit.asked.get("before"))
    found = numbers_behind(visit.person, question.asked, number, before=before, limit=SHOWN + 1)
    query = question.query(measure=number.measure, value="" if number.value is None else number.value, age=number.age)
    name = _name(number)
    return page(
        visit, "reports/cases", "reports", name, name=name, narrowed=_narrowed(question, number, visit), rows=_rows(visit, found[:SHOWN]),
        total=number_words(count := count_behind(visit.person, question.asked, number)), count=count, back=f"/reports?{question.query()}",
        definition=_definition(number),
        next_url=f"/reports/cases?{query}&before={found[SHOWN - 1]}" if len(found) > SHOWN else "",
    )  # fmt: skip


def _number(visit: Visit) -> Number:
    try:
        return Number(
            visit.asked.get("measure", ""), whole_number(visit.asked.get("value")), visit.asked.get("age", "")
        )
    except BadQuestion as refusal:
        raise NotFound(said(refusal)) from None


def _name(number: Number) -> str:
    if number.measure == BACKLOG:
        return _("Open at the end of the day")
    if number.measure == UNWRITTEN:
        return _(WITHOUT.name)
    if number.measure == AT_WORK:
        return _("At work on cases")
    name = _(MEASURES[number.measure].name)
    if number.value is None or not MEASURES[number.measure].is_share:
        return name
    return _("%(measure)s: yes") % {"measure": name} if number.value else _("%(measure)s: no") % {"measure": name}


def _definition(number: Number) -> str:
    if number.measure == BACKLOG:
        return _(OPEN_THEN)
    if number.measure == AT_WORK:
        return _("Time with a case open and not idle")
    return _(WITHOUT.definition if number.measure == UNWRITTEN else MEASURES[number.measure].definition)


def _narrowed(question: Question, number: Number, visit: Visit) -> list[str]:
    asked = question.asked
    who = [name_of("agent", str(number.value), visit)] if number.measure == AT_WORK and number.value else []
    days = day_words(Slot(asked.since, asked.until, 0, 0))
    return [days, *who, *(f"{_(NOUNS[dim])}: {name_of(dim, key, visit)}" for dim, key in asked.only.items())]


def _rows(visit: Visit, numbers: list[int]) -> list[Row]:
    found = {row.number: row for row in rows_among(numbers, _ANY, visit.person, at=visit.at)} if numbers else {}
    return [row_of(found[number], visit) for number in numbers if number in found]
