"""What the columns of a case are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careline.domain.conversations.queries.structure import case_fields, in_language
from careline.domain.reports.rules.rows import KINDS, OWN_FIELD, kind_of
from careline.kit.sheets.columns import Column, Kind

HEADINGS = {
    "number": gettext_lazy("Case"), "subject": gettext_lazy("Subject"), "status": gettext_lazy("Status"), "category": gettext_lazy("State"),
    "priority": gettext_lazy("Priority"), "channel": gettext_lazy("Channel"), "channel_kind": gettext_lazy("Kind of channel"),
    "brand": gettext_lazy("Brand"), "team": gettext_lazy("Team"), "agent": gettext_lazy("Assignee"), "topic": gettext_lazy("Topic"),
    "products": gettext_lazy("Products"), "customer": gettext_lazy("Customer"), "customer_id": gettext_lazy("Customer’s number"),
    "company": gettext_lazy("Company"), "language": gettext_lazy("Language"), "tags": gettext_lazy("Tags"),
    "opened_at": gettext_lazy("Opened"), "opened_on": gettext_lazy("Opened on"), "updated_at": gettext_lazy("Last change"),
    "first_responded_at": gettext_lazy("First response at"), "first_resolved_at": gettext_lazy("First resolved at"),
    "resolved_at": gettext_lazy("Resolved at"), "first_response_seconds": gettext_lazy("First response (s)"),
    "first_response_business": gettext_lazy("First response, opening hours (s)"), "responses": gettext_lazy("Responses"),
    "response_seconds": gettext_lazy("All responses (s)"), "response_business": gettext_lazy("All responses, opening hours (s)"),
    "resolution_seconds": gettext_lazy("Resolution (s)"), "resolution_business": gettext_lazy("Resolution, opening hours (s)"),
    "is_first_contact": gettext_lazy("Solved at first contact"), "is_reopened": gettext_lazy("Reopened"),
    "reopenings": gettext_lazy("Times reopened"), "transfers": gettext_lazy("Transfers"), "incoming": gettext_lazy("Messages in"),
    "replies": gettext_lazy("Answers"), "is_answer_kept": gettext_lazy("Answered in time"),
    "is_resolution_kept": gettext_lazy("Resolved in time"), "csat_score": gettext_lazy("Satisfaction (CSAT)"),
    "is_satisfied": gettext_lazy("Satisfied"), "nps_score": gettext_lazy("Recommendation (NPS)"), "ces_score": gettext_lazy("Effort (CES)"),
    "handle_seconds": gettext_lazy("Handle time (s)"), "is_spam": gettext_lazy("Spam"), "not_counted": gettext_lazy("Not counted because"),
}  # fmt: skip


def own_codes() -> list[str]:
    """Codes of the company's own fields that are in use."""
    return [one.code for one in case_fields() if one.retired_at is None]


def every_column(language: str) -> list[Column]:
    """All there are, the company's own fields last."""
    own = {one.code: in_language(one.name, language) for one in _own_fields()}
    return [
        *(Column(key, str(HEADINGS[key]), cast(Kind, kind)) for key, kind in KINDS.items()),
        *(Column(OWN_FIELD + code, name) for code, name in own.items()),
    ]


def columns_named(keys: Sequence[str], language: str) -> list[Column]:
    """Those of the keys, in their order; a field that has gone since is called by its code."""
    known = {column.key: column for column in every_column(language)}
    return [known.get(key) or Column(key, key.removeprefix(OWN_FIELD), cast(Kind, kind_of(key))) for key in keys]


def sheet_name() -> str:
    return _("Cases")


def _own_fields() -> list[Any]:
    return [one for one in case_fields() if one.retired_at is None]
