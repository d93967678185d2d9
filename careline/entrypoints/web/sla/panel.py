"""What was promised on a case: beside it, with both times, what became of each promise, and why this policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.rules import due_state
from careline.domain.sla.queries.clocks import Promise, ledger_of, promises_of
from careline.domain.sla.queries.expected import weighed_for
from careline.domain.sla.rules.policies import Weighed
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.sla import words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words

_SHOWN = 40


def panel(visit: Visit, number: int) -> HttpResponse:
    case = conversation_for(visit.person, number)
    told = weighed_for(case.id)
    return part(
        visit, "sla/_promises", url=f"/conversations/{number}/promises",
        promises=[_promise(visit, one) for one in promises_of(case.id, at=visit.at)],
        ledger=[_entry(visit, row) for row in ledger_of(case.id, limit=_SHOWN)],
        policy=told[-1].policy.name if told else "", others=[_weighed(one) for one in told if not one.holds],
        is_default=bool(told) and told[-1].policy.is_default,
    )  # fmt: skip


def _promise(visit: Visit, one: Promise) -> dict[str, Any]:
    clock = one.clock
    is_live = one.state in ("running", "broken")
    return {
        "kind": words.kind_words(clock.kind), "state": one.state, "state_words": words.state_words(one.state),
        "chip": {"paused": "waiting", "met": "resolved", "cancelled": "off", "broken": "late"}.get(
            one.state, due_state(clock.due_at, at=visit.at)),
        "due_at": iso(clock.due_at), "due_text": moment_words(clock.due_at, at=visit.at, zone=visit.zone) if clock.due_at else "",
        "left": words.left_words(one.left_seconds, is_business=clock.terms.is_business) if is_live or one.state == "paused" else "",
        "promised": words.promise_words(clock.kind, clock.terms.seconds, is_business=clock.terms.is_business),
        "calendar": one.calendar_name, "is_fallback": clock.is_fallback, "is_live": is_live,
    }  # fmt: skip


def _entry(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "at": iso(row.at), "text": moment_words(row.at, at=visit.at, zone=visit.zone), "kind": words.kind_words(row.kind),
        "words": words.entry_words(row.name, row.reason), "policy": row.policy_name, "who": row.actor_name,
        "due_text": moment_words(row.due_at, at=visit.at, zone=visit.zone) if row.due_at and row.name in ("started", "resumed", "recomputed") else "",
        "left": words.left_words(row.left_seconds, is_business=False) if row.left_seconds is not None and row.name == "paused" else "",
    }  # fmt: skip


def _weighed(one: Weighed) -> dict[str, Any]:
    return {"name": one.policy.name, "failed": [words.condition_name(name, code) for name, code in one.failed]}
