"""What the work on cases cost: the whole, and by team, topic, channel, product or language."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.reports.queries.costs import SPLITS, Costs, costs_by
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.costs import Cost
from careline.domain.reports.rules.layouts import NOUNS
from careline.domain.reports.rules.ratios import RATIOS
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, name_of, question_of
from careline.entrypoints.web.reports.shown import number, percent, span
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit
from careline.flows.keep_hour_prices import VERB as PRICES


def costs(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    question, split = question_of(visit), visit.asked.get("by", "")
    split = split if split in SPLITS else SPLITS[0]
    told = costs_by(visit.person, question.asked, split, language=visit.language)
    return page(
        visit, "reports/costs", "reports", _("Costs"), name=_("Costs"), tabs=tabs(visit, question, "costs"),
        form=filters_shown(question, visit, path="/reports/costs"), has_prices=bool(told.prices.all), may_price=may(visit.person, PRICES),
        tiles=_tiles(told, question, visit), noun=_(NOUNS[split]), rows=[_row(row, told, split, question, visit) for row in told.rows],
        splits=[{"name": _(NOUNS[one]), "url": f"/reports/costs?{question.query(by=one)}", "is_now": one == split} for one in SPLITS],
        definition=_(RATIOS["cost"].definition),
    )  # fmt: skip


def cost_words(amount: int | None, currency: str, visit: Visit) -> str:
    return "–" if amount is None else money_words(amount, currency, visit)


def left_out(cost: Cost) -> str:
    """How much of the work had no price."""
    if not cost.unpriced:
        return ""
    return _("%(share)s of the work has no price") % {"share": percent(cost.unpriced / cost.seconds)}


def _tiles(told: Costs, question: Question, visit: Visit) -> list[dict[str, str]]:
    now, before, currency = told.now, told.before, told.prices.currency
    cases = ngettext("of %(num)s case", "of %(num)s cases", now.cases) % {"num": number(now.cases)}
    said = [
        (_(RATIOS["cost"].name), cost_words(now.each, currency, visit), cost_words(before.each, currency, visit), cases),
        (_("Cost of all cases"), cost_words(now.total, currency, visit), cost_words(before.total, currency, visit), left_out(now)),
        (_("Work recorded"), span(now.seconds), span(before.seconds), cases),
    ]  # fmt: skip
    url = _behind(question) if now.cases else ""
    return [
        {
            "name": name,
            "value": value,
            "was": _("%(value)s in the period before") % {"value": was},
            "of": of,
            "url": url,
        }
        for name, value, was, of in said
    ]


def _row(row: tuple[str, str, Cost, Cost], told: Costs, split: str, question: Question, visit: Visit) -> dict[str, Any]:
    key, label, now, before = row
    currency = told.prices.currency
    most = max(one.scaled for _key, _label, one, _was in told.rows) or 1
    return {
        "name": name_of(split, key, visit, label), "part": round(100 * now.scaled / most),
        "url": _behind(question, **{split: key}) if now.cases else "",
        "cases": number(now.cases), "each": cost_words(now.each, currency, visit), "each_before": cost_words(before.each, currency, visit),
        "total": cost_words(now.total, currency, visit), "total_before": cost_words(before.total, currency, visit),
        "worked": span(now.seconds), "left_out": left_out(now),
    }  # fmt: skip


def _behind(question: Question, **narrowed: str) -> str:
    return f"/reports/cases?{question.query(measure='handle_time', **narrowed)}"
