"""The list of service requests, with its filters, and those beside a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.desk.queries.service_requests import Filter, requests_page
from careline.domain.requests.queries.types import types
from careline.domain.requests.rules.content import content_from
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.requests.words import STATES, chip_of, money_words, said_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import due_words, moment_text

SHOWN = 50
RUNNING = "running"


def requests(visit: Visit) -> HttpResponse:
    """What runs, unless something else is asked for."""
    asked = visit.asked
    state = asked.get("state", RUNNING)
    state = state if state in (*STATES, RUNNING, "") else RUNNING
    known = {one.code: said_in(one.content.name, visit) for one in types()}
    kind = asked.get("type", "") if asked.get("type") in known else ""
    wanted = Filter(kind, state, is_late=asked.get("late") == "1", mine=asked.get("mine") == "1")
    found = requests_page(visit.person, wanted, before=whole_number(asked.get("after")), limit=SHOWN + 1)
    states = [(RUNNING, _("Everything that runs")), *((code, _(name)) for code, name in STATES.items()), ("", _("All"))]
    kept = {"type": kind, "state": state, "late": asked.get("late", ""), "mine": asked.get("mine", "")}
    return page(
        visit, "requests/requests", "requests", _("Service requests"), rows=[row_shown(row, visit) for row in found[:SHOWN]],
        types=list(known.items()), type=kind, states=states, state=state, is_late=wanted.is_late, mine=wanted.mine,
        next_url=next_page("/service-requests", found, SHOWN, **kept), is_filtered=bool(kind or wanted.is_late or wanted.mine or state != RUNNING),
    )  # fmt: skip


def row_shown(row: Any, visit: Visit) -> dict[str, Any]:
    content = content_from(row.content)
    step = said_in(content.steps[row.step_position].name, visit) if row.step_position is not None else ""
    return {
        "url": f"/service-requests/{row.id}", "number": row.id, "name": said_in(content.name, visit), "customer": row.customer_name,
        "customer_url": f"/customers/{row.owner_id}", "chip": chip_of(row), "step": step, "team": row.team_name or "",
        "amount": money_words(row.amount, row.currency, visit), "is_late": row.late_at is not None,
        "due": due_words(row.due_at, at=visit.at) if row.due_at else "", "when": moment_text(row.opened_at, at=visit.at, zone=visit.zone),
        "waits_for_approval": row.approval_state == "waiting",
    }  # fmt: skip
