"""What stands beside the figures of the overview: cases held against orders, searches and cost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.reports.queries.figures import sums_of
from careline.domain.reports.queries.ratios import cost_of_hour, orders_placed, searches_made
from careline.domain.reports.queries.reach import reaches_all
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.ratios import RATIOS
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import value_of
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.reports.asking import Question
from careline.entrypoints.web.reports.shown import number, percent
from careline.entrypoints.web.visit import Visit


def beside(visit: Visit, question: Question) -> list[dict[str, Any]]:
    """Only to those who see all cases, and without filters: orders and searches are not split by them."""
    if question.asked.only or not reaches_all(visit.person):
        return []
    sums = sums_of(visit.person, question.asked, ["opened", "handle_time"])
    opened, handled = (sums.get(("", key), Sum()) for key in ("opened", "handle_time"))
    return [*_orders(question, opened.n), *_searches(question), *_cost(question, visit, handled)]


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
    return [_shown("deflected", percent(solved / searches), words, "/gaps")]


def _cost(question: Question, visit: Visit, handled: Sum) -> list[dict[str, Any]]:
    price, seconds = cost_of_hour(), value_of(MEASURES["handle_time"], handled)
    if price is None or seconds is None:
        return []
    amount = round(price[0] * seconds / 3600)
    words = _("at %(price)s an hour") % {"price": money_words(*price, visit)}
    return [
        _shown(
            "cost",
            money_words(amount, price[1], visit),
            words,
            f"/reports/cases?{question.query(measure='handle_time')}",
        )
    ]


def _shown(key: str, value: str, words: str, url: str) -> dict[str, Any]:
    ratio = RATIOS[key]
    return {"name": _(ratio.name), "definition": _(ratio.definition), "value": value, "words": words, "url": url}
