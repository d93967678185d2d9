"""What the register is called on the screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import due_words, iso, moment_words
from careline.flows.complaint_words import number_words

STATES = {
    "recorded": gettext_noop("Recorded"), "acknowledged": gettext_noop("Acknowledged"), "answered": gettext_noop("Answered"),
    "closed": gettext_noop("Closed"), "withdrawn": gettext_noop("Taken off"),
}  # fmt: skip
CHIPS = {"recorded": "open", "acknowledged": "open", "answered": "waiting", "closed": "resolved", "withdrawn": "off"}
SYMBOLS = {
    "recorded": "warning",
    "acknowledged": "letter",
    "answered": "reply",
    "closed": "check",
    "withdrawn": "reopen",
}
SEVERITIES = {
    "low": gettext_noop("Low"), "medium": gettext_noop("Medium"), "high": gettext_noop("High"), "critical": gettext_noop("Critical"),
}  # fmt: skip
COMPLAINANTS = {
    "customer": gettext_noop("A customer"), "business": gettext_noop("A business"),
    "representative": gettext_noop("Somebody on a customer's behalf"), "authority": gettext_noop("An authority"),
    "other": gettext_noop("Somebody else"),
}  # fmt: skip
OUTCOMES = {
    "upheld": gettext_noop("Upheld"), "partly": gettext_noop("Partly upheld"), "not_upheld": gettext_noop("Not upheld"),
}  # fmt: skip
REMEDIES = {
    "apology": gettext_noop("Apology"), "explanation": gettext_noop("Explanation"), "correction": gettext_noop("Correction"),
    "replacement": gettext_noop("Replacement"), "repair": gettext_noop("Repair"), "refund": gettext_noop("Refund"),
    "goodwill": gettext_noop("Goodwill"), "compensation": gettext_noop("Compensation"), "other": gettext_noop("Something else"),
}  # fmt: skip
KINDS = {
    "acknowledgement": gettext_noop("Acknowledgement"), "holding": gettext_noop("Holding letter"), "final": gettext_noop("Final answer"),
}  # fmt: skip
WAYS = {
    "reply": gettext_noop("As an answer on the case"), "paper": gettext_noop("On paper, as a PDF"),
    "told": gettext_noop("It was said by word of mouth"),
}  # fmt: skip
UNITS = {"business_days": gettext_noop("business days"), "days": gettext_noop("days"), "weeks": gettext_noop("weeks")}
CLOCKS = {
    "near": gettext_noop("Due within three days"), "late": gettext_noop("Over"), "missed": gettext_noop("A deadline was missed"),
}  # fmt: skip
LINES = {
    "note": gettext_noop("Note"), "acknowledgement": gettext_noop("Acknowledgement"), "holding": gettext_noop("Holding letter"),
    "final": gettext_noop("Final answer"), "decision": gettext_noop("Decision"), "extension": gettext_noop("More time"),
    "referral": gettext_noop("Taken outside the house"), "referral_end": gettext_noop("Decided outside"),
    "closure": gettext_noop("Closed"), "withdrawal": gettext_noop("Taken off the register"), "reopening": gettext_noop("Opened again"),
}  # fmt: skip


def pairs(words: dict[str, str]) -> list[tuple[str, str]]:
    """(code, words) in the reader's language."""
    return [(code, _(said)) for code, said in words.items()]


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    """A complaint in a list."""
    return {
        "url": f"/complaints/{row.id}", "number": number_words(row.id), "subject": row.subject or _("(no subject)"),
        "customer": row.customer_name or _("Nobody"), "category": row.category_name or "", "severity": _(SEVERITIES[row.severity]),
        "is_grave": row.severity in ("high", "critical"), "state": _(STATES[row.state]), "chip": CHIPS[row.state],
        "symbol": SYMBOLS[row.state], "owner": row.owner_name or "", "case": row.number, "due": due_of(row, visit),
        "when": moment_words(row.received_at, at=visit.at, zone=visit.zone), "at": iso(row.received_at), "is_broken": row.is_broken,
    }  # fmt: skip


def due_of(row: Any, visit: Visit) -> dict[str, Any] | None:
    """The nearest deadline: None where nothing is due."""
    if row.next_due_at is None:
        return None
    left = row.next_due_at - visit.at
    chip = "late" if left < timedelta() else "soon" if left < timedelta(days=3) else ""
    return {"kind": _(KINDS[row.due_kind]), "left": due_words(row.next_due_at, at=visit.at), "chip": chip,
            "when": day_words(row.next_due_at, visit), "at": iso(row.next_due_at)}  # fmt: skip


def clock_of(one: Any, visit: Visit) -> dict[str, Any]:
    """A deadline on a complaint's page."""
    left = one.due_at - visit.at
    if one.met_at is not None:
        chip, words = ("late", _("Late")) if one.broken_at else ("resolved", _("Kept"))
    elif left < timedelta():
        chip, words = "late", due_words(one.due_at, at=visit.at)
    else:
        chip, words = ("soon" if left < timedelta(days=3) else ""), due_words(one.due_at, at=visit.at)
    return {
        "kind": _(KINDS[one.kind]), "code": one.kind, "chip": chip, "words": words, "when": day_words(one.due_at, visit), "at": iso(one.due_at),
        "is_met": one.met_at is not None, "met": moment_words(one.met_at, at=visit.at, zone=visit.zone) if one.met_at else "",
        "was": day_words(one.first_due_at, visit) if one.first_due_at != one.due_at else "",
    }  # fmt: skip


def day_words(moment: datetime, visit: Visit) -> str:
    """The last moment of a deadline: what ends at midnight is due on the day before."""
    return moment_words(moment - timedelta(seconds=1), at=visit.at, zone=visit.zone)


def term_words(said: dict[str, Any] | None) -> str:
    """As in 3 business days; empty for none."""
    if not said:
        return ""
    much = {"num": said["count"]}
    return {
        "business_days": lambda: ngettext("%(num)s business day", "%(num)s business days", said["count"]),
        "days": lambda: ngettext("%(num)s day", "%(num)s days", said["count"]),
        "weeks": lambda: ngettext("%(num)s week", "%(num)s weeks", said["count"]),
    }[said["unit"]]() % much
