"""Kinds and states of feedback in words."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.domain.followups.rules.voices import COMPLIMENT, KINDS, SOURCES, STATES

_CHIPS = {"new": "open", "considered": "waiting", "planned": "waiting", "done": "resolved", "declined": ""}


def kind_words(kind: str) -> str:
    return {"suggestion": _("Suggestion"), "compliment": _("Praise")}.get(kind, kind)


def state_words(state: str) -> str:
    words = {
        "new": _("New"), "considered": _("Considered"), "planned": _("Planned"), "done": _("Done"), "declined": _("Declined"),
    }  # fmt: skip
    return words.get(state, state)


def source_words(source: str) -> str:
    words = {
        "google": "Google", "trustpilot": "Trustpilot", "facebook": "Facebook", "app_store": "App Store", "amazon": "Amazon",
        "tripadvisor": "Tripadvisor", "other": _("Elsewhere"),
    }  # fmt: skip
    return words.get(source, source)


def kinds() -> list[tuple[str, str]]:
    return [(kind, kind_words(kind)) for kind in KINDS]


def states() -> list[tuple[str, str]]:
    return [(state, state_words(state)) for state in STATES]


def sources() -> list[tuple[str, str]]:
    return [(source, source_words(source)) for source in SOURCES]


def voice_row(row: Any) -> dict[str, Any]:
    return {
        "key": row.id, "url": f"/feedback/{row.id}", "title": row.title, "kind": kind_words(row.kind), "is_praise": row.kind == COMPLIMENT,
        "state": state_words(row.state), "chip": _CHIPS.get(row.state, ""), "votes": row.votes, "product": row.product_name or "",
        "owner": row.owner_name or "", "person": row.person_name or "", "words": row.words,
    }  # fmt: skip


def review_row(row: Any) -> dict[str, Any]:
    """A public review as lists and the case show it."""
    posted = format_date(row.posted_on, format="d MMM y", locale=_locale()) if row.posted_on else ""
    return {
        "source": source_words(row.source), "url": row.url, "author": row.author or _("Somebody"), "stars": row.stars or 0, "text": row.text,
        "is_answered": row.answered_at is not None, "posted_on": posted,
    }  # fmt: skip


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
