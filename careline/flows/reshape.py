"""Several things of a case's cover change together, or none: the usual ones, its status, its topic, the company's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, undoing
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.change import Change, change
from careline.flows.move_to_customer import Whose, move_to_customer
from careline.flows.set_fields import set_fields, set_topic
from careline.flows.set_status import set_status


@dataclass(frozen=True, slots=True)
class Shape:
    """What is to change besides: `status` by code or name, `topic` by key where `has_topic`, `fields` by code,
    `customer` whose case it is from now on."""

    status: str | None = None
    has_topic: bool = False
    topic: int | None = None
    fields: Mapping[str, Any] | None = None
    customer: Whose | None = None


def reshape(agent: Person, number: int, wanted: Change, shape: Shape, *, by: Actor, at: datetime) -> None:
    """The status comes last, so that fields it needs may be filled in with it. Raises what each of them raises."""
    with transaction.atomic():
        before = cases.locked(conversation_for(agent, number).id)
        if shape.customer is not None:
            move_to_customer(agent, number, shape.customer, by=by, at=at)
        if shape.has_topic:
            set_topic(agent, number, shape.topic, by=by, at=at)
        if shape.fields:
            set_fields(agent, number, shape.fields, by=by, at=at)
        if shape.status is not None:
            set_status(agent, number, shape.status, by=by, at=at)
        if wanted != Change() or shape == Shape():  # last of all: by it the case may go out of sight
            change(agent, number, wanted, by=by, at=at)
        if shape != Shape():  # one undo for all of it
            undoing.keep(before, agent=agent.id, at=at)
