"""Figures in words: value, change, interval, and the address of the cases behind."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careline.domain.reports.rules.intervals import differ
from careline.domain.reports.rules.measures import COUNT, DOWN, NPS, SCORE, SHARE, UP
from careline.domain.reports.rules.values import Figure
from careline.entrypoints.web.reports.asking import Question

_EVEN = 0.005


def figure(one: Figure, question: Question, **narrowed: str) -> dict[str, Any]:
    """What a tile or a cell shows. `narrowed`: the value of the dimension whose row it stands in."""
    measure, asked = one.measure, question.query
    part = {"value": "1"} if measure.kind == SHARE else {}
    url = f"/reports/cases?{asked(measure=measure.key, **part, **narrowed)}"
    rest = f"/reports/cases?{asked(measure=measure.key, value='0', **narrowed)}" if measure.kind == SHARE else ""
    is_thin = one.is_unsure and one.interval is not None
    return {
        "key": measure.key, "name": _(measure.name), "definition": _(measure.definition), "n": number(one.now.n),
        "value": _interval_words(one) if is_thin else value_words(one, one.value),
        "interval": "" if is_thin or one.interval is None else _interval_words(one),
        "is_unsure": one.is_unsure and one.now.n > 0, "of": _of_words(one),
        "before": value_words(one, one.before), "change": change_words(one), "tone": _tone(one), "url": url if one.now.n else "",
        "rest_url": rest if one.now.n > one.now.total else "", "is_none": one.value is None,
    }  # fmt: skip


def value_words(one: Figure, value: float | None) -> str:
    """A dash where nothing was measured."""
    if value is None:
        return "–"
    measure = one.measure
    if measure.kind == SHARE:
        return percent(value)
    if measure.unit == "seconds":
        return span(value)
    if measure.kind in (COUNT, NPS):
        return number(round(value))
    return format_decimal(value, format="0.0" if measure.kind == SCORE else "0.00", locale=_locale())


def change_words(one: Figure) -> str:
    if one.is_unsure or one.change is None or abs(one.change) < _EVEN:
        return ""
    sign = "+" if one.change > 0 else "−"
    if one.measure.kind == NPS:
        return f"{sign}{number(abs(round(one.change)))}"
    if one.measure.is_share:
        return _("%(points)s points") % {"points": f"{sign}{number(abs(round(one.change * 100)))}"}
    return f"{sign}{percent(abs(one.change))}"


def span(seconds: float) -> str:
    """45 s, 12 min, 3 h 20 min, 2 d 4 h."""
    whole = round(seconds)
    if whole < 60:
        return _("%(n)s s") % {"n": whole}
    minutes = round(whole / 60)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return _("%(h)s h %(m)s min") % {"h": hours, "m": minutes} if minutes else _("%(n)s h") % {"n": hours}
    days, hours = divmod(hours, 24)
    return _("%(d)s d %(h)s h") % {"d": days, "h": hours}


def number(value: int) -> str:
    return format_decimal(value, locale=_locale())


def percent(share: float) -> str:
    return format_percent(share, format="0.0 %" if 0.0005 <= share < 0.1 else "0 %", locale=_locale())


def _interval_words(one: Figure) -> str:
    low, high = one.interval or (0.0, 1.0)
    return _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}


def _of_words(one: Figure) -> str:
    if one.measure.kind == COUNT:
        return ""
    if one.measure.weight:
        return ngettext("of %(num)s answer", "of %(num)s answers", one.now.n) % {"num": number(one.now.n)}
    return ngettext("of %(num)s case", "of %(num)s cases", one.now.n) % {"num": number(one.now.n)}


def _tone(one: Figure) -> str:
    """Whether the change is for the better. Shares have to differ by more than chance."""
    if not change_words(one) or one.measure.good not in (UP, DOWN) or one.change is None:
        return ""
    if one.measure.kind == SHARE and not differ((one.now.total, one.now.n), (one.was.total, one.was.n)):
        return ""
    return "good" if (one.change > 0) is (one.measure.good == UP) else "bad"


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
