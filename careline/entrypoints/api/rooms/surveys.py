"""Surveys, and what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from careline.domain.company.queries import site_of
from careline.domain.staff.rules import reach_of, require
from careline.domain.surveys.queries.answers import answers
from careline.domain.surveys.queries.surveys import figures_of, surveys
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.settings import Settings
from careline.entrypoints.api.naming import team_key
from careline.entrypoints.api.paging import moment_and_key, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import surveys as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.keep_survey import (
    VERB,
    CannotKeepSurvey,
    add_survey,
    change_survey,
    retire_survey,
    survey_for_keeping,
)

READ = "survey:read"
_ONE = "/surveys/{id}"


@route("GET", "/surveys", query=PageQuery, answer=Page[shapes.Survey])
def all_surveys(call: Call) -> Any:
    """Each with how many were asked, answered and left out."""
    require(call.person, VERB)
    figures = figures_of()
    return short_page_of([_shown(row, figures.get(row.id)) for row in surveys()], call.query)


@route("POST", "/surveys", body=shapes.NewSurvey, answer=shapes.Survey, status=201)
def new_survey(call: Call) -> Any:
    """Makes one; it asks nobody before it is on."""
    require(call.person, VERB)
    key = _fit(lambda: add_survey(call.person, _settings(call), _content(call.body), by=call.by, at=call.at))
    return Created(f"/surveys/{key}", _one(call, key))


@route("GET", _ONE, answer=shapes.Survey)
def survey(call: Call) -> Any:
    """One survey."""
    return _one(call, call.id)


@route("PUT", _ONE, body=shapes.NewSurvey, answer=shapes.Survey)
def changed_survey(call: Call) -> Any:
    """All of it anew; other words are a new version, and what was answered keeps the one it was asked by. Its kind stays."""
    kept = survey_for_keeping(call.person, call.id)
    content = kept.content if call.body.content is None else msgspec.to_builtins(call.body.content)
    _fit(lambda: change_survey(call.person, call.id, _settings(call), content, by=call.by, at=call.at))
    return _one(call, call.id)


@route("DELETE", _ONE, status=204)
def removed_survey(call: Call) -> None:
    """Puts it away; what was answered stays."""
    retire_survey(call.person, call.id, by=call.by, at=call.at)


@route("GET", "/survey-answers", query=shapes.SurveyAnswerQuery, answer=Page[shapes.SurveyAnswer])
def all_answers(call: Call) -> Any:
    """What customers answered about cases that you see, the newest first."""
    require(call.person, READ)
    asked = call.query
    rows = answers(
        reach_of(call.person, READ), kind=asked.kind, only_low=asked.low, survey=int(asked.survey) if asked.survey else None,
        before=moment_and_key(asked.cursor), limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.answered_at, row.id), item=_answer)


def _settings(call: Call) -> Settings:
    said = call.body
    return Settings(
        said.name, said.kind, said.is_on, _brand(said.brand), team_key(said.team, "team") if said.team else None, said.channel,
        said.wait_minutes, said.gap_days, said.expires_days, said.change_hours, said.low_at_most, said.on_low, said.recovery_hours,
    )  # fmt: skip


def _brand(words: str | None) -> int | None:
    if words is not None and site_of(int(words)) is None:
        raise Wrong(("brand", "There is no such brand."))
    return int(words) if words else None


def _content(said: shapes.NewSurvey) -> Any:
    return content_to_begin_with(said.kind) if said.content is None else msgspec.to_builtins(said.content)


def _fit(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except CannotKeepSurvey as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _one(call: Call, key: int) -> shapes.Survey:
    return _shown(survey_for_keeping(call.person, key), figures_of().get(key))


def _shown(row: Any, figures: Any | None) -> shapes.Survey:
    return shapes.Survey(
        str(row.id), row.name, row.kind, row.is_on, _named(row.brand_id, row.brand_name), _named(row.team_id, row.team_name),
        row.channel_kind, row.wait_minutes, row.gap_days, row.expires_days, row.change_hours, row.low_at_most, row.on_low,
        row.recovery_hours, row.version, row.content, int(figures.sent or 0) if figures else 0,
        int(figures.answered or 0) if figures else 0, (figures.reasons or {}) if figures else {},
    )  # fmt: skip


def _answer(row: Any) -> shapes.SurveyAnswer:
    return shapes.SurveyAnswer(
        str(row.id), _named(row.survey_id, row.survey_name), row.version, row.kind, row.number, _named(row.customer_id, row.customer_name),
        _named(row.agent_id, row.agent_name), row.score, row.values, row.comment, row.via, row.answered_at, row.is_low, row.recovery_number,
        row.recovered,
    )  # fmt: skip


def _named(key: int | None, name: str | None) -> Named | None:
    return Named(str(key), name) if key is not None and name is not None else None
