"""Skills that people have and cases ask for; and what one case asks for by hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.routing.commands import queues
from careline.domain.staff import skills
from careline.domain.staff.rules import Person, require
from careline.flows.keep_queues import VERB, require_skill


def add_skill(agent: Person, name: str, *, kind: str, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, NameTaken, NotPossible."""
    require(agent, VERB)
    return skills.add_skill(name, kind=kind, by=by, at=at)


def change_skill(agent: Person, key: int, *, name: str, kind: str, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, NameTaken, NotPossible."""
    require(agent, VERB)
    if not skills.change_skill(key, name=name, kind=kind, by=by, at=at):
        raise NotFound(f"There is no skill {key}.")


def remove_skill(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Nobody has it, and nothing asks for it any more. Raises Forbidden, NotFound."""
    require(agent, VERB)
    if key not in {row.id for row in skills.skills()}:
        raise NotFound(f"There is no skill {key}.")
    with transaction.atomic():
        queues.let_go_of_skill(key, by=by, at=at)
        skills.remove_skill(key, by=by, at=at)


def ask_for_skill(
    agent: Person, number: int, skill: int, *, by: Actor, at: datetime, level: int = 1, is_mandatory: bool = False
) -> None:
    """The case asks for it, whatever the rules say. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number, verb="conversation:label")
    require_skill(skill, level)
    queues.ask_for_skill(case, skill=skill, level=level, is_mandatory=is_mandatory, by=by, at=at)


def ask_no_more(agent: Person, number: int, skill: int, *, by: Actor, at: datetime) -> None:
    """What was asked for by hand is not any more. Raises NotFound, Forbidden."""
    case = conversation_for(agent, number, verb="conversation:label")
    queues.ask_no_more(case, skill=skill, by=by, at=at)
