"""All reports, one beside the other."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.desk.queries.complaints import READ as COMPLAINTS
from careline.domain.reports.rules.layouts import LAYOUTS
from careline.domain.staff.rules import may
from careline.entrypoints.web.reports.asking import Question
from careline.entrypoints.web.visit import Visit

PLACES = (
    "overview", "issues", "topics", "products", "channels", "teams", "agents", "attendance", "customers", "companies", "promises", "voices",
    "complaints", "refunds", "gaps", "costs", "brands", "languages", "priorities",
)  # fmt: skip
"""All reports as they stand beside each other: why people write, who answers, whom, how well, what it costs."""


def tabs(visit: Visit, question: Question, now: str) -> list[dict[str, Any]]:
    """All reports, with the same period and filters."""
    query = question.query()
    named = {key: _(layout.name) for key, layout in LAYOUTS.items()}
    own = {
        "issues": _("Emerging issues"), "gaps": _("Knowledge gaps"), "refunds": _("Refunds"), "costs": _("Costs"), "attendance": _("Attendance"),
        "complaints": _("Complaints") if may(visit.person, COMPLAINTS) else "",
    }  # fmt: skip
    return [
        {"url": f"/reports?{query}" if key == "overview" else f"/reports/{key}?{query}", "name": name, "is_now": key == now}
        for key in PLACES if (name := named.get(key) or own.get(key))
    ]  # fmt: skip
