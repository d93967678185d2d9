"""Surveys are made, changed and put away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.domain.surveys.commands import surveys
from careline.domain.surveys.queries.surveys import survey_by_id
from careline.domain.surveys.rules.content import BadContent, content_from
from careline.domain.surveys.rules.settings import BadSurvey, Settings

VERB = "survey:manage"


class CannotKeepSurvey(Refused):
    """It can't be so; the sentence says why, `field` where."""

    code = "bad_survey"

    def __init__(self, sentence: str, field: str = "content") -> None:
        super().__init__(sentence)
        self.field = field


def add_survey(agent: Person, said: Settings, content: Any, *, by: Actor, at: datetime) -> int:
    """`content` as JSON. Raises Forbidden, CannotKeepSurvey."""
    require(agent, VERB)
    try:
        with transaction.atomic():
            return surveys.add_survey(said, content_from(content), by=by, at=at)
    except (BadSurvey, BadContent) as wrong:
        raise CannotKeepSurvey(str(wrong), getattr(wrong, "field", "content")) from None


def change_survey(agent: Person, key: int, said: Settings, content: Any, *, by: Actor, at: datetime) -> None:
    """All of it anew. Raises Forbidden, NotFound, CannotKeepSurvey."""
    require(agent, VERB)
    kept = survey_for_keeping(agent, key)
    try:
        with transaction.atomic():
            surveys.change_survey(kept, said, content_from(content), by=by, at=at)
    except (BadSurvey, BadContent) as wrong:
        raise CannotKeepSurvey(str(wrong), getattr(wrong, "field", "content")) from None


def retire_survey(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    if not surveys.retire_survey(key, by=by, at=at):
        raise NotFound(f"There is no survey {key}.")


def survey_for_keeping(agent: Person, key: int) -> Any:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    found = survey_by_id(key)
    if found is None or found.retired_at is not None:
        raise NotFound(f"There is no survey {key}.")
    return found
