"""Which columns a case has where it is one row: their names for programs, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

FORMATS = ("csv", "xlsx", "parquet")
OWN_FIELD = "field."
"""Before the code of a field of the company's own."""
_TEXT, _WHOLE, _YES, _MOMENT = "text", "integer", "boolean", "moment"
KINDS = {
    "number": _WHOLE, "subject": _TEXT, "status": _TEXT, "category": _TEXT, "priority": _TEXT, "channel": _TEXT, "channel_kind": _TEXT,
    "brand": _TEXT, "team": _TEXT, "agent": _TEXT, "topic": _TEXT, "products": _TEXT, "customer": _TEXT, "customer_id": _WHOLE,
    "company": _TEXT, "language": _TEXT, "tags": _TEXT, "opened_at": _MOMENT, "opened_on": "date", "updated_at": _MOMENT,
    "first_responded_at": _MOMENT, "first_resolved_at": _MOMENT, "resolved_at": _MOMENT, "first_response_seconds": _WHOLE,
    "first_response_business": _WHOLE, "responses": _WHOLE, "response_seconds": _WHOLE, "response_business": _WHOLE,
    "resolution_seconds": _WHOLE, "resolution_business": _WHOLE, "is_first_contact": _YES, "is_reopened": _YES, "reopenings": _WHOLE,
    "transfers": _WHOLE, "incoming": _WHOLE, "replies": _WHOLE, "is_answer_kept": _YES, "is_resolution_kept": _YES,
    "csat_score": _WHOLE, "is_satisfied": _YES, "nps_score": _WHOLE, "ces_score": _WHOLE, "handle_seconds": _WHOLE, "is_spam": _YES,
    "not_counted": _TEXT,
}  # fmt: skip
"""In their order. Seconds are of the clock, `_business` seconds of opening hours. Empty is not zero: not known, or not so."""
USUAL = (
    "number", "subject", "status", "channel", "team", "agent", "topic", "customer", "opened_at", "resolved_at",
    "first_response_seconds", "resolution_seconds", "replies", "csat_score",
)  # fmt: skip


class NoSuchColumn(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(f"There is no column {key[:60]}.")
        self.key = key


def columns_of(asked: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, each once; nothing asked: the usual ones. `own`: codes of the company's fields. Raises NoSuchColumn."""
    known = {*KINDS, *(OWN_FIELD + code for code in own)}
    for key in asked:
        if key not in known:
            raise NoSuchColumn(key)
    return tuple(dict.fromkeys(asked)) or USUAL


def kind_of(key: str) -> str:
    return KINDS.get(key, "text")
