"""Where a request stands, moments and sizes, in the words of customers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.domain.desk.rules.portal import ANSWERED, PAUSED, RECEIVED, SOLVED, WORKING


def standing_words(standing: str) -> str:
    return {
        RECEIVED: _("Received"), WORKING: _("We are working on it"), ANSWERED: _("We answered: your turn"),
        PAUSED: _("Waiting"), SOLVED: _("Solved"),
    }[standing]  # fmt: skip


def mood_of(standing: str) -> str:
    return {ANSWERED: "warn", SOLVED: "good"}.get(standing, "")


def zone_of(*names: str) -> ZoneInfo:
    """The first zone that there is; UTC where there is none."""
    for name in names:
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")


def day_of(moment: datetime, zone: ZoneInfo) -> str:
    return str(format_date(moment.astimezone(zone).date(), format="medium", locale=get_language() or "en"))


def moment_of(moment: datetime, zone: ZoneInfo) -> str:
    clock = format_time(moment.astimezone(zone), format="short", tzinfo=zone, locale=get_language() or "en")
    return f"{day_of(moment, zone)}, {clock}"


def size_of(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"


def score_words() -> list[tuple[int, str]]:
    return [(1, _("Very bad")), (2, _("Bad")), (3, _("All right")), (4, _("Good")), (5, _("Very good"))]
