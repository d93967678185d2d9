"""Kinds, outcomes and dates of follow-ups in words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from careline.domain.followups.rules.follow_ups import BY_HAND, OUTCOMES
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of, iso, moment_words

USUAL_DAYS = 3
_SYMBOLS = {"mail": "email", "call": "phone", "visit": "counter", "recovery": "raise"}


def kind_words(kind: str) -> str:
    words = {"mail": _("Personal mail"), "call": _("Call"), "visit": _("Visit"), "recovery": _("Make a low score good")}
    return words.get(kind, kind)


def outcome_words(outcome: str) -> str:
    words = {
        "satisfied": _("The customer is satisfied"), "reopened": _("Opened again"), "not_reached": _("Not reached"),
        "further_question": _("There is a further question"),
    }  # fmt: skip
    return words.get(outcome, outcome)


def kinds() -> list[tuple[str, str]]:
    return [(kind, kind_words(kind)) for kind in BY_HAND]


def outcomes() -> list[tuple[str, str]]:
    return [(outcome, outcome_words(outcome)) for outcome in OUTCOMES]


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    """A follow-up as lists and the case show it."""
    moment = row.due_at if row.state == "open" else row.done_at
    return {
        "key": row.id, "url": f"/follow-ups/{row.id}", "number": row.number, "case_url": f"/conversations/{row.number}",
        "subject": row.subject or _("(no subject)"), "customer": row.customer_name or _("Nobody"), "kind": kind_words(row.kind),
        "symbol": _SYMBOLS.get(row.kind, "clock"), "owner": row.owner_name or "", "initials": initials_of(row.owner_name or ""),
        "reason": row.reason, "is_open": row.state == "open", "is_late": row.state == "open" and row.due_at <= visit.at,
        "at": iso(moment), "when": moment_words(moment, at=visit.at, zone=visit.zone) if moment else "",
        "outcome": outcome_words(row.outcome), "note": row.outcome_note,
    }  # fmt: skip


def day_shown(moment: datetime, visit: Visit) -> str:
    """As a date field takes it, by the viewer's calendar."""
    return moment.astimezone(visit.zone).date().isoformat()


def usual_day(visit: Visit) -> str:
    return day_shown(visit.at + timedelta(days=USUAL_DAYS), visit)


def moment_of(day: str, visit: Visit, *, kept: datetime | None = None) -> datetime | None:
    """Nine in the morning of that day by the viewer's clock, as kept where the day stays; None for what is no date."""
    if kept is not None and day == day_shown(kept, visit):
        return kept
    try:
        chosen = datetime.fromisoformat(day).date()
    except ValueError:
        return None
    at_nine = datetime.combine(chosen, time(9), tzinfo=visit.zone)
    return (
        at_nine
        if at_nine > visit.at or chosen != visit.at.astimezone(visit.zone).date()
        else visit.at + timedelta(hours=1)
    )


def place_of(word: str) -> tuple[datetime, int] | None:
    """Where a list goes on: a moment and a key; None for nothing and for nonsense."""
    moment, _blank, key = word.rpartition(" ")
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (then, int(key)) if then.tzinfo is not None and key.isascii() and key.isdecimal() and len(key) < 19 else None


def place_after(url: str, found: list[Any], shown: int, column: str, **asked: str) -> str:
    """The address of the page after this one, of a list that was asked for one row more than it shows; empty at its end."""
    if len(found) <= shown:
        return ""
    last = found[shown - 1]
    given = {name: word for name, word in asked.items() if word}
    return f"{url}?{urlencode({**given, 'after': f'{getattr(last, column).isoformat()} {last.id}'})}"
