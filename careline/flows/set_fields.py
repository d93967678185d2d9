"""What a case is about, and what stands in the company's own fields on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, fields, undoing
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.structure import case_fields, definition_of
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person
from careline.kit.typed_fields import Unfit, read


class UnfitFields(Refused):
    """`errors`: one sentence for each field, by code."""

    code = "unfit_fields"

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def set_fields(agent: Person, number: int, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Fills in what is given, by code; null or nothing empties a field. Raises NotFound, Forbidden, MergedAway, UnfitFields."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        fields.put_fields(case, values=fit_fields(values, language=agent.language or "en"), by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at)


def set_topic(agent: Person, number: int, topic: int | None, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden, MergedAway, BadTopic."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        fields.put_topic(case, topic=topic, by=by, at=at)
        keep_promises([case.id], by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at)


def fit_fields(values: Mapping[str, Any], *, language: str = "en") -> dict[str, Any]:
    """The values as they are kept, None for one that is emptied. Raises UnfitFields, in that language."""
    known = {field.code: field for field in case_fields() if field.retired_at is None}
    fit: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for code, raw in values.items():
        try:
            if code not in known:
                raise Unfit(code, f"There is no field {code[:60]}.")
            fit[code] = read(definition_of(known[code], language), raw)
        except Unfit as unfit:
            wrong[code] = str(unfit)
    if wrong:
        raise UnfitFields(wrong)
    return fit
