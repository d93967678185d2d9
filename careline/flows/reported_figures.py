"""How the desk did in a period, as sentences of the written report: each with the period before, and how sure it is."""

from __future__ import annotations

from datetime import timedelta

from babel.dates import format_timedelta
from babel.numbers import format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.domain.reports.rules.intervals import differ
from careline.domain.reports.rules.measures import SHARE
from careline.domain.reports.rules.values import Figure

_ABOUT_A_UNIT = 1.5
"""From one and a half of a unit on it is said in that unit: 90 minutes are 2 hours, 80 are 80 minutes."""


def figures_told(figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """One sentence for each that was measured at all."""
    return tuple(_said(one) for one in figures if one.now.n)


def _said(one: Figure) -> str:
    given = {"n": one.now.n, "now": _value(one, one.value), "before": _value(one, one.before)}
    if one.is_unsure:
        return _sentences(one)[1] % given
    sentence = _sentences(one)[0] % given
    if one.before is None:
        return sentence
    if given["now"] == given["before"]:
        return f"{sentence} {_('In the period before it was the same.')}"
    return f"{sentence} {_compared(one) % given}"


def _sentences(one: Figure) -> tuple[str, str]:
    """Where there are enough, and where there are too few."""
    key = one.measure.key
    return {
        "first_response": (
            _("Who wrote first had an answer after %(now)s on average (%(n)s cases)."),
            _("Only %(n)s new cases have an answer: too few to say how long it took."),
        ),
        "resolution": (
            _("Cases that were resolved took %(now)s from beginning to end on average (%(n)s cases)."),
            _("Only %(n)s cases were resolved: too few to say how long it took."),
        ),
        "kept": (
            _("Everything promised was kept in %(now)s of the cases with a promise (of %(n)s)."),
            _("Only %(n)s cases had a promise that is decided: too few to say how many were kept."),
        ),
        "reopened": (
            _("%(now)s of the cases came back after they were first resolved (of %(n)s)."),
            _("Only %(n)s cases were resolved for the first time: too few to say how many came back."),
        ),
        "satisfied": (
            _("%(now)s of those who rated us gave 4 or 5 of 5 (of %(n)s)."),
            _("Only %(n)s people rated us: too few to say how satisfied they are."),
        ),
    }[key]


def _compared(one: Figure) -> str:
    if one.measure.kind == SHARE and not differ((one.now.total, one.now.n), (one.was.total, one.was.n)):
        return _("In the period before it was %(before)s: the difference may well be chance.")
    return _("In the period before it was %(before)s.")


def _value(one: Figure, value: float | None) -> str:
    if value is None:
        return ""
    locale = (get_language() or "en").replace("-", "_")
    if one.measure.kind == SHARE:
        return format_percent(value, format="0 %", locale=locale)
    return format_timedelta(timedelta(seconds=round(value)), threshold=_ABOUT_A_UNIT, locale=locale)
