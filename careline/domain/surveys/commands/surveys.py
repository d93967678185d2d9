"""Surveys are made, set, reworded and put away."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.surveys.models import Survey, Version
from careline.domain.surveys.rules.content import Content, as_json, fits
from careline.domain.surveys.rules.settings import Settings, judged
from careline.kit import db


@transaction.atomic
def add_survey(said: Settings, content: Content, *, by: Actor, at: datetime) -> int:
    """Raises BadSurvey, BadContent."""
    fits(content, judged(said).kind)
    made = Survey.objects.create(**asdict(said), created_at=at, changed_at=at)
    Version.objects.create(survey=made, version=1, content=as_json(content), made_at=at, made_by=by.id)
    record(Happening("survey.added", "survey", made.pk), by=by, at=at)
    return int(made.pk)


@transaction.atomic
def change_survey(survey: Any, said: Settings, content: Content, *, by: Actor, at: datetime) -> None:
    """Other words are a new version: what was answered before keeps the one it was asked by. Its kind stays.

    Raises BadSurvey, BadContent.
    """
    fits(content, judged(said).kind)
    words = as_json(content)
    version = survey.version
    if words != survey.content:
        version += 1
        Version.objects.create(survey_id=survey.id, version=version, content=words, made_at=at, made_by=by.id)
    Survey.objects.filter(pk=survey.id).update(**{**asdict(said), "kind": survey.kind}, version=version, changed_at=at)
    record(Happening("survey.changed", "survey", survey.id, data={"version": version, "on": said.is_on}), by=by, at=at)


@transaction.atomic
def retire_survey(survey: int, *, by: Actor, at: datetime) -> bool:
    """It asks nobody any more; what was answered stays. False where it was put away before."""
    done = db.execute(
        "UPDATE surveys_survey SET retired_at = %s, is_on = false WHERE id = %s AND retired_at IS NULL", [at, survey]
    )
    if done:
        record(Happening("survey.retired", "survey", survey), by=by, at=at)
    return bool(done)
