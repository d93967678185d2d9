"""When a customer may expect an answer, said in their language and by their clock: "within 4 hours", "by tomorrow, 12:00"."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.sla.queries.expected import Expected
from careline.kit.spoken import spoken

_HOUR = 3600


def own_words() -> str:
    """What is said where nobody wrote anything, in the language that is spoken just now."""
    return _("We have received your message. Its number is {number}. A person will answer you {expected}.")


def expected_words(promised: Expected | None, *, language: str, zone: str, at: datetime) -> str:
    """A promise by the wall's clock of up to a day is told as a span, every other by its moment; none: "as soon as we can"."""
    code = spoken(language) or "en"
    with translation.override(code):
        if promised is None or promised.due_at <= at:
            return _("as soon as we can")
        hours, rest = divmod(promised.seconds, _HOUR)
        if not promised.is_business and hours <= 24:
            if rest == 0:
                return ngettext("within %(n)s hour", "within %(n)s hours", hours) % {"n": hours}
            minutes = promised.seconds // 60
            return ngettext("within %(n)s minute", "within %(n)s minutes", minutes) % {"n": minutes}
        return _by_moment(promised.due_at, at, code=code, zone=zone)


def _by_moment(due_at: datetime, at: datetime, *, code: str, zone: str) -> str:
    there = _zone(zone)
    due, now = due_at.astimezone(there), at.astimezone(there)
    locale = _locale(code)
    said = {"time": format_time(due, "short", locale=locale)}
    if due.date() == now.date():
        return _("by today, %(time)s") % said
    if due.date() == now.date() + timedelta(days=1):
        return _("by tomorrow, %(time)s") % said
    pattern = "EEEE" if due.date() < now.date() + timedelta(days=7) else "full"
    return _("by %(day)s, %(time)s") % {**said, "day": format_date(due, pattern, locale=locale)}


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _locale(code: str) -> Locale:
    try:
        return Locale.parse("en_GB" if code == "en" else code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
