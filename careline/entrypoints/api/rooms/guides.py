"""Troubleshooting guides: written, published, and walked beside a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.knowledge.queries.guides import guides as all_guides
from careline.domain.knowledge.queries.guides import runs_of_case
from careline.domain.knowledge.rules.guides import BadGuide, as_data, faults_of, steps_from
from careline.domain.knowledge.rules.walking import stand_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import guides as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows import keep_guides, run_guide

_GUIDE = "/guides/{id}"
_WALKS = "/conversations/{number}/guides"


@route("GET", "/guides", query=PageQuery, answer=Page[shapes.GuideHead])
def trouble_guides(call: Call) -> Any:
    """The guides, also those that nobody walks yet."""
    require(call.person, keep_guides.VERB)
    heads = [
        shapes.GuideHead(str(r.id), r.slug, r.titles, r.audience, r.current, r.runs, r.solved, r.handed) for r in all_guides()
    ]  # fmt: skip
    return short_page_of(heads, call.query)


@route("POST", "/guides", body=shapes.GivenGuide, answer=shapes.TroubleGuide, status=201)
def new_trouble_guide(call: Call) -> Any:
    """Adds a guide; nobody walks it before it is published."""
    with _told():
        key = keep_guides.add_guide(call.person, _written(call.body), by=call.by, at=call.at)
    return Created(f"/guides/{key}", _shown(keep_guides.found_guide(call.person, key)))


@route("GET", _GUIDE, answer=shapes.TroubleGuide)
def trouble_guide(call: Call) -> Any:
    """One guide as it is written, with what is wrong with it."""
    return _shown(keep_guides.found_guide(call.person, call.id))


@route("PUT", _GUIDE, body=shapes.GivenGuide, answer=shapes.TroubleGuide)
def changed_trouble_guide(call: Call) -> Any:
    """What is walked stays as it is until this is published."""
    with _told():
        keep_guides.change_guide(call.person, call.id, _written(call.body), by=call.by, at=call.at)
    return _shown(keep_guides.found_guide(call.person, call.id))


@route("PUT", _GUIDE + "/publication", answer=shapes.TroubleGuide)
def published_trouble_guide(call: Call) -> Any:
    """What is written is walked from now on; whoever is in the middle of another version goes on with that."""
    keep_guides.publish_guide(call.person, call.id, by=call.by, at=call.at)
    return _shown(keep_guides.found_guide(call.person, call.id))


@route("DELETE", _GUIDE + "/publication", status=204)
def withdrawn_trouble_guide(call: Call) -> Any:
    """Nobody begins it any more."""
    keep_guides.withdraw_guide(call.person, call.id, by=call.by, at=call.at)


@route("GET", _WALKS, answer=shapes.GuideWalks)
def guide_walks(call: Call) -> Any:
    """What was walked beside a case, the newest first."""
    return _walks(call)


@route("POST", _WALKS, body=shapes.NewWalk, answer=shapes.GuideWalks, status=201)
def new_guide_walk(call: Call) -> Any:
    """Begins a guide beside the case."""
    run_guide.start_guide(call.person, call.number, int(call.body.guide), by=call.by, at=call.at)
    return Created(f"/conversations/{call.number}/guides", _walks(call))


@route("POST", _WALKS + "/{id}/answers", body=shapes.GivenAnswer, answer=shapes.GuideWalks)
def guide_answer(call: Call) -> Any:
    """Answers the step that is asked; the same answer given twice counts once."""
    given = call.body
    run_guide.answer_guide(
        call.person, call.number, call.id, step=given.step, answer=given.answer, by=call.by, at=call.at
    )
    return _walks(call)


@route("DELETE", _WALKS + "/{id}/answers", answer=shapes.GuideWalks)
def taken_back_guide_answer(call: Call) -> Any:
    """Takes the last answer back."""
    run_guide.step_back(call.person, call.number, call.id, by=call.by, at=call.at)
    return _walks(call)


@route("DELETE", _WALKS + "/{id}", status=204)
def stopped_guide_walk(call: Call) -> Any:
    """Walks it no further; what was answered stays on the case."""
    run_guide.stop_guide(call.person, call.number, call.id, by=call.by, at=call.at)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadGuide as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _written(given: shapes.GivenGuide) -> keep_guides.WrittenGuide:
    return keep_guides.WrittenGuide(given.titles, given.summaries, given.steps, given.audience, given.asks_device)


def _shown(row: Any) -> shapes.TroubleGuide:
    faults = [fault.sentence for fault in faults_of(steps_from(row.steps))]
    return shapes.TroubleGuide(
        str(row.id), row.slug, row.audience, row.titles, row.summaries, row.steps, row.asks_device, row.current, faults, row.updated_at
    )  # fmt: skip


def _walks(call: Call) -> shapes.GuideWalks:
    return shapes.GuideWalks([_walk(row) for row in runs_of_case(conversation_for(call.person, call.number).id)])


def _walk(row: Any) -> shapes.GuideWalk:
    step = stand_of(steps_from(row.steps), row.path).step
    return shapes.GuideWalk(
        str(row.id), str(row.guide_id), row.version, row.path, as_data([step])[0] if step else None, row.outcome or None, row.agent_name,
        row.started_at, row.ended_at,
    )  # fmt: skip
