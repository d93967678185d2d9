"""What stands beside the figures of the overview: cases held against orders, searches and cost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.reports.queries.costs import cost_of
from careline.domain.reports.queries.figures import sums_of
from careline.domain.reports.queries.ratios import orders_placed, searches_made
from careline.domain.reports.queries.reach import reaches_all
from careline.domain.reports.rules.ratios import RATIOS
from careline.domain.reports.rules.sums import Sum
from careline.entrypoints.web.reports.asking import Question
from careline.entrypoints.web.reports.costs import cost_words, left_out
from careline.entrypoints.web.reports.shown import number, percent
from careline.entrypoints.web.visit import Visit


def beside(visit: Visit, question: Question) -> list[dict[str, Any]]:
    """Only to those who see all cases, and without filters: orders and searches are not split by them."""
    if question.asked.only or not reaches_all(visit.person):
        return []
    opened = sums_of(visit.person, question.asked, ["opened"]).get(("", "opened"), Sum())
    return [*_orders(question, opened.n), *_searches(question), *_cost(question, visit)]


def _orders(question: Question, opened: int) -> list[dict[str, Any]]:
    orders = orders_placed(question.asked)
    if not orders:
        return []
    url = f"/reports/cases?{question.query(measure='opened')}"
    words = _("%(cases)s cases, %(orders)s orders") % {"cases": number(opened), "orders": number(orders)}
    return [_shown("per_order", number(round(100 * opened / orders)), words, url)]


def _searches(question: Question) -> list[dict[str, Any]]:
    searches, solved = searches_made(question.asked)
    if not searches:
        return []
    words = _("%(solved)s of %(searches)s searches") % {"solved": number(solved), "searches": number(searches)}
    return [_shown("deflected", percent(solved / searches), words, f"/reports/gaps?{question.query()}")]


def _cost(question: Question, visit: Visit) -> list[dict[str, Any]]:
    told = cost_of(visit.person, question.asked)
    if told.now.each is None:
        return []
    words = [
        _("%(amount)s in all") % {"amount": cost_words(told.now.total, told.prices.currency, visit)},
        left_out(told.now),
    ]
    value = cost_words(told.now.each, told.prices.currency, visit)
    return [_shown("cost", value, " · ".join(filter(None, words)), f"/reports/costs?{question.query()}")]


def _shown(key: str, value: str, words: str, url: str) -> dict[str, Any]:
    ratio = RATIOS[key]
    return {"name": _(ratio.name), "definition": _(ratio.definition), "value": value, "words": words, "url": url}
