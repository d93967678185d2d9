"""What a report's address asks for, and addresses that ask for it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.queries.labels import choices_of, label_for
from careline.domain.reports.rules.asking import USUAL_DAYS, Asked, BadQuestion, usual
from careline.domain.reports.rules.layouts import NOUNS
from careline.domain.reports.rules.measures import COLUMNS, NONE
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said

PERIODS = (7, 30, 90, 365)
CHOSEN = ("team", "channel", "topic", "brand")
"""Filters that are chosen from a list; the others come with a link."""


@dataclass(frozen=True, slots=True)
class Question:
    """`wrong` says why the usual question was answered in place of what was asked. `today` is the company's."""

    asked: Asked
    is_business: bool
    today: date
    wrong: str = ""

    def query(self, **more: object) -> str:
        """The same question as the end of an address."""
        given = {
            "since": self.asked.since.isoformat(), "until": self.asked.until.isoformat(), **self.asked.only,
            "hours": "business" if self.is_business else "", **more,
        }  # fmt: skip
        return urlencode({name: str(value) for name, value in given.items() if value not in ("", None)})


def question_of(visit: Visit) -> Question:
    """The last 30 days where nothing else was asked; a bad question is answered by the usual one, and says so."""
    today = house_now()[0].day(visit.at)
    is_business = visit.asked.get("hours") == "business"
    try:
        return Question(_asked(visit, today), is_business, today)
    except BadQuestion as refusal:
        return Question(Asked(*usual(today)), is_business, today, said(refusal))


def _asked(visit: Visit, today: date) -> Asked:
    given = visit.asked
    only = {dim: said for dim in COLUMNS if (said := given.get(dim, ""))}
    days = whole_number(given.get("days"))
    if days:
        return Asked(*usual(today, min(days, 1000)), only)
    since, until = usual(today, USUAL_DAYS)
    return Asked(_day(given.get("since"), since, "since"), _day(given.get("until"), until, "until"), only)


def exact(visit: Visit) -> Question:
    """The same for what is behind a number: there a bad question has no answer. Raises NotFound."""
    question = question_of(visit)
    if question.wrong:
        raise NotFound(question.wrong)
    return question


def _day(text: str | None, otherwise: date, field: str) -> date:
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(field, "Give a day as 2026-11-23.") from None


def filters_shown(question: Question, visit: Visit, *, path: str, is_narrowed: bool = True) -> dict[str, Any]:
    """Everything that the form above a report needs. Without `is_narrowed` there are no filters: what it counts has none of them."""
    only = question.asked.only
    return {
        "path": path, "since": question.asked.since.isoformat(), "until": question.asked.until.isoformat(),
        "business": question.is_business, "wrong": question.wrong, "is_narrowed": is_narrowed,
        "periods": [
            {"days": days, "words": _("%(n)s days") % {"n": days}, "url": f"{path}?{_of_days(question, days)}",
             "is_now": question.asked.until == question.today and question.asked.days == days}
            for days in PERIODS
        ],
        "selects": [
            {"name": dim, "label": _(NOUNS[dim]), "chosen": only.get(dim, ""),
             "choices": [*choices_of(dim, language=visit.language), (NONE, _("None"))]}
            for dim in CHOSEN if is_narrowed
        ],
        "others": [
            {"name": dim, "words": f"{_(NOUNS[dim])}: {name_of(dim, key, visit)}", "key": key, "off": f"{path}?{_without(question, dim)}"}
            for dim, key in only.items() if dim not in CHOSEN and is_narrowed
        ],
    }  # fmt: skip


def name_of(dim: str, key: str, visit: Visit, label: str = "") -> str:
    """What a value of a dimension is called on a screen."""
    if key == NONE:
        return _("None")
    if dim == "language":
        return language_name(key)
    if dim == "priority":
        return {"1": _("Low"), "2": _("Normal"), "3": _("High"), "4": _("Urgent")}.get(key, key)
    found = label or label_for(visit.person, dim, key, language=visit.language)
    return found or (key if dim == "kind" else f"#{key}")


def _of_days(question: Question, days: int) -> str:
    return urlencode({"days": days, **question.asked.only, **({"hours": "business"} if question.is_business else {})})


def _without(question: Question, dim: str) -> str:
    return question.query(**{dim: ""})
