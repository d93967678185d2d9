"""Why a case came to somebody or still waits, beside it; taking up an offer; asking for a skill by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.staff.rules import may
from careline.domain.staff.skills import skills
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.routing.words import reason_words, why_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, span_words
from careline.flows.explain_routing import Told, explain_routing
from careline.flows.keep_skills import ask_for_skill, ask_no_more
from careline.flows.offer import accept


def panel(visit: Visit, number: int) -> HttpResponse:
    """Fetched when the case is open; whoever it is offered to takes it up by that."""
    return part(visit, "routing/_why", **_shown(explain_routing(visit.person, number, at=visit.at), visit, number))


def accepted(visit: Visit, number: int) -> HttpResponse:
    accept(visit.person, number, by=visit.by, at=visit.at)
    return panel(visit, number)


def asked(visit: Visit, number: int) -> HttpResponse:
    skill, level = whole_number(visit.form.get("skill")), whole_number(visit.form.get("level"))
    if skill is None:
        raise Refused(_("Choose a skill."))
    is_mandatory = bool(visit.form.get("must"))
    ask_for_skill(visit.person, number, skill, level=level or 1, is_mandatory=is_mandatory, by=visit.by, at=visit.at)
    return panel(visit, number)


def unasked(visit: Visit, number: int, skill: int) -> HttpResponse:
    ask_no_more(visit.person, number, skill, by=visit.by, at=visit.at)
    return panel(visit, number)


def _shown(told: Told, visit: Visit, number: int) -> dict[str, Any]:
    known = skills()
    names = {row.id: row.name for row in known}
    by_hand = {row.skill_id for row in told.by_hand}
    offer = told.offer
    return {
        "url": f"/conversations/{number}",
        "decision": _decision(told, visit) if told.decision else None,
        "waits": _waits(told, names, by_hand, visit) if told.waits else None,
        "offer": {
            "is_mine": offer.agent_id == visit.person.id,
            "name": offer.agent_name,
            "until": moment_words(offer.due_at, at=visit.at, zone=visit.zone),
        }
        if offer
        else None,
        "by_hand": [{"skill": row.skill_id, "name": row.name, "level": row.level} for row in told.by_hand],
        "skills": [{"id": row.id, "name": row.name} for row in known]
        if may(visit.person, "conversation:label")
        else [],
    }


def _decision(told: Told, visit: Visit) -> dict[str, Any]:
    row: Any = told.decision
    return {
        "words": why_words(row), "when": moment_words(row.at, at=visit.at, zone=visit.zone), "waited": span_words(row.waited_seconds),
        "left_out": reason_words(row.excluded),
    }  # fmt: skip


def _waits(told: Told, names: dict[int, str], by_hand: set[int], visit: Visit) -> dict[str, Any]:
    waits: Any = told.waits
    return {
        "waited": span_words((visit.at - waits.since).total_seconds()),
        "is_push": told.terms is not None and told.terms.is_push,
        "free": waits.free,
        "asks": [f"{names.get(ask.skill, '?')} {ask.level}" for ask in waits.asks if ask.skill not in by_hand],
        "is_lowered": waits.stage > 0,
        "left_out": reason_words(waits.excluded),
    }
