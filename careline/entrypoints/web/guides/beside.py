"""A guide beside a case: begun, answered step by step, taken back; and what was walked there before."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.knowledge.queries.guides import published_guides, runs_of_case
from careline.domain.knowledge.queries.published import text_of_article
from careline.domain.knowledge.rules.guides import steps_from
from careline.domain.knowledge.rules.walking import stand_of
from careline.domain.staff.rules import may
from careline.entrypoints.web.guides.wording import end_words, in_words
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words
from careline.flows.keep_guides import DEVICE, DEVICE_VERSION
from careline.flows.run_guide import VERB, answer_guide, note_device, start_guide, step_back, stop_guide


def panel(visit: Visit, number: int) -> HttpResponse:
    case = conversation_for(visit.person, number)
    language = case.language or visit.language
    runs = [_run(visit, row, language) for row in runs_of_case(case.id)]
    offered = published_guides(is_public=False)
    return part(
        visit, "guides/_beside", url=f"/conversations/{number}", going=[run for run in runs if not run["outcome"]],
        ended=[run for run in runs if run["outcome"]], may_walk=may(visit.person, VERB),
        guides=[{"id": row.id, "title": in_words(row.titles, visit.language)} for row in offered],
        device=_device(visit, case) if any(row.asks_device for row in offered) else None,
    )  # fmt: skip


def started(visit: Visit, number: int) -> HttpResponse:
    start_guide(visit.person, number, whole_number(visit.form.get("guide")) or 0, by=visit.by, at=visit.at)
    return panel(visit, number)


def answered(visit: Visit, number: int, run: int) -> HttpResponse:
    step, answer = (visit.form.get(name, "") for name in ("step", "answer"))
    answer_guide(visit.person, number, run, step=step, answer=answer, by=visit.by, at=visit.at)
    return panel(visit, number)


def taken_back(visit: Visit, number: int, run: int) -> HttpResponse:
    step_back(visit.person, number, run, by=visit.by, at=visit.at)
    return panel(visit, number)


def stopped(visit: Visit, number: int, run: int) -> HttpResponse:
    stop_guide(visit.person, number, run, by=visit.by, at=visit.at)
    return panel(visit, number)


def device_noted(visit: Visit, number: int) -> HttpResponse:
    device, version = (visit.form.get(name, "") for name in ("device", "version"))
    note_device(visit.person, number, device=device, version=version, by=visit.by, at=visit.at)
    return panel(visit, number)


def _run(visit: Visit, row: Any, language: str) -> dict[str, Any]:
    """`walked`: what was asked and answered, in order."""
    stand = stand_of(steps_from(row.steps), row.path)
    step = stand.step
    return {
        "id": row.id, "title": in_words(row.titles, visit.language), "outcome": end_words(row.outcome), "is_solved": row.outcome == "solved",
        "by": row.agent_name or _("The customer"), "at": moment_words(row.started_at, at=visit.at, zone=visit.zone),
        "article": _article(stand.ended.article, language) if stand.ended and stand.ended.article else None,
        "walked": [(in_words(asked.ask, language), in_words(answer.say, language)) for asked, answer in stand.walked],
        "step": step and {
            "key": step.key, "ask": in_words(step.ask, language), "hint": in_words(step.hint, language),
            "answers": [{"key": answer.key, "say": in_words(answer.say, language)} for answer in step.answers],
        },
    }  # fmt: skip


def _article(key: str, language: str) -> dict[str, str] | None:
    found = text_of_article(whole_number(key) or 0, language)
    return {"title": found.title, "url": f"/handbook/{found.article_id}"} if found else None


def _device(visit: Visit, case: Any) -> dict[str, Any] | None:
    """What is known of the customer's device; None where there is nobody to keep it on, or who may not be seen."""
    if case.customer_id is None:
        return None
    try:
        fields = customer_for(visit.person, case.customer_id).fields
    except NotFound:
        return None
    return {
        "name": fields.get(DEVICE, ""), "version": fields.get(DEVICE_VERSION, ""), "may_change": may(visit.person, "customer:write")
    }  # fmt: skip
