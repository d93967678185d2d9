"""Moments, spans and sizes in words, as a screen shows them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language, get_language_info, gettext_noop
from django.utils.translation import gettext as _

from careline.domain.channels.chat.addresses import is_visitor
from careline.domain.conversations.rules.states import UNTIL_REPLY
from careline.domain.staff.rules import Forbidden
from careline.entrypoints.web.refusals import told

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@lru_cache(maxsize=20_000)
def initials_of(name: str) -> str:
    """Up to two letters: Ada Lindgren → AL."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?" if name else ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def moment_text(moment: datetime | None, *, at: datetime, zone: tzinfo) -> str:
    """How long ago, in the fewest words: now, 5 min, 3 h, then the day and the date."""
    if moment is None:
        return ""
    seconds = (at - moment).total_seconds()
    if abs(seconds) < _MINUTE:
        return _("now")
    if 0 < seconds < 12 * _HOUR:
        return span_words(seconds)
    return _day_text(moment.astimezone(zone), at.astimezone(zone))


def _day_text(then: datetime, now: datetime) -> str:
    days = (now.date() - then.date()).days
    if days == 0:
        return then.strftime("%H:%M")
    if days == 1:
        return _("Yesterday")
    if 1 < days < 7:
        return _dated(then.date(), "D", get_language() or "")
    return _dated(then.date(), "j M" if then.year == now.year else "j M Y", get_language() or "")


def moment_words(moment: datetime, *, at: datetime, zone: tzinfo) -> str:
    """Day and time, as a message shows them: 16:04 today, Yesterday 16:04, 12 Nov 16:04."""
    if moment >= UNTIL_REPLY:
        return _("somebody writes")
    then, today = moment.astimezone(zone), at.astimezone(zone).date()
    clock = then.strftime("%H:%M")
    days = (today - then.date()).days
    if days == 0:
        return clock
    if days == 1:
        return _("Yesterday %(time)s") % {"time": clock}
    if days == -1:
        return _("tomorrow %(time)s") % {"time": clock}
    if 1 < days < 7:
        return f"{_dated(then.date(), 'D', get_language() or '')} {clock}"
    pattern = "j M" if then.year == today.year else "j M Y"
    return f"{_dated(then.date(), pattern, get_language() or '')} {clock}"


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, language: str) -> str:
    """A day in the viewer's language: lists name the same few days again and again."""
    if pattern == "D" or language in ("", "en"):
        return formatted(day, pattern)
    return format_skeleton("yMMMd" if "Y" in pattern else "MMMd", day, locale=language)


def day_text(day: date) -> str:
    """A day of any year in the reader's language: 30 Nov 2026."""
    return _dated(day, "j M Y", get_language() or "")


def said(refusal: Exception) -> str:
    """Why something was refused, in the reader's language."""
    if isinstance(refusal, Forbidden) and refusal.is_plain:
        return _("You may not do this (%(right)s).") % {"right": refusal.verb}
    words = str(refusal)
    found = _(words) if words else ""
    return told(words, get_language() or "") if found == words else found


def due_words(due_at: datetime, *, at: datetime) -> str:
    """What is left, or how far it is over: 24 min, 3 h, 1 h over."""
    left = (due_at - at).total_seconds()
    span = span_words(abs(left))
    return _("%(span)s over") % {"span": span} if left < 0 else span


def span_words(seconds: float) -> str:
    language = get_language() or ""
    if seconds >= 2 * _DAY:
        return _span("d", int(seconds // _DAY), language)
    if seconds >= _HOUR:
        return _span("h", int(seconds // _HOUR), language)
    return _span("min", max(1, int(seconds // _MINUTE)), language)


@lru_cache(maxsize=4096)
def _span(unit: str, n: int, language: str) -> str:
    """In the language that is spoken, which is `language`: the wall alone says two hundred."""
    words = {"d": _("%(n)s d"), "h": _("%(n)s h"), "min": _("%(n)s min")}[unit]
    return words % {"n": n}


def size_text(size: int) -> str:
    if size >= 1024 * 1024:
        return f"{format_decimal(size / 1024 / 1024, format='0.0', locale=get_language() or 'en')} MB"
    return f"{max(1, round(size / 1024))} KB" if size else "0 KB"


def iso(moment: datetime | None) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def later(choice: str, *, at: datetime, zone: tzinfo) -> datetime | None:
    """A moment chosen by a word (hour, tomorrow, week), in the agent's zone; None for a word we do not know."""
    local = at.astimezone(zone)
    if choice == "reply":
        return UNTIL_REPLY
    if choice == "hour":
        return at + timedelta(hours=1)
    days = {"tomorrow": 1, "week": 7 - local.weekday()}.get(choice)
    if days is None:
        return None
    return (local + timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)


def address_text(value: str) -> str:
    """An address as people say it: what a visitor of a chat has for one is no address at all."""
    return _("Visitor of a chat") if is_visitor(value) else value


_ROLES = (
    gettext_noop("Representative"), gettext_noop("Specialist"), gettext_noop("Team lead"), gettext_noop("Supervisor"),
    gettext_noop("Quality specialist"), gettext_noop("Customer success manager"), gettext_noop("Recruiter"), gettext_noop("Manager"),
    gettext_noop("Director"), gettext_noop("Administrator"),
)  # fmt: skip


def role_text(name: str) -> str:
    """A role that every house has in the reader's language, one of the house's own by its name."""
    return _(name) if name in _ROLES else name


def language_name(code: str) -> str:
    """German for de, in the reader's language; the code itself where nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
