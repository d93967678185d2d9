"""Refunds by reason, by kind and by what the case was about, and the refunds behind each sum."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.labels import labels_of
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.queries.refunds import refunds_behind, refunds_by, refunds_by_reason
from careline.domain.reports.rules.measures import key_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, name_of, question_of
from careline.entrypoints.web.reports.shown import number
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit


def refunds(visit: Visit) -> HttpResponse:
    """The sums; with a currency and a reason or a kind also the refunds behind one."""
    require(visit.person, VERB)
    question = question_of(visit)
    found = refunds_by(visit.person, question.asked)
    labels = labels_of("topic", [key_of(row.topic) for row in found], language=visit.language)
    behind = _behind(visit, question)
    return page(
        visit, "reports/refunds", "reports", _("Refunds"), name=_("Refunds"), tabs=tabs(visit, question, "refunds"),
        form=filters_shown(question, visit, path="/reports/refunds"), sums=[_sum(row, labels, question, visit) for row in found],
        reasons=_reasons(refunds_by_reason(visit.person, question.asked), question, visit),
        behind=[_refund(row, visit) for row in behind], which=_which(visit, behind),
    )  # fmt: skip


def _behind(visit: Visit, question: Question) -> list[Any]:
    kind, currency, reason = (visit.asked.get(name) for name in ("refund", "currency", "reason"))
    if not currency or (kind is None and reason is None):
        return []
    return refunds_behind(visit.person, question.asked, currency=currency, kind=kind, reason=reason)


def _which(visit: Visit, behind: list[Any]) -> str:
    if kind := visit.asked.get("refund", ""):
        return _kind(kind)
    return (behind[0].reason if behind else "") or _("No reason given")


def _reasons(found: list[Any], question: Question, visit: Visit) -> list[dict[str, Any]]:
    most = max((row.amount for row in found), default=1)
    return [
        {"reason": row.reason or _("No reason given"), "refunds": number(row.refunds), "cases": number(row.cases),
         "amount": money_words(row.amount, row.currency, visit), "part": round(100 * row.amount / most),
         "url": f"/reports/refunds?{question.query(currency=row.currency)}&{urlencode({'reason': row.key})}#behind"}
        for row in found
    ]  # fmt: skip


def _sum(row: Any, labels: dict[str, str], question: Question, visit: Visit) -> dict[str, str]:
    topic = key_of(row.topic)
    asked = question.query(topic=topic, refund=row.kind, currency=row.currency)
    return {
        "kind": _kind(row.kind), "topic": name_of("topic", topic, visit, labels.get(topic, "")), "refunds": number(row.refunds),
        "amount": money_words(row.amount, row.currency, visit), "cases": number(row.cases), "url": f"/reports/refunds?{asked}#behind",
    }  # fmt: skip


def _refund(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "at": moment_text(row.at, visit), "amount": money_words(row.amount, row.currency, visit), "order": row.order, "case": row.case,
        "reason": row.reason,
    }  # fmt: skip


def _kind(kind: str) -> str:
    return {
        "refund": _("Refund"), "cancellation": _("Cancelled"), "return": _("Goods came back"), "exchange": _("Exchanged"),
        "change": _("Order changed"),
    }.get(kind, kind)  # fmt: skip
