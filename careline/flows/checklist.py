"""A checklist on a case, and the templates it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, checklists
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.checklists import checklist_template, steps_of
from careline.domain.conversations.rules.checklists import MOST_STEPS, BadSteps, Step, judged
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require


def add_steps(
    agent: Person, number: int, *, steps: Sequence[Step] = (), template: int | None = None, by: Actor, at: datetime
) -> None:
    """Puts steps, or those of a template, on a case. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        found = checklist_template(template) if template is not None else None
        if template is not None and found is None:
            raise NotFound(f"There is no checklist {template}.")
        if found is not None:
            steps = [Step(item["text"], bool(item.get("required"))) for item in found.items]
        wanted = _judged(steps)
        if len(steps_of(case.id)) + len(wanted) > MOST_STEPS:
            raise Refused(f"A case has at most {MOST_STEPS} steps.")
        checklists.add_steps(case, wanted, by=by, at=at)


def tick(agent: Person, number: int, step: int, *, is_done: bool, by: Actor, at: datetime) -> None:
    """A step is done, or not after all. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        if not checklists.tick(case, step=step, is_done=is_done, by=by, at=at):
            raise NotFound(f"There is no step {step} on case {number}.")


def remove_step(agent: Person, number: int, step: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        if not checklists.remove_step(case, step=step, by=by, at=at):
            raise NotFound(f"There is no step {step} on case {number}.")


def save_checklist(agent: Person, name: str, steps: Sequence[Step], *, by: Actor, at: datetime) -> int:
    """A template by its name. Raises Forbidden, Refused."""
    require(agent, "staff:manage")
    if not name.strip() or len(name) > 100:
        raise Refused("A checklist needs a name of at most 100 characters.")
    return checklists.save_template(name.strip(), _judged(steps), by=by, at=at)


def remove_checklist(agent: Person, template: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, "staff:manage")
    if not checklists.remove_template(template, by=by, at=at):
        raise NotFound(f"There is no checklist {template}.")


def _judged(steps: Sequence[Step]) -> tuple[Step, ...]:
    try:
        return judged(tuple(steps))
    except BadSteps as wrong:
        raise Refused(str(wrong)) from None
